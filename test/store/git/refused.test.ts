/** Where nothing can be coordinated, or not by us: one clear sentence, a way on, exit code 3, and nothing written. */
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { command, commandInDeleted, expectOneClearSentence, expectSound, fsck } from './coordination.ts';
import { folder, git, globalConfig, put, repository, tryGit } from './sandbox.ts';
import { canBecomeStranger, commandAsStranger, giveTo, isRoot, openToAll, stranger } from './users.ts';

/** A writing one, a guard's, and the one that mends. */
const commands = [
  ['claim', 'a.ts'],
  ['check-edit', 'a.ts'],
  ['doctor', '--fix'],
];

function expectRefused(dir: string, said: RegExp): void {
  for (const words of commands) expectOneClearSentence(command(dir, words), said);
  const json = command(dir, ['claim', 'a.ts', '--json']);
  expect(json.code).toBe(3);
  expect(JSON.parse(json.out).error).toMatchObject({ message: expect.stringMatching(said), next: expect.any(String) });
}

test('a folder that is no repository', () => {
  const dir = folder();
  expectRefused(dir, /There is no git repository at .* or above it\./);
  for (const word of ['who', 'peek', 'doctor', 'init', 'log', 'gc']) {
    expectOneClearSentence(command(dir, [word]), /There is no git repository at /);
  }
  expect(readdirSync(dir)).toEqual([]);
  mkdirSync(join(dir, '.git'));
  expectRefused(dir, /There is no git repository at /);
});

test('a folder that was deleted while somebody stood in it, also one of a repository', () => {
  for (const above of [folder(), repository()]) {
    const gone = join(above, 'gone');
    mkdirSync(gone);
    expectOneClearSentence(commandInDeleted(gone, 'who'), /There is no folder .*gone\./);
  }
});

test('a file where a folder is meant', () => {
  const dir = repository();
  put(dir, { 'a.ts': 'a' });
  for (const words of commands) {
    expectOneClearSentence(command(dir, ['-C', 'a.ts', ...words]), /a\.ts is a file, and a folder is meant\./);
  }
});

test.each(['GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY'])('a %s in the environment that leads nowhere', (name) => {
  const dir = repository();
  expect(command(dir, ['claim', 'a.ts']).code).toBe(0);
  for (const words of commands) {
    expectOneClearSentence(
      command(dir, words, { [name]: join(dir, 'nowhere') }),
      new RegExp(`${name} in the environment names .*nowhere, which is no `),
    );
  }
  expect(existsSync(join(dir, 'nowhere'))).toBe(false);
});

test('a repository of sha256 objects', () => {
  const dir = folder();
  git(dir, 'init', '--quiet', '--object-format=sha256');
  expectRefused(dir, /uses sha256 object names, and git intercom knows sha1 only\./);
  expect(existsSync(join(dir, '.git/intercom'))).toBe(false);
  expect(git(dir, 'for-each-ref')).toBe('');
});

test('a repository with an extension that nobody told us about', () => {
  const dir = repository();
  git(dir, 'config', 'core.repositoryFormatVersion', '1');
  git(dir, 'config', 'extensions.zork', 'true');
  expectRefused(dir, /uses the extension zork, which this version does not know\./);
});

test('a repository of a format version to come', () => {
  const dir = repository();
  git(dir, 'config', 'core.repositoryFormatVersion', '2');
  expectRefused(dir, /has repository format version 2, and git intercom knows 0 and 1\./);
  writeFileSync(join(dir, '.git/config'), '[core]\n\trepositoryformatversion = many\n');
  expectRefused(dir, /has repository format version many/);
});

test('a repository of version 0 with an extension of version 1, which git refuses, too', () => {
  const dir = repository();
  git(dir, 'config', 'extensions.objectFormat', 'sha256');
  expectRefused(dir, /uses the extension objectformat, which needs repository format version 1, and has version 0\./);
  expect(tryGit(dir, ['status']).code).not.toBe(0);
});

test('an unknown extension in a repository of version 0 is passed over, as git does', () => {
  const dir = repository();
  git(dir, 'config', 'extensions.zork', 'true');
  expect(command(dir, ['claim', 'a.ts']).code).toBe(0);
  expectSound(dir, ['a.ts']);
});

test('a repository that keeps its refs as reftable, beside a git that cannot read them', ({ skip }) => {
  const [major = 0, minor = 0] = git(folder(), '--version').match(/\d+/g)?.map(Number) ?? [];
  if (major > 2 || (major === 2 && minor >= 45)) skip('the git here reads reftable');
  const dir = repository();
  git(dir, 'config', 'core.repositoryFormatVersion', '1');
  put(dir, { '.git/config': '[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefStorage = reftable\n' });
  for (const words of [['who'], ['claim', 'a.ts'], ['check-edit', 'a.ts'], ['peek'], ['init']]) {
    expectOneClearSentence(
      command(dir, words),
      /keeps its refs as reftable, which needs git 2\.45 or newer, and the git here is \d+\.\d+/,
    );
  }
  for (const words of [['doctor'], ['doctor', '--fix']]) {
    const looked = command(dir, words);
    expect(looked.code).toBe(1);
    expect(looked.out).toMatch(/keeps its refs as reftable, which needs git 2\.45 or newer/);
  }
  expect(existsSync(join(dir, '.git/refs/heads/intercom'))).toBe(false);
});

