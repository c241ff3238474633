/** A commit whose agent writes what is another's, or that goes under the name of another. Our own operations do neither. */
import { foreignWrites } from '../integrity/foreign-writes.ts';
import type { AgentRecord } from '../record/record.ts';
import { inWords } from './about-claim.ts';
import { aboutCommit, commitInWords, shortOid } from './about-commit.ts';
import type { CheckFinding } from './finding.ts';
import type { SeenCommit, SeenHistory } from './seen-commit.ts';

/** `agents` as they are registered now, by name: a name belongs to one uid, and never leaves the tree. */
export function writtenForAnother(
  { commits }: SeenHistory,
  agents: ReadonlyMap<string, Pick<AgentRecord, 'uid' | 'at'>>,
): CheckFinding[] {
  return commits.flatMap((commit) => {
    if (!commit.isOurs) return [];
    const name = nameOfAnother(commit, agents);
    return name === undefined ? foreignIn(commit) : [name, ...foreignIn(commit)];
  });
}

function foreignIn(commit: SeenCommit): CheckFinding[] {
  const { agent } = commit;
  return foreignWrites({ ...commit, changes: commit.changes ?? [] }).map(({ path, of }) =>
    aboutCommit('written-for-another', commit, {
      what: `${commitInWords(commit)} of ${inWords(agent) || 'nobody'} writes ${inWords(path)}, which is ${inWords(of)}'s to write.`,
      next: `Look at it with git show ${shortOid(commit.oid)}, and ask who can write to the branch.`,
      path,
    }),
  );
}

/** A name that was registered anew later, because its record could not be read, says nothing about earlier commits. */
function nameOfAnother(
  commit: SeenCommit,
  agents: ReadonlyMap<string, Pick<AgentRecord, 'uid' | 'at'>>,
): CheckFinding | undefined {
  const known = agents.get(commit.agent);
  if (known === undefined || known.uid === commit.uid || commit.at < known.at) return undefined;
  return aboutCommit('written-for-another', commit, {
    what: `${commitInWords(commit)} goes under the name ${inWords(commit.agent)}, and has another uid than that agent.`,
    next: `Look at it with git show ${shortOid(commit.oid)}, and ask who can write to the branch.`,
    path: `agents/${commit.agent}`,
  });
}
