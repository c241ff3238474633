import { expect, test } from 'vitest';
import { decideClaim } from '../../src/domain/claim/claim.ts';
import { decideRelease } from '../../src/domain/claim/release.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { act, type Rule } from '../../src/operations/act.ts';
import { Branch } from '../../src/store/git/branch.ts';
import { locateNow } from '../../src/store/git/locate.ts';
import { openGitStore } from '../../src/store/git/store.ts';
import { makeRepository } from '../processes/repository.ts';
import { sessionOf } from '../store/session-of.ts';
import { movesOf } from './from-git.ts';
import { findings } from './laws.ts';

test('the moves of a real branch are its commits with what each changed, and hold the laws', async () => {
  const dir = makeRepository();
  expect(await movesOf(dir)).toEqual([]);
  let count = 0;
  const branch = new Branch({
    repository: locateNow({ cwd: dir, env: process.env }),
    policy: defaultPolicy,
    clock: Date.now,
    newId: (nowMs) => `${nowMs.toString(36)}-${count++}`,
    host: 'here',
  });
  const store = openGitStore(branch);
  const run = <T>(name: string, rule: Rule<T>) => act(sessionOf(store, name), rule, (result) => result);
  await run('ada', (draft, context) => decideClaim(draft, { paths: ['src'], mode: 'exclusive' }, context));
  await run('ada', (draft, context) => decideRelease(draft, { references: ['src'], all: false }, context));
  await run('bob', (draft, context) => decideClaim(draft, { paths: ['src/a.ts'], mode: 'exclusive' }, context));
  await store.close();

  const moves = await movesOf(dir);
  expect(moves.map((move) => move.kind === 'commit' && move.op)).toEqual(['open', 'claim', 'release', 'claim']);
  const claims = moves
    .flatMap((move) => (move.kind === 'commit' ? move.changes : []))
    .flatMap(({ path, after }) => (path.startsWith('claims/') ? [after?.kind === 'claim' ? after.agent : 'gone'] : []));
  expect(claims).toEqual(['ada', 'gone', 'bob']);
  expect(findings({ authority: moves, answers: [] })).toEqual([]);
  const [, second] = moves;
  expect(await movesOf(dir, second?.kind === 'commit' ? second.commit : null)).toHaveLength(2);
});
