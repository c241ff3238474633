/**
 * A range of commits that touches what another agent claims; made-by.ts says who counts as another.
 *
 * As for an edit, a claim whose lease is over stops nobody, and a shared one stops who does not share it.
 */
import { escapePath } from '../pattern/escape.ts';
import { pathWord } from '../shell-word.ts';
import { formatDuration, msOf } from '../time.ts';
import { aboutClaim, inWords, pathsInWords } from './about-claim.ts';
import { shortOid } from './about-commit.ts';
import type { CheckFinding } from './finding.ts';
import { holdersByFile } from './held-patterns.ts';
import { isLeaseOver } from './lease-over.ts';
import { type Makers, makersOf } from './made-by.ts';
import type { Seen, SeenClaim } from './seen.ts';

export function claimedByOther({ range, ...seen }: Omit<Seen, 'unreadable' | 'maxAgeSeconds'>): CheckFinding[] {
  if (range === undefined || range.paths.length === 0) return [];
  const made = makersOf(range, seen);
  const holdersOf = holdersByFile(
    seen.claims.filter(({ claim }) => !isLeaseOver(claim, seen)),
    seen,
  );
  const touchedByOther = new Map<SeenClaim, string[]>();
  for (const path of range.paths) {
    const holders = [...holdersOf(path)];
    const isShared = holders.some(({ claim }) => claim.mode === 'shared' && made.isOwn(claim, path));
    for (const holder of holders) {
      if (made.isOwn(holder.claim, path) || (isShared && holder.claim.mode === 'shared')) continue;
      const touched = touchedByOther.get(holder);
      if (touched === undefined) touchedByOther.set(holder, [path]);
      else touched.push(path);
    }
  }
  return [...touchedByOther].map(([other, touched]) => found(other, touched, made, seen));
}

function found(
  other: SeenClaim,
  touched: readonly string[],
  { foreignCommit }: Makers,
  { nowMs }: Pick<Seen, 'nowMs'>,
): CheckFinding {
  const { agent, branch, expires, why } = other.claim;
  const one = touched.length === 1;
  const seconds = (msOf(expires) - nowMs) / 1000;
  const on = branch === undefined ? '' : ` on ${inWords(branch)}`;
  const left = seconds > 0 ? ` for ${formatDuration(seconds)} more` : '';
  const reason = why === undefined ? '' : ` (${inWords(why)})`;
  const paths = touched.map(escapePath);
  const commit = touched.map((path) => foreignCommit(other.claim, path)).find((oid) => oid !== undefined);
  const made = commit === undefined ? '' : `; the commit ${shortOid(commit)} was made under another claim`;
  return aboutClaim('claimed-by-other', other, {
    what: `${pathsInWords(touched)} ${one ? 'is' : 'are'} changed here, and ${agent} claims ${one ? 'it' : 'them'}${on}${left}${reason}${made}.`,
    next: `Ask with git intercom send ${agent} "…", or run git intercom claim ${inWords(pathWord(paths[0] as string))} --wait to go on when it is released.`,
    paths,
  });
}
