/** A commit that wrote a record which nobody can read. Told where it is asked for: `doctor --fix` sets such records aside. */
import { isOfNewerVersion } from '../record/path.ts';
import { inWords } from './about-claim.ts';
import { aboutCommit, commitInWords, shortOid } from './about-commit.ts';
import type { CheckFinding } from './finding.ts';
import type { SeenHistory } from './seen-commit.ts';

export function unreadableWritten({ commits, isStrict }: SeenHistory): CheckFinding[] {
  if (!isStrict) return [];
  return commits.flatMap((commit) =>
    (commit.changes ?? []).flatMap(({ path, after }) => {
      if (after?.kind !== 'unreadable' || isOfNewerVersion(path)) return [];
      const reason = inWords(after.reason).replace(/[.\s]+$/, '');
      return aboutCommit('unreadable-written', commit, {
        what: `${commitInWords(commit)} wrote ${inWords(path)}, which cannot be read (${reason}).`,
        next: `See it with git show ${shortOid(commit.oid)}; git intercom doctor --fix sets it aside where it is still there.`,
        path,
      });
    }),
  );
}
