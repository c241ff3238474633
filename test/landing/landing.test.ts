/** Finished but not merged: what a release leaves behind, who is warned by it, and when it goes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from '../store/git/coordination.ts';
import { git } from '../store/git/sandbox.ts';
import { LandingPlace } from './place.ts';

describe('a release', () => {
  test('of work that is committed on a branch leaves a note', async () => {
    const place = new LandingPlace();
    const worktree = place.branch('feature');
    place.commit(worktree, { 'a.ts': 'one\n' });
    const tip = await place.finish('fox', worktree, { 'a.ts': 'two\n' }, 'split login');
    expect(await place.notes()).toMatchObject([
      { agent: 'fox', branch: 'feature', paths: ['a.ts'], tip, commits: 2, why: 'split login' },
    ]);
  });

  test('without a commit on its paths, on the default branch, or of a resource leaves none', async () => {
    const place = new LandingPlace();
    const worktree = place.branch('feature');
    place.commit(worktree, { 'other.ts': 'x\n' });
    await place.warned('fox', worktree, 'a.ts');
    await place.warned('fox', worktree, 'port:5432');
    await place.finish('bee', place.dir, { 'a.ts': 'on main\n' });
    expect(await place.notes()).toEqual([]);
  });

  test('of several pieces of one branch leaves one note, with all paths and the latest commit', async () => {
    const place = new LandingPlace();
    const worktree = place.branch('feature');
    await place.finish('fox', worktree, { 'a.ts': 'two\n' });
    const tip = await place.finish('fox', worktree, { 'b.ts': 'two\n' });
    expect(await place.notes()).toMatchObject([{ paths: ['a.ts', 'b.ts'], tip }]);
  });

  test('leaves none where the policy has it switched off', async () => {
    const place = new LandingPlace();
    const worktree = place.branch('feature');
    mkdirSync(join(worktree, '.intercom'));
    writeFileSync(join(worktree, '.intercom/config.yaml'), 'landing: false\n');
    await place.finish('fox', worktree, { 'a.ts': 'two\n' });
    expect(await place.notes()).toEqual([]);
  });

  test('of work that only this clone has merged waits for the remote', async () => {
    const place = new LandingPlace();
    place.addRemote();
    await place.finish('fox', place.dir, { 'a.ts': 'two\n' });
    expect(await place.notes()).toMatchObject([{ branch: 'main' }]);
    git(place.dir, 'push', '--quiet', 'origin', 'main');
    expect(await place.notes()).toEqual([]);
  });
});

describe('who works there next', () => {
  test('is warned by the claim, and not refused; its own agent and who has the commits are not', async () => {
    const place = new LandingPlace();
    const worktree = place.branch('feature');
    await place.finish('fox', worktree, { 'a.ts': 'two\n' });
    expect(await place.warned('bee', place.dir, 'a.ts')).toMatchObject([{ agent: 'fox', branch: 'feature' }]);
    expect(await place.warned('bee', place.dir, '**/*.ts')).toHaveLength(1);
    expect(await place.warned('bee', place.dir, 'src')).toEqual([]);
    expect(await place.warned('fox', place.dir, 'a.ts')).toEqual([]);
    expect(await place.warned('bee', worktree, 'a.ts')).toEqual([]);
  });

  test('hears of it once before an edit', async () => {
    const place = new LandingPlace();
    await place.finish('fox', place.branch('feature'), { 'a.ts': 'two\n', 'b.ts': 'x\n' });
    expect(await place.edit('s1', place.dir, 'a.ts')).toContain(
      'fox has finished a.ts and b.ts on feature: 1 commit, not merged yet.',
    );
    expect(await place.edit('s1', place.dir, 'b.ts')).toBe('');
    expect(await place.edit('s2', place.dir, 'src/b.ts')).toBe('');
  });
});

