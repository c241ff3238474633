/** The moves of the authority, read from the repository that holds its branch. */
import type { Oid } from '../../src/domain/oid.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { Ancestry } from '../../src/store/git/ancestry.ts';
import { Branch } from '../../src/store/git/branch.ts';
import { trailer } from '../../src/store/git/commit.ts';
import { locateNow } from '../../src/store/git/locate.ts';
import { readRef } from '../../src/store/git/refs.ts';
import type { Move } from './history.ts';

/**
 * Every commit of the branch that is not below `since`, oldest first; none where there is no branch. Whoever puts the
 * branch back meanwhile asks for the moves before that, and adds the `rewound` one.
 */
export async function movesOf(dir: string, since: string | null = null): Promise<Move[]> {
  const branch = new Branch({
    repository: locateNow({ cwd: dir, env: process.env }),
    policy: defaultPolicy,
    clock: Date.now,
    newId: () => '',
    host: '',
  });
  try {
    const tip = await readRef(branch.repository, branch.ref);
    return tip === null ? [] : await movesBetween(branch, since as Oid | null, tip);
  } finally {
    await branch.close();
  }
}

export async function movesBetween(branch: Branch, since: Oid | null, tip: Oid): Promise<Move[]> {
  const moves: Move[] = [];
  for (const { oid, commit } of await new Ancestry(branch).since(since, tip)) {
    const changes = await branch.snapshot.changes(commit.parents[0] ?? null, oid);
    moves.push({ kind: 'commit', commit: oid, op: trailer(commit, 'Op') ?? '', changes });
  }
  return moves;
}
