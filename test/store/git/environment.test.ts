import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../tooling/sources.ts';
import { claim, command, expectOneClearSentence, expectSound, fsck, gc, held, open } from './coordination.ts';
import { folder, git, put, repository, tryGit } from './sandbox.ts';

const intercom = `"${process.execPath}" "${root}dist/bin.cjs"`;

function hook(gitDir: string, name: string, script: string): void {
  put(gitDir, { [`hooks/${name}`]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(gitDir, 'hooks', name), 0o755);
}

test('GIT_DIR and GIT_WORK_TREE lead to the repository from anywhere', () => {
  const dir = repository();
  const elsewhere = folder();
  const env = { GIT_DIR: join(dir, '.git'), GIT_WORK_TREE: dir };
  expect(command(elsewhere, ['claim', 'a.ts'], env).code).toBe(0);
  expect(command(join(dir, 'src'), ['claim', 'b.ts'], { ...env, GIT_DIR: '../.git', GIT_WORK_TREE: '..' }).code).toBe(
    0,
  );
  expect(readdirSync(elsewhere)).toEqual([]);
  expectSound(dir, ['a.ts', 'src/b.ts']);
});

test('a GIT_DIR that names nothing is an error, and never means another repository', () => {
  const dir = repository();
  const ran = command(dir, ['claim', 'a.ts'], { GIT_DIR: join(dir, 'nowhere') });
  expectOneClearSentence(ran, /GIT_DIR in the environment names .*nowhere, which is no git directory/);
  expect(git(dir, 'branch', '--list', 'intercom')).toBe('');
});

test('GIT_COMMON_DIR is where the branch and the projection are', () => {
  const dir = repository();
  const linked = join(dir, '../linked');
  git(dir, 'worktree', 'add', '--quiet', linked);
  const own = join(dir, '.git');
  const env = { GIT_DIR: join(own, 'worktrees/linked'), GIT_COMMON_DIR: own };
  expect(command(linked, ['claim', 'a.ts'], env).code).toBe(0);
  expect(command(linked, ['check-edit', 'a.ts'], { ...env, INTERCOM_AGENT: 'bee' }).code).toBe(1);
  expectSound(dir, ['a.ts']);
});

test('GIT_OBJECT_DIRECTORY takes the objects, is read from and is packed', async () => {
  const dir = repository();
  const objects = join(folder(), 'objects');
  mkdirSync(objects);
  const env = { GIT_OBJECT_DIRECTORY: objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: join(dir, '.git/objects') };
  const fox = await open(dir, 'fox', env);
  await claim(fox, 'a.ts');
  expect(readdirSync(objects).length).toBeGreaterThan(3);
  const tip = git(dir, 'rev-parse', 'refs/heads/intercom');
  expect(existsSync(join(dir, '.git/objects', tip.slice(0, 2), tip.slice(2)))).toBe(false);
  gc(dir, env);
  expect(readdirSync(join(objects, 'pack')).filter((name) => name.endsWith('.keep'))).toHaveLength(1);
  await claim(await open(dir, 'bee', env), 'b.ts');
  expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
  expect(fsck(dir, env)).toBe('');
  expect(tryGit(dir, ['log', '--format=%s', 'intercom'], env).out.split('\n')).toHaveLength(3);
});

test('GIT_CEILING_DIRECTORIES keeps the search below, also through a symbolic link', () => {
  const dir = repository();
  const link = join(dir, '../link');
  symlinkSync(dir, link);
  for (const ceiling of [dir, `${dir}/`, link]) {
    const ran = command(join(dir, 'src'), ['claim', 'a.ts'], { GIT_CEILING_DIRECTORIES: ceiling });
    expectOneClearSentence(ran, /There is no git repository at .*src or above it/);
  }
});

test('GIT_NAMESPACE, GIT_INDEX_FILE and variables of other commands change nothing', () => {
  const dir = repository();
  const index = join(folder(), 'index');
  const env = { GIT_NAMESPACE: 'team', GIT_INDEX_FILE: index, GIT_PREFIX: 'src/', GIT_LITERAL_PATHSPECS: '1' };
  expect(command(dir, ['claim', 'a.ts'], env).code).toBe(0);
  expect(command(dir, ['who', 'a.ts'], env).code).toBe(0);
  expect(existsSync(index)).toBe(false);
  expect(git(dir, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/intercom\nrefs/heads/main');
  expectSound(dir, ['a.ts']);
});

test('a hook of a linked worktree, with the variables that git gives it, coordinates as the shell does', () => {
  const dir = repository();
  const linked = join(dir, '../linked');
  git(dir, 'worktree', 'add', '--quiet', linked);
  hook(join(dir, '.git'), 'pre-commit', `cd src && INTERCOM_AGENT=fox exec ${intercom} claim b.ts >&2`);
  put(linked, { 'src/b.ts': 'changed\n' });
  git(linked, 'commit', '--quiet', '--all', '-m', 'two');
  expect(git(linked, 'status', '--porcelain')).toBe('');
  expectSound(dir, ['src/b.ts']);
});

test('within a push that is not accepted yet, one can read and not write', () => {
  const bare = join(folder(), 'bare.git');
  const dir = repository();
  git(dir, 'clone', '--quiet', '--bare', '.', bare);
  expect(command(bare, ['claim', 'a.ts']).code).toBe(0);
  const run = (args: string) =>
    `INTERCOM_AGENT=bee ${intercom} ${args} >"$GIT_DIR/said" 2>&1; echo $? >>"$GIT_DIR/said"`;
  hook(bare, 'pre-receive', run('claim b.ts'));
  git(dir, 'push', '--quiet', bare, 'main:one');
  const said = readFileSync(join(bare, 'said'), 'utf8').trim().split('\n');
  expect(said).toEqual([
    expect.stringMatching(/^error: A push to .* is not accepted yet, and nothing can be recorded until it is\.$/),
    expect.stringMatching(/^next: /),
    '3',
  ]);
  hook(bare, 'pre-receive', run('check-edit a.ts'));
  git(dir, 'push', '--quiet', bare, 'main:two');
  expect(readFileSync(join(bare, 'said'), 'utf8')).toMatch(/a\.ts is claimed by fox(?:.|\n)*\n1\n$/);
  hook(bare, 'pre-receive', 'exit 0');
  hook(bare, 'post-receive', run('claim b.ts'));
  git(dir, 'push', '--quiet', bare, 'main:three');
  expectSound(bare, ['a.ts', 'b.ts']);
});
