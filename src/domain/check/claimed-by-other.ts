/**
 * A range of commits that touches what another agent claims.
 *
 * Who made the range is told simply: a claim is its own when it was made on the branch that the head is, or when its
 * agent is the author of a commit of the range or is named by a commit's `Intercom-Agent` trailer. Names are compared
 * as names of agents, so `Ada Lovelace` is `ada-lovelace`. Hence two agents that work on one branch, or under one
 * author's name, are not told apart; and co-authors and committers do not count.
 *
 * As for an edit, a claim whose lease is over stops nobody, and a shared one stops who does not share it.
 */
import { nameFrom } from '../agent/name.ts';
import { quoted } from '../claim/refusals.ts';
import { escapePath } from '../pattern/escape.ts';
import type { ClaimRecord } from '../record/record.ts';
import { formatDuration, msOf } from '../time.ts';
import { aboutClaim, inWords, pathsInWords } from './about-claim.ts';
import type { CheckFinding } from './finding.ts';
import { holdersByFile } from './held-patterns.ts';
import { isLeaseOver } from './lease-over.ts';
import type { Seen, SeenClaim, SeenRange } from './seen.ts';

export function claimedByOther({ range, ...seen }: Omit<Seen, 'unreadable' | 'maxAgeSeconds'>): CheckFinding[] {
  if (range === undefined || range.paths.length === 0) return [];
  const isOwn = ownTo(range);
  const holdersOf = holdersByFile(
    seen.claims.filter(({ claim }) => !isLeaseOver(claim, seen)),
    seen,
  );
  const touchedByOther = new Map<SeenClaim, string[]>();
  for (const path of range.paths) {
    const holders = [...holdersOf(path)];
    const isShared = holders.some(({ claim }) => claim.mode === 'shared' && isOwn(claim));
    for (const holder of holders) {
      if (isOwn(holder.claim) || (isShared && holder.claim.mode === 'shared')) continue;
      const touched = touchedByOther.get(holder);
      if (touched === undefined) touchedByOther.set(holder, [path]);
      else touched.push(path);
    }
  }
  return [...touchedByOther].map(([other, touched]) => found(other, touched, seen));
}

function ownTo({ branches, makers }: SeenRange): (claim: ClaimRecord) => boolean {
  const names = new Set(makers.flatMap((maker) => [maker, nameFrom(maker) ?? maker]));
  return ({ agent, branch }) =>
    (branch !== undefined && branches.includes(branch)) || names.has(agent) || names.has(nameFrom(agent) ?? agent);
}

function found(other: SeenClaim, touched: readonly string[], { nowMs }: Pick<Seen, 'nowMs'>): CheckFinding {
  const { agent, branch, expires, why } = other.claim;
  const one = touched.length === 1;
  const seconds = (msOf(expires) - nowMs) / 1000;
  const on = branch === undefined ? '' : ` on ${inWords(branch)}`;
  const left = seconds > 0 ? ` for ${formatDuration(seconds)} more` : '';
  const reason = why === undefined ? '' : ` (${inWords(why)})`;
  const paths = touched.map(escapePath);
  return aboutClaim('claimed-by-other', other, {
    what: `${pathsInWords(touched)} ${one ? 'is' : 'are'} changed here, and ${agent} claims ${one ? 'it' : 'them'}${on}${left}${reason}.`,
    next: `Ask with git intercom send ${agent} "…", or run git intercom claim ${inWords(quoted(paths[0] as string))} --wait to go on when it is released.`,
    paths,
  });
}