describe('a note goes', () => {
  const merges: readonly [string, (dir: string) => void][] = [
    ['merged', (dir) => git(dir, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'feature')],
    ['merged by fast-forward', (dir) => git(dir, 'merge', '--quiet', '--ff-only', 'feature')],
    [
      'squashed into one commit',
      (dir) => {
        git(dir, 'merge', '--quiet', '--squash', 'feature');
        git(dir, 'commit', '--quiet', '-m', 'squashed');
      },
    ],
    [
      'squashed, and the default branch went on in the same file',
      (dir) => {
        git(dir, 'merge', '--quiet', '--squash', 'feature');
        git(dir, 'commit', '--quiet', '-m', 'squashed');
        writeFileSync(join(dir, 'a.ts'), `before\n${'-\n'.repeat(9)}two\nmore\n`);
        git(dir, 'commit', '--quiet', '--all', '-m', 'on top');
      },
    ],
    ['rebased', (dir) => git(dir, 'cherry-pick', 'main..feature')],
  ];

  test.each(merges)('when the work was %s, by the next claim or gc', async (_, merge) => {
    const place = new LandingPlace();
    place.commit(place.dir, { 'a.ts': `${'-\n'.repeat(9)}one\n` });
    const worktree = place.branch('feature');
    place.commit(worktree, { 'a.ts': `${'-\n'.repeat(9)}half\n` });
    await place.finish('fox', worktree, { 'a.ts': `${'-\n'.repeat(9)}two\n` });
    place.commit(place.dir, { 'elsewhere.ts': 'x\n' });
    if (_ === 'merged by fast-forward') git(place.dir, 'reset', '--quiet', '--hard', 'HEAD~1');
    expect(await place.notes()).toHaveLength(1);
    merge(place.dir);
    const before = git(place.dir, 'rev-parse', 'intercom');
    expect(await place.notes()).toEqual([]);
    expect(git(place.dir, 'rev-parse', 'intercom')).toBe(before);
    expect(command(place.dir, ['gc']).code).toBe(0);
    expect(git(place.dir, 'ls-tree', '-r', '--name-only', 'intercom', '.intercom/landing/')).toBe('');
    expect(git(place.dir, 'log', '--format=%s', 'intercom')).toContain('landed feature (seen by fox)');
  });

  test('when a claim on the paths sees it merged', async () => {
    const place = new LandingPlace();
    await place.finish('fox', place.branch('feature'), { 'a.ts': 'two\n' });
    git(place.dir, 'merge', '--quiet', 'feature');
    expect(await place.warned('bee', place.dir, 'a.ts')).toEqual([]);
    expect(git(place.dir, 'ls-tree', '-r', '--name-only', 'intercom', '.intercom/landing/')).toBe('');
  });

  test('when its branch is deleted unmerged', async () => {
    const place = new LandingPlace();
    const worktree = place.branch('feature');
    await place.finish('fox', worktree, { 'a.ts': 'two\n' });
    git(worktree, 'checkout', '--quiet', '--detach', 'main');
    expect(await place.notes()).toHaveLength(1);
    git(place.dir, 'branch', '--quiet', '-D', 'feature');
    expect(await place.notes()).toEqual([]);
  });

  test('not while only some of it is merged', async () => {
    const place = new LandingPlace();
    const worktree = place.branch('feature');
    await place.finish('fox', worktree, { 'a.ts': 'two\n', 'b.ts': 'two\n' });
    git(place.dir, 'checkout', '--quiet', 'feature', '--', 'a.ts');
    git(place.dir, 'commit', '--quiet', '-m', 'half of it');
    expect(await place.notes()).toHaveLength(1);
  });
});

test('a note of a commit that is not in this clone is shown as it is', async () => {
  const place = new LandingPlace();
  const bare = place.addRemote();
  await place.finish('fox', place.branch('feature'), { 'a.ts': 'two\n' });
  git(place.dir, 'push', '--quiet', bare, 'intercom');
  const elsewhere = new LandingPlace();
  git(elsewhere.dir, 'fetch', '--quiet', bare, 'intercom:intercom');
  expect(await elsewhere.warned('bee', elsewhere.dir, 'a.ts')).toMatchObject([{ agent: 'fox', branch: 'feature' }]);
});
