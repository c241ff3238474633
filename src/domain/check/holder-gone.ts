/** A holder that is proven gone: its process has ended, or it said that it left. */
import { formatDuration } from '../time.ts';
import { aboutClaim, inWords, pathsInWords, releaseOf } from './about-claim.ts';
import type { CheckFinding } from './finding.ts';
import type { Seen, SeenClaim } from './seen.ts';

export function holderGone(seen: SeenClaim, { nowMs }: Pick<Seen, 'nowMs'>): CheckFinding | undefined {
  const { claim, holder } = seen;
  const paths = pathsInWords(claim.paths);
  const release = `Run ${releaseOf(seen)} to free it.`;
  if (holder.state === 'left') {
    const ago = formatDuration((nowMs - holder.atMs) / 1000);
    return aboutClaim('holder-gone', seen, {
      what: `${claim.agent} left ${ago} ago and still claims ${paths}.`,
      next: release,
    });
  }
  if (holder.state !== 'dead') return undefined;
  if (!holder.leftChanges) {
    const what = `${claim.agent}, who claims ${paths}, is gone: its process ${holder.pid} has ended.`;
    return aboutClaim('holder-gone', seen, { what, next: release });
  }
  const place = claim.worktree === undefined ? 'its work tree' : inWords(claim.worktree);
  return aboutClaim('holder-gone', seen, {
    what: `${claim.agent}, who claims ${paths}, is gone: its process ${holder.pid} has ended and left changes in ${place} that nobody committed.`,
    next: `Save the changes in ${place} first, then run ${releaseOf(seen)}.`,
  });
}
