/** A commit with several parents: coordination history is one line, and only the first parent is followed. */
import { aboutCommit, commitInWords, shortOid } from './about-commit.ts';
import type { CheckFinding } from './finding.ts';
import type { SeenHistory } from './seen-commit.ts';

export function notLinear({ commits, isStrict }: SeenHistory): CheckFinding[] {
  return commits.flatMap((commit) => {
    // By hand it counts for nothing, and is named as such.
    if (commit.parents.length < 2 || (!commit.isOurs && !isStrict)) return [];
    const others = commit.parents.slice(1).map(shortOid);
    return aboutCommit('not-linear', commit, {
      what: `${commitInWords(commit)} is a merge: what comes in from ${others.join(', ')} is no part of the branch.`,
      next: `See with git log ${shortOid(commit.oid)}^..${shortOid(commit.oid)} what was to come in.`,
    });
  });
}
