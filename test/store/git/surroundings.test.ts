import { expect, test } from 'vitest';
import { locate } from '../../../src/store/git/locate-head.ts';
import { openSurroundings } from '../../../src/store/git/surroundings.ts';
import { git, put, repository } from './sandbox.ts';

async function surroundingsOf(dir: string) {
  return openSurroundings(await locate({ cwd: dir, env: process.env }), { branch: 'intercom', remote: null });
}

/** A branch with a commit that main lacks, and a change that nobody committed. */
function withWork(): string {
  const dir = repository();
  git(dir, 'switch', '--quiet', '-c', 'feature');
  put(dir, { 'src/b.ts': 'better\n' });
  git(dir, 'commit', '--quiet', '--all', '-m', 'two');
  put(dir, { 'a.ts': 'changed\n' });
  return dir;
}

test('a file is changed in a work tree, or on a branch that is not merged', async () => {
  const dir = withWork();
  const surroundings = await surroundingsOf(dir);
  expect(await surroundings.changes(['a.ts'])).toEqual([{ worktree: dir, branch: 'feature', paths: ['a.ts'] }]);
  expect(await surroundings.unmergedBranches(['src'])).toEqual([['feature']]);
  expect(await surroundings.unmergedBranches(['a.ts'])).toEqual([[]]);
});

test('a branch that was squashed into main is unmerged no more, though main lacks its commits', async () => {
  const dir = withWork();
  git(dir, 'stash', '--quiet');
  git(dir, 'switch', '--quiet', 'main');
  git(dir, 'merge', '--quiet', '--squash', 'feature');
  const surroundings = await surroundingsOf(dir);
  expect(await surroundings.unmergedBranches(['src'])).toEqual([['feature']]);
  git(dir, 'commit', '--quiet', '-m', 'squashed');
  expect(await surroundings.unmergedBranches(['src'])).toEqual([[]]);
});

test('what is no file is changed nowhere', async () => {
  const surroundings = await surroundingsOf(withWork());
  expect(await surroundings.changes(['port:5432'])).toEqual([]);
  expect(await surroundings.unmergedBranches(['port:5432'])).toEqual([[]]);
  expect(await surroundings.unmergedBranches(['port:5432', 'src'])).toEqual([[], ['feature']]);
});

test('of alternatives in braces each is looked for, in work trees, on branches and in what a branch has to land', async () => {
  const dir = withWork();
  const surroundings = await surroundingsOf(dir);
  const changed = [{ worktree: dir, branch: 'feature', paths: ['a.ts'] }];
  expect(await surroundings.changes(['{a,x}.ts'])).toEqual(changed);
  expect(await surroundings.changedSince(['{a,x}.ts'], 0)).toEqual(['a.ts']);
  expect(await surroundings.unmergedBranches(['{lib,src}/{b,c}.ts'])).toEqual([['feature']]);
  expect(await surroundings.unmerged('feature', ['src/{b,c}.ts'])).toMatchObject({ commits: 1 });
  expect(await surroundings.changes(['{b,c}.ts'])).toEqual([]);
});

test('where the repository ignores case, so does what is looked for', async () => {
  const dir = withWork();
  git(dir, 'config', 'core.ignorecase', 'true');
  const surroundings = await surroundingsOf(dir);
  expect(await surroundings.changes(['A.ts'])).toHaveLength(1);
  expect(await surroundings.unmergedBranches(['SRC'])).toEqual([['feature']]);
});

test('a name with characters of a pattern is looked for as it is', async () => {
  const dir = repository();
  put(dir, { 'app/[id]/page.ts': 'new\n', 'app/i/page.ts': 'new\n', 'b{1,2}.ts': 'new\n', 'b1.ts': 'new\n' });
  const surroundings = await surroundingsOf(dir);
  const found = await surroundings.changes(['app/\\[id]', 'b\\{1,2}.ts']);
  expect(found).toMatchObject([{ paths: ['app/[id]/', 'b{1,2}.ts'] }]);
});

test('each path is told which branches have something left of it, whatever became of the others', async () => {
  const dir = repository();
  const files = {
    'same.ts': 'x\n',
    'picked.ts': 'x\n',
    'left.ts': 'x\n',
    'apart.ts': 'x\n',
  };
  put(dir, files);
  git(dir, 'add', '.');
  git(dir, 'commit', '--quiet', '-m', 'files');
  git(dir, 'switch', '--quiet', '-c', 'feature');
  put(dir, { 'picked.ts': 'ours\n' });
  git(dir, 'commit', '--quiet', '--all', '-m', 'to be picked and changed again');
  put(dir, { 'same.ts': 'ours\n', 'left.ts': 'ours\n', 'apart.ts': 'ours\n' });
  git(dir, 'commit', '--quiet', '--all', '-m', 'the rest');
  git(dir, 'switch', '--quiet', 'main');
  git(dir, 'cherry-pick', 'feature~');
  put(dir, {
    'same.ts': 'ours\n',
    'picked.ts': 'theirs\n',
    'apart.ts': 'theirs\n',
  });
  git(dir, 'commit', '--quiet', '--all', '-m', 'some of it, and more');
  const surroundings = await surroundingsOf(dir);
  const paths = ['same.ts', 'picked.ts', 'left.ts', 'apart.ts', 'a.ts', '*.ts'];
  const left = [[], [], ['feature'], ['feature'], [], ['feature']];
  expect(await surroundings.unmergedBranches(paths)).toEqual(left);
  for (const [n, path] of paths.entries()) expect(await surroundings.unmergedBranches([path])).toEqual([left[n]]);
});
