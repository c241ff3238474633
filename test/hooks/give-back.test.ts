import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitAsOurs } from '../store/git/by-hand.ts';
import { HookPlace } from './place.ts';

describe('post-commit', () => {
  test('gives automatic claims back whose files are committed and clean', async () => {
    const place = new HookPlace();
    await place.claimAutomatically('ada', 'src/auth.ts');
    await place.claimAutomatically('ada', 'src/cart.ts');
    await place.claimAutomatically('ada', 'docs/guide.md');
    await place.claim('ada', 'src/api/users.ts');
    for (const path of ['src/auth.ts', 'src/cart.ts', 'src/api/users.ts']) place.put(path, 'changed\n');
    place.git('add', '.');
    place.put('src/cart.ts', 'and again\n');
    const { code, stderr } = await place.as('ada', ['commit', '-m', 'Mine']);
    expect(code).toBe(0);
    expect(stderr).toBe('git intercom: gave back src/auth.ts.\n');
    expect((await place.held()).sort()).toEqual(['docs/guide.md', 'src/api/users.ts', 'src/cart.ts']);
    expect(place.message()).toContain('Intercom-Token: 1.1');
  });

  test('tells those who are subscribed to what was committed, and nobody else', async () => {
    const place = new HookPlace();
    await place.as('bob', ['intercom', 'subscribe', 'src/api']);
    place.put('src/api/users.ts', 'changed\n');
    place.put('src/cart.ts', 'changed\n');
    await place.as('ada', ['commit', '-am', 'Mine']);
    const { stdout } = await place.as('bob', ['intercom', 'peek', '--json']);
    expect(JSON.parse(stdout).messages).toMatchObject([{ subject: 'ada changed src/api/users.ts', importance: 'low' }]);
  });

  test('a folder with a new file in it stays', async () => {
    const place = new HookPlace();
    await place.claimAutomatically('ada', 'lib');
    place.put('lib/one.ts', 'one\n');
    place.git('add', '.');
    place.put('lib/new/two.ts', 'two\n');
    await place.as('ada', ['commit', '-m', 'One']);
    expect(await place.held()).toEqual(['lib']);
    place.git('add', '.');
    await place.as('ada', ['commit', '-m', 'Two']);
    expect(await place.held()).toEqual([]);
  });

  test.each([
    ['none', ['src/auth.ts', 'src/cart.ts']],
    ['all', []],
  ])('with the policy %s these stay: %j', async (policy, left) => {
    const place = new HookPlace();
    place.put('.intercom/config.yaml', `hooks:\n  releaseOnCommit: ${policy}\n`);
    await place.claimAutomatically('ada', 'src/auth.ts');
    await place.claim('ada', 'src/cart.ts');
    place.put('src/auth.ts', 'changed\n');
    place.put('src/cart.ts', 'changed\n');
    await place.as('ada', ['commit', '-am', 'Mine']);
    expect((await place.held()).sort()).toEqual(left);
  });

  test("nobody gives another's claims back", async () => {
    const place = new HookPlace();
    await place.claimAutomatically('bob', 'src/auth.ts');
    place.put('src/auth.ts', 'changed\n');
    await place.as('ada', ['commit', '--no-verify', '-am', 'Mine']);
    expect(await place.held()).toEqual(['src/auth.ts']);
  });

  test('in a linked work tree, whatever another work tree has changed', async () => {
    const place = new HookPlace();
    const linked = join(place.dir, 'linked');
    place.git('worktree', 'add', '--quiet', linked);
    const id = await place.claimAutomatically('ada', 'src/auth.ts');
    const record = place.git('show', `intercom:.intercom/claims/${id}.yaml`);
    const moved = record.replace(/^worktree: .*$/m, `worktree: ${linked}`);
    commitAsOurs(place.repo, { [`claims/${id}.yaml`]: `${moved}\n` });
    place.put('src/auth.ts', 'elsewhere\n');
    place.put('src/auth.ts', 'here\n', linked);
    expect((await place.as('ada', ['commit', '-am', 'Mine'], {}, linked)).code).toBe(0);
    expect(await place.held()).toEqual([]);
  });

  test('a commit that is made again in a rebase gives nothing back', async () => {
    const place = new HookPlace();
    place.put('src/auth.ts', 'changed\n');
    place.git('commit', '--no-verify', '-qam', 'Mine');
    await place.claimAutomatically('ada', 'src/auth.ts');
    const words = ['rebase', '--force-rebase', '--root'];
    expect((await place.as('ada', words)).code).toBe(0);
    expect(await place.held()).toEqual(['src/auth.ts']);
  });
});

test('post-merge gives back what a merge brought home', async () => {
  const place = new HookPlace();
  place.git('checkout', '--quiet', '-b', 'topic');
  place.put('src/auth.ts', 'changed\n');
  place.git('commit', '--no-verify', '-qam', 'Theirs');
  place.git('checkout', '--quiet', 'main');
  await place.claimAutomatically('ada', 'src/auth.ts');
  await place.claimAutomatically('ada', 'src/cart.ts');
  expect((await place.as('ada', ['merge', '--squash', 'topic'])).code).toBe(0);
  place.git('reset', '--hard', '--quiet');
  expect((await place.held()).sort()).toEqual(['src/auth.ts', 'src/cart.ts']);
  expect((await place.as('ada', ['merge', 'topic'])).code).toBe(0);
  expect(await place.held()).toEqual(['src/cart.ts']);
});

test('post-checkout gives back what was put back, once an edit would have been on the disk; a branch ends nothing', async () => {
  const place = new HookPlace();
  await place.claimAutomatically('ada', 'src/auth.ts');
  await place.claim('ada', 'src/cart.ts');
  place.put('src/auth.ts', 'changed\n');
  await place.as('ada', ['checkout', '--', 'src/auth.ts']);
  expect((await place.held()).sort()).toEqual(['src/auth.ts', 'src/cart.ts']);
  place.nowMs += 120_000;
  await place.as('ada', ['checkout', '-b', 'topic']);
  expect((await place.held()).sort()).toEqual(['src/auth.ts', 'src/cart.ts']);
  await place.as('ada', ['checkout', '--', 'src/auth.ts']);
  expect(await place.held()).toEqual(['src/cart.ts']);
});
