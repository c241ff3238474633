/** Where we find a repository, held against where the real git finds it. */
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { locateNow } from '../../../src/store/git/locate.ts';
import { folder, git, put, repository, tryGit } from './sandbox.ts';

type Env = Readonly<Record<string, string>>;

function byGit(cwd: string, env: Env) {
  const ask = (...args: string[]) => tryGit(cwd, ['rev-parse', ...args], env);
  const gitDir = ask('--absolute-git-dir');
  if (gitDir.code !== 0) return undefined;
  const top = ask('--show-toplevel');
  return {
    gitDir: realpathSync(gitDir.out),
    commonDir: realpathSync(resolve(cwd, ask('--git-common-dir').out)),
    workTree: top.code === 0 ? top.out : null,
    isShallow: ask('--is-shallow-repository').out === 'true',
    headBranch: tryGit(cwd, ['symbolic-ref', '-q', '--short', 'HEAD'], env).out || null,
  };
}

function byUs(cwd: string, env: Env) {
  try {
    const { gitDir, commonDir, workTree, isShallow, headBranch } = locateNow({ cwd, env: { ...process.env, ...env } });
    return { gitDir: realpathSync(gitDir), commonDir: realpathSync(commonDir), workTree, isShallow, headBranch };
  } catch {
    return undefined;
  }
}

function expectAsGit(cwd: string, env: Env = {}): void {
  expect(byUs(cwd, env), `in ${cwd} with ${JSON.stringify(env)}`).toEqual(byGit(cwd, env));
}

/** A repository with a linked worktree, a submodule, and folders to stand in. */
function place() {
  const main = repository();
  const dir = join(main, '..');
  const linked = join(dir, 'linked');
  git(main, 'worktree', 'add', '--quiet', linked);
  git(main, 'submodule', '--quiet', 'add', repository(), 'sub');
  git(main, 'commit', '--quiet', '-m', 'sub');
  mkdirSync(join(dir, 'outside'));
  symlinkSync(main, join(dir, 'link'));
  return { dir, main, linked, sub: join(main, 'sub'), outside: join(dir, 'outside'), link: join(dir, 'link') };
}

test('without variables', () => {
  const { dir, main, linked, sub, outside, link } = place();
  for (const cwd of [main, join(main, 'src'), linked, join(linked, 'src'), sub, join(sub, 'src'), outside, dir]) {
    expectAsGit(cwd);
  }
  expectAsGit(link);
  expectAsGit(join(link, 'src'));
});

test('in repositories that are bare in one way or another', () => {
  const bare = join(folder(), 'bare.git');
  git(repository(), 'clone', '--quiet', '--bare', '.', bare);
  expectAsGit(bare);
  expectAsGit(join(bare, 'objects'));
  git(bare, 'worktree', 'add', '--quiet', '../linked', 'main');
  expectAsGit(join(bare, '../linked/src'));
  git(bare, 'config', 'extensions.worktreeConfig', 'true');
  git(bare, 'config', '--unset', 'core.bare');
  git(bare, 'config', '--worktree', 'core.bare', 'true');
  expectAsGit(bare);
  expectAsGit(join(bare, '../linked'));

  const project = folder();
  git(repository(), 'clone', '--quiet', '--bare', '.', join(project, '.git'));
  expectAsGit(project);
  git(project, 'worktree', 'add', '--quiet', 'tree', 'main');
  expectAsGit(join(project, 'tree/src'));

  const pointed = folder();
  git(repository(), 'clone', '--quiet', '--bare', '.', join(pointed, 'store'));
  writeFileSync(join(pointed, '.git'), 'gitdir: store\n');
  expectAsGit(pointed);
});

test('with core.worktree, in the shared configuration and in the one of a worktree', () => {
  const { dir, main, linked, outside } = place();
  git(main, 'config', 'core.worktree', outside);
  expectAsGit(main);
  expectAsGit(linked);
  expectAsGit(outside, { GIT_DIR: join(main, '.git') });
  git(main, 'config', '--unset', 'core.worktree');
  git(main, 'config', 'extensions.worktreeConfig', 'true');
  put(dir, { 'main/x': '' });
  git(linked, 'config', '--worktree', 'core.worktree', outside);
  expectAsGit(linked);
  expectAsGit(main);
});

test('with a git directory that lies apart, by a relative and by an absolute path', () => {
  const dir = folder();
  git(dir, 'init', '--quiet', `--separate-git-dir=${join(dir, 'store')}`, 'tree');
  expectAsGit(join(dir, 'tree'));
  writeFileSync(join(dir, 'tree/.git'), 'gitdir: ../store');
  expectAsGit(join(dir, 'tree'));
  writeFileSync(join(dir, 'tree/.git'), 'gitdir: ../nothing\n');
  expectAsGit(join(dir, 'tree'));
  writeFileSync(join(dir, 'tree/.git'), '');
  expectAsGit(join(dir, 'tree'));
});

test('with GIT_DIR, GIT_WORK_TREE and GIT_COMMON_DIR', () => {
  const { main, linked, sub, outside } = place();
  const own = join(main, '.git');
  for (const cwd of [outside, main, join(main, 'src'), linked]) {
    expectAsGit(cwd, { GIT_DIR: own });
    expectAsGit(cwd, { GIT_DIR: own, GIT_WORK_TREE: main });
    expectAsGit(cwd, { GIT_DIR: join(cwd, 'nowhere') });
  }
  expectAsGit(main, { GIT_DIR: '.git' });
  expectAsGit(join(main, 'src'), { GIT_DIR: '../.git', GIT_WORK_TREE: '..' });
  expectAsGit(main, { GIT_WORK_TREE: outside });
  expectAsGit(outside, { GIT_DIR: join(sub, '.git'), GIT_WORK_TREE: sub });
  expectAsGit(linked, { GIT_DIR: join(own, 'worktrees/linked') });
  expectAsGit(linked, { GIT_DIR: join(own, 'worktrees/linked'), GIT_COMMON_DIR: own });
  expectAsGit(outside, { GIT_DIR: '' });
});

test('with GIT_CEILING_DIRECTORIES', () => {
  const { dir, main, link, outside } = place();
  const cwd = join(main, 'src');
  const ceilings = [main, `${main}/`, dir, cwd, link, `${outside}:${main}`, `:${link}`, `:${main}`, 'src', '.', ''];
  for (const GIT_CEILING_DIRECTORIES of ceilings) expectAsGit(cwd, { GIT_CEILING_DIRECTORIES });
});

test('with GIT_NAMESPACE, which is about other repositories', () => {
  expectAsGit(repository(), { GIT_NAMESPACE: 'team' });
});

test('in a shallow clone, and with a detached HEAD', () => {
  const main = repository();
  git(main, 'commit', '--quiet', '--allow-empty', '-m', 'two');
  const clone = join(main, '../clone');
  git(main, 'clone', '--quiet', '--depth', '1', `file://${main}`, clone);
  expectAsGit(clone);
  git(clone, 'switch', '--quiet', '--detach');
  expectAsGit(clone);
});
