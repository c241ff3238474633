/** A claim that was made for work on a branch, and the branch is merged or deleted. */
import { aboutClaim, inWords, pathsInWords, releaseOf } from './about-claim.ts';
import type { CheckFinding } from './finding.ts';
import type { SeenClaim } from './seen.ts';

export function branchOver(seen: SeenClaim): CheckFinding | undefined {
  const { claim, branch } = seen;
  if (claim.branch === undefined || (branch !== 'merged' && branch !== 'deleted')) return undefined;
  const rule = branch === 'merged' ? 'branch-merged' : 'branch-deleted';
  return aboutClaim(rule, seen, {
    what: `${claim.agent} still claims ${pathsInWords(claim.paths)} for the branch ${inWords(claim.branch)}, which is ${branch}.`,
    next: `If ${claim.agent} is done, run ${releaseOf(seen)}.`,
  });
}
