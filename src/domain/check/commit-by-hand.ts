/** A commit that git-intercom did not make. Nobody obeys it, and the next commit of ours undoes it. */
import { aboutCommit, commitInWords, shortOid } from './about-commit.ts';
import type { CheckFinding } from './finding.ts';
import type { SeenHistory } from './seen-commit.ts';

/** Those on top of all of ours; older ones are undone, and told only where that is asked for. */
export function commitByHand({ commits, isStrict }: SeenHistory): CheckFinding[] {
  const latestOurs = commits.findIndex(({ isOurs }) => isOurs);
  const looked = isStrict || latestOurs < 0 ? commits : commits.slice(0, latestOurs);
  return looked.flatMap((commit) => {
    if (commit.isOurs) return [];
    return aboutCommit('commit-by-hand', commit, {
      what: `${commitInWords(commit)} was made by hand: it is shown, and not obeyed.`,
      next: `See with git show ${shortOid(commit.oid)} what was meant, and do it with git intercom.`,
    });
  });
}
