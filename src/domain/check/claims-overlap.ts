/**
 * Two exclusive claims of different agents that overlap. git-intercom grants no such pair: somebody wrote the branch by
 * hand, or merged two histories. The finding is about the later claim, which should not have been granted.
 */
import { narrower } from '../pattern/narrower.ts';
import type { Pattern } from '../pattern/parse.ts';
import { PatternIndex } from '../pattern/trie.ts';
import { patternsOf } from '../record/patterns.ts';
import { listed } from '../text.ts';
import { msOf } from '../time.ts';
import { aboutClaim, pathsInWords, releaseOf } from './about-claim.ts';
import type { CheckFinding } from './finding.ts';
import { isLeaseOver } from './lease-over.ts';
import type { Seen, SeenClaim } from './seen.ts';

interface Held {
  readonly seen: SeenClaim;
  readonly pattern: Pattern;
}

/** A claim whose lease is over binds nobody, and so overlaps nothing. */
export function claimsOverlap(
  seen: Pick<Seen, 'claims' | 'nowMs' | 'host' | 'boot' | 'clockDriftSeconds' | 'ignoreCase'>,
): CheckFinding[] {
  const held = new PatternIndex<Held>();
  const exclusive = seen.claims.filter(({ claim }) => claim.mode === 'exclusive' && !isLeaseOver(claim, seen));
  return exclusive.toSorted(bySince).flatMap((later) => {
    const meetings = new Map<SeenClaim, string[]>();
    const patterns = patternsOf(later.claim, seen);
    for (const pattern of patterns) {
      for (const { seen: earlier, pattern: other } of held.overlapping(pattern)) {
        if (earlier.claim.uid === later.claim.uid) continue;
        meetings.set(earlier, [...(meetings.get(earlier) ?? []), narrower(pattern, other)]);
      }
    }
    for (const pattern of patterns) held.add(pattern, { seen: later, pattern });
    return meetings.size === 0 ? [] : [found(later, meetings)];
  });
}

function bySince({ claim: a }: SeenClaim, { claim: b }: SeenClaim): number {
  return (msOf(a.since) || 0) - (msOf(b.since) || 0) || (a.id < b.id ? -1 : 1);
}

function found(later: SeenClaim, meetings: ReadonlyMap<SeenClaim, readonly string[]>): CheckFinding {
  const { agent, id } = later.claim;
  const inTurn = [...meetings].toSorted(([a], [b]) => bySince(a, b));
  const earlier = inTurn.map(([{ claim }]) => `${claim.agent} (${claim.id})`);
  const paths = [...new Set(inTurn.flatMap(([, met]) => met))];
  const both = inTurn.length === 1 ? 'both' : 'all';
  return aboutClaim('claims-overlap', later, {
    what: `${listed([`${agent} (${id})`, ...earlier], 4)} ${both} hold ${pathsInWords(paths)} exclusively.`,
    next: `Let them agree who goes on, and release the other: ${releaseOf(later)}.`,
    paths,
  });
}