test('refs that are kept in a way that nobody knows', () => {
  const dir = repository();
  git(dir, 'config', 'core.repositoryFormatVersion', '1');
  put(dir, { '.git/config': '[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefStorage = stone\n' });
  expectRefused(dir, /keeps its refs as stone\./);
});

test('a policy that cannot be read, for it may be a safeguard', () => {
  const dir = repository();
  mkdirSync(join(dir, '.intercom/config.yaml'), { recursive: true });
  for (const words of [['who'], ['claim', 'a.ts']]) {
    expectOneClearSentence(command(dir, words), /config\.yaml cannot be read as policy \(EISDIR\)\./);
  }
  rmSync(join(dir, '.intercom'), { recursive: true });
  put(dir, { '.intercom/config.yaml': 'branch: ../heads\n' });
  expectOneClearSentence(command(dir, ['claim', 'a.ts']), /cannot be read as policy: branch: must be a branch name\./);
});

test('a repository of another user that git does not trust', ({ skip }) => {
  if (!isRoot) skip('only root can give a repository away');
  const dir = repository();
  expect(command(dir, ['claim', 'a.ts']).code).toBe(0);
  const linked = join(dir, '../linked');
  git(dir, 'worktree', 'add', '--quiet', linked);
  giveTo(dir, stranger);
  expect(tryGit(dir, ['status']).err).toContain('dubious ownership');
  expectRefused(dir, /belongs to another user, and git does not trust it\./);
  expectOneClearSentence(command(linked, ['who']), /belongs to another user/);
  expect(command(dir, ['who']).err).toContain(`git config --global --add safe.directory '${dir}'`);

  const trusted = join(folder(), 'gitconfig');
  put(dirname(trusted), { gitconfig: `[include]\n\tpath = ${globalConfig}\n[safe]\n\tdirectory = ${dir}\n` });
  expect(command(dir, ['claim', 'b.ts'], { GIT_CONFIG_GLOBAL: trusted }).code).toBe(0);
  expect(command(dir, ['claim', 'c.ts'], { SUDO_UID: `${stranger}` }).code).toBe(0);
  expect(command(folder(), ['claim', 'd.ts'], { GIT_DIR: join(dir, '.git') }).code).toBe(0);
  giveTo(dir, 0);
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts', 'd.ts']);
});

test('a repository that may be read and not written', ({ skip }) => {
  if (isRoot && !canBecomeStranger()) skip('root writes everywhere, and setpriv is not here or may not');
  const dir = repository();
  expect(command(dir, ['claim', 'a.ts']).code).toBe(0);
  expect(command(dir, ['send', 'fox', 'hello']).code).toBe(0);
  const before = git(dir, 'rev-parse', 'intercom');
  const trusted = join(folder(), 'gitconfig');
  put(dirname(trusted), { gitconfig: '[safe]\n\tdirectory = *\n' });
  openToAll(dirname(dir), dirname(trusted));
  if (!isRoot) forbidWriting(dir);
  const run = (words: string[]) =>
    isRoot
      ? commandAsStranger(dir, words, { GIT_CONFIG_GLOBAL: trusted })
      : command(dir, words, { INTERCOM_AGENT: 'owl' });
  for (const words of [
    ['claim', 'b.ts'],
    ['send', 'fox', 'hi'],
    ['status', 'here'],
    ['doctor', '--fix'],
  ]) {
    expectOneClearSentence(run(words), /is not writable \(E(ACCES|PERM|ROFS)\)\. Nothing was recorded\./);
  }
  expect(run(['claims']).out).toContain('a.ts');
  expect(run(['check-edit', 'a.ts']).code).toBe(1);
  for (const words of [['who'], ['peek'], ['log'], ['doctor'], ['receipts', 'x']])
    expect(run(words).err).not.toMatch(/defect/);
  expect(run(['peek']).code).toBe(0);
  expect(run(['start'])).toMatchObject({ code: 0, out: expect.stringContaining('a.ts') });
  if (!isRoot) allowWriting(dir);
  expect(git(dir, 'rev-parse', 'intercom')).toBe(before);
  expect(fsck(dir)).toBe('');
  expectSound(dir, ['a.ts']);
});

function forbidWriting(dir: string): void {
  for (const name of [
    '.git',
    ...readdirSync(join(dir, '.git'), { recursive: true, encoding: 'utf8' }).map((at) => join('.git', at)),
  ])
    chmodSync(join(dir, name), 0o555);
}

function allowWriting(dir: string): void {
  chmodSync(join(dir, '.git'), 0o755);
  for (const name of readdirSync(join(dir, '.git'), { recursive: true, encoding: 'utf8' }))
    chmodSync(join(dir, '.git', name), 0o755);
}
