/** Work trees whose commit has no policy file: they coordinate where the others do. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Clone, makeClone } from './clones.ts';
import { makeTwo, told } from './two.ts';

const policyFile = '.intercom/config.yaml';

/** A branch without the file, at the server. */
async function pushOlder({ git }: Clone): Promise<void> {
  await git('switch', '-q', '--orphan', 'older');
  await git('commit', '-q', '--allow-empty', '-m', 'before the team had a policy');
  await git('push', '-q', 'origin', 'older');
  await git('switch', '-q', 'main');
}

test('two clones never both hold a path, also where one has a commit from before the policy checked out', async () => {
  const { server, here, there } = await makeTwo();
  await pushOlder(here);
  const fresh = await makeClone(server, { options: ['-b', 'older'] });
  expect(await fresh.run('calm-owl', ['claim', 'lib/a.ts'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  expect(await here.run('bold-fox', ['claim', 'lib/**'])).toMatchObject({ exitCode: 1 });
  await there.git('fetch', '-q');
  await there.git('switch', '-q', '--detach', 'origin/older');
  expect(await there.run('keen-elk', ['claim', 'lib/**'])).toMatchObject({ exitCode: 1 });
  expect(await there.run('keen-elk', ['check-edit', 'lib/a.ts'])).toMatchObject({ json: { verdict: 'conflict' } });
  expect(await told(fresh)).toBe('');
});

test('a clone shares the branch that its remote has, also where nobody committed a policy', async () => {
  const { server, here } = await makeTwo();
  await here.run('bold-fox', ['claim', 'src/**']);
  await pushOlder(here);
  await here.git('push', '-q', '--force', 'origin', 'older:main');
  const fresh = await makeClone(server);
  expect(await fresh.run('calm-owl', ['claim', 'a.ts'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  expect(await here.run('bold-fox', ['claim', 'a.ts'])).toMatchObject({ exitCode: 1 });
});

test('a linked worktree follows the policy that was just written in the main one, and the other way round', async () => {
  const { here, there } = await makeTwo();
  await pushOlder(here);
  for (const clone of [here, there]) {
    await clone.git('fetch', '-q');
    await clone.git('switch', '-q', '--detach', 'origin/older');
    await clone.git('update-ref', '-d', 'refs/remotes/origin/main');
    await clone.git('branch', '-q', '-D', 'main');
    await clone.git('worktree', 'add', '-q', '--detach', '../linked', 'origin/older');
  }
  const linked = (clone: Clone): Clone => ({
    ...clone,
    run: (agent, words) => clone.run(agent, ['-C', '../linked', ...words]),
  });
  await here.run('bold-fox', ['init', '--remote', 'origin', '--harness', 'none', '--no-git-hooks', '--yes']);
  await linked(there).run('keen-elk', ['init', '--remote', 'origin', '--harness', 'none', '--no-git-hooks', '--yes']);
  expect(await linked(here).run('bold-fox', ['claim', 'a.ts'])).toMatchObject({
    json: { claim: { state: 'confirmed' } },
  });
  expect(await there.run('keen-elk', ['claim', 'a.ts'])).toMatchObject({ exitCode: 1 });
  // What is taken away is not remembered.
  rmSync(join(there.dir, '../linked', policyFile));
  await there.git('update-ref', '-d', 'refs/remotes/origin/intercom');
  expect(await there.run('keen-elk', ['init', '--dry-run'])).toMatchObject({ json: { remote: null } });
});
