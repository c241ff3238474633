import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  claim,
  command,
  doctor,
  expectOneClearSentence,
  expectSound,
  fsck,
  gc,
  held,
  open,
  recordsByGit,
  subjects,
} from './coordination.ts';
import { folder, git, put, repository } from './sandbox.ts';

test('a linked worktree and the main one see one branch', async () => {
  const main = repository();
  const linked = join(main, '../linked');
  git(main, 'worktree', 'add', '--quiet', linked);
  const fox = await open(main);
  const bee = await open(linked, 'bee');
  await claim(fox, 'a.ts');
  expect((await bee.claim({ paths: ['a.ts'] })).status).toBe('refused');
  await claim(bee, 'src/b.ts');
  expect(await held(fox)).toEqual(['a.ts', 'src/b.ts']);
  expect(recordsByGit(linked, 'claims').map(({ branch }) => branch)).toEqual(
    expect.arrayContaining(['main', 'linked']),
  );
  expect(existsSync(join(main, '.git/worktrees/linked/intercom'))).toBe(false);
  expect(existsSync(join(main, '.git/worktrees/linked/refs/heads'))).toBe(false);
  expectSound(linked, ['a.ts', 'src/b.ts']);
});

test('doctor names the work tree whose policy sends its claims elsewhere', async () => {
  const main = repository();
  const linked = join(main, '../linked');
  git(main, 'worktree', 'add', '--quiet', linked);
  put(linked, { '.intercom/config.yaml': 'branch: teamwork\n' });
  put(main, { '.intercom/config.yaml': 'lease:\n  default: 10m\n' });
  await claim(await open(main), 'a.ts');
  await claim(await open(linked), 'a.ts');
  for (const [here, there, said] of [
    [main, linked, 'on the branch teamwork, and this one on intercom'],
    [linked, main, 'on the branch intercom, and this one on teamwork'],
  ] as const) {
    expect(doctor(here).findings).toContainEqual(
      expect.objectContaining({ level: 'warning', what: expect.stringContaining(`${there} coordinates ${said}:`) }),
    );
  }
  rmSync(join(main, '.intercom'), { recursive: true });
  expect((await (await open(main, 'bee')).claim({ paths: ['a.ts'] })).status).toBe('refused');
  expect(doctor(main).findings.filter(({ what }) => what.includes('coordinates'))).toEqual([]);
});

test('a linked worktree works on when the main one is removed and the git directory lies apart', async () => {
  const dir = folder();
  const main = join(dir, 'main');
  git(dir, 'init', '--quiet', `--separate-git-dir=${join(dir, 'store')}`, main);
  put(main, { 'a.ts': 'a\n' });
  git(main, 'add', '.');
  git(main, 'commit', '--quiet', '-m', 'one');
  const linked = join(dir, 'linked');
  git(main, 'worktree', 'add', '--quiet', linked);
  await claim(await open(main), 'a.ts');
  rmSync(main, { recursive: true });
  const bee = await open(linked, 'bee');
  await claim(bee, 'b.ts');
  expect(await held(bee)).toEqual(['a.ts', 'b.ts']);
  expect((await bee.who({ paths: ['a.ts'] })).status).toBe('done');
  expectSound(linked, ['a.ts', 'b.ts']);
});

test('a linked worktree whose repository was moved away says so', () => {
  const main = repository();
  const linked = join(main, '../linked');
  git(main, 'worktree', 'add', '--quiet', linked);
  renameSync(main, `${main} moved`);
  expectOneClearSentence(command(linked, ['who']), /linked\/\.git points to .*, which is no git directory/);
  git(`${main} moved`, 'worktree', 'repair', linked);
  expect(command(linked, ['claim', 'a.ts']).code).toBe(0);
  expectSound(linked, ['a.ts']);
});

test('coordination in a submodule belongs to the submodule', async () => {
  const above = repository();
  const below = repository();
  git(above, 'submodule', '--quiet', 'add', below, 'sub');
  git(above, 'commit', '--quiet', '-m', 'sub');
  const sub = join(above, 'sub');
  await claim(await open(sub), 'a.ts');
  const outside = await open(above, 'bee');
  expect(await held(outside)).toEqual([]);
  await claim(outside, 'sub/a.ts');
  expectSound(sub, ['a.ts']);
  expectSound(above, ['sub/a.ts']);
  expect(git(below, 'branch', '--list', 'intercom')).toBe('');
  const linked = join(above, '../linked sub');
  git(sub, 'worktree', 'add', '--quiet', '-b', 'side', linked);
  expect(await held(await open(linked, 'cat'))).toEqual(['a.ts']);
});

test('a bare repository coordinates without a work tree, and nothing is written beside it', async () => {
  const bare = join(folder(), 'bare.git');
  git(repository(), 'clone', '--quiet', '--bare', '.', bare);
  expect(command(bare, ['init']).code).toBe(0);
  expect(command(bare, ['claim', 'src/b.ts']).code).toBe(0);
  const linked = join(bare, '../linked');
  git(bare, 'worktree', 'add', '--quiet', linked, 'main');
  expect((await (await open(linked, 'bee')).claim({ paths: ['src/b.ts'] })).status).toBe('refused');
  expect(existsSync(join(bare, '../.intercom'))).toBe(false);
  expect(existsSync(join(bare, '.intercom'))).toBe(false);
  expectSound(bare, ['src/b.ts']);
});

test('a bare repository that keeps core.bare in config.worktree is bare, too', () => {
  const bare = join(folder(), 'bare.git');
  git(repository(), 'clone', '--quiet', '--bare', '.', bare);
  git(bare, 'config', 'extensions.worktreeConfig', 'true');
  git(bare, 'config', '--unset', 'core.bare');
  git(bare, 'config', '--worktree', 'core.bare', 'true');
  expect(command(bare, ['init']).code).toBe(0);
  expect(existsSync(join(bare, '../.intercom'))).toBe(false);
  expect(command(bare, ['claim', 'a.ts']).code).toBe(0);
  expectSound(bare, ['a.ts']);
});

test('a folder whose .git file leads to a bare repository is no work tree; its worktrees are', async () => {
  const project = join(folder(), 'project');
  mkdirSync(project);
  git(repository(), 'clone', '--quiet', '--bare', '.', join(project, '.bare'));
  writeFileSync(join(project, '.git'), 'gitdir: ./.bare\n');
  git(project, 'worktree', 'add', '--quiet', 'tree', 'main');
  expect(command(project, ['init']).out).not.toContain('config.yaml');
  expect(existsSync(join(project, '.intercom'))).toBe(false);
  expect(command(join(project, 'tree/src'), ['claim', 'b.ts']).code).toBe(0);
  expectSound(join(project, 'tree'), ['src/b.ts']);
});

test('a shallow clone goes on from the branch that it fetched', async () => {
  const origin = repository();
  const fox = await open(origin);
  await claim(fox, 'a.ts');
  await claim(fox, 'c.ts');
  const clone = join(origin, '../clone');
  git(origin, 'clone', '--quiet', '--depth', '1', `file://${origin}`, clone);
  git(clone, 'fetch', '--quiet', '--depth', '1', 'origin', '+intercom:refs/remotes/origin/intercom');
  const owl = await open(clone, 'owl');
  expect((await owl.claim({ paths: ['a.ts'] })).status).toBe('refused');
  await claim(owl, 'b.ts');
  const log = await owl.log();
  expect(log.status === 'done' && log.value.entries.map(({ summary }) => summary)).toEqual([
    expect.stringMatching(/^claim b\.ts/),
    expect.stringMatching(/^claim c\.ts/),
  ]);
  gc(clone);
  expect(await held(owl)).toEqual(['a.ts', 'b.ts', 'c.ts']);
  expect(fsck(clone)).toBe('');
  expect(recordsByGit(clone, 'claims')).toHaveLength(3);
});

test('a clone that borrows objects reads them where they are, and writes only its own', async () => {
  const origin = repository();
  put(origin, { '.intercom/config.yaml': 'remote: null\n' });
  git(origin, 'add', '.');
  git(origin, 'commit', '--quiet', '-m', 'each clone for itself');
  await claim(await open(origin), 'a.ts');
  const clone = join(origin, '../clone');
  git(origin, 'clone', '--quiet', '--shared', '.', clone);
  const grandchild = join(origin, '../grandchild');
  git(origin, 'clone', '--quiet', '--shared', clone, grandchild);
  git(grandchild, 'fetch', '--quiet', origin, '+intercom:refs/remotes/origin/intercom');
  for (const dir of [clone, grandchild]) {
    const owl = await open(dir, 'owl');
    expect((await owl.claim({ paths: ['a.ts'] })).status).toBe('refused');
    await claim(owl, 'b.ts');
    gc(dir);
    expect(await held(owl)).toEqual(['a.ts', 'b.ts']);
    expectSound(dir, ['a.ts', 'b.ts']);
  }
  git(origin, 'gc', '--quiet', '--prune=now');
  expect(await held(await open(grandchild, 'owl'))).toEqual(['a.ts', 'b.ts']);
  expectSound(origin, ['a.ts']);
});

test('a name with a colon or a quote can be borrowed from, by file and by variable', async () => {
  const origin = repository(join(folder(), 'odd:na"me'));
  await claim(await open(origin), 'a.ts');
  git(origin, 'gc', '--quiet');
  const clone = join(origin, '../clone');
  git(origin, 'clone', '--quiet', '--shared', '.', clone);
  expect(await held(await open(clone, 'owl'))).toEqual(['a.ts']);
  rmSync(join(clone, '.git/objects/info/alternates'));
  const quoted = `"${join(origin, '.git/objects').replaceAll('"', '\\"')}"`;
  const owl = await open(clone, 'owl', { GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted });
  expect(await held(owl)).toEqual(['a.ts']);
  writeFileSync(join(clone, '.git/objects/info/alternates'), `# borrowed\n${quoted}\n`);
  await claim(await open(clone, 'bee'), 'b.ts');
  expectSound(clone, ['a.ts', 'b.ts']);
});

test('a repository without a commit, and one with a detached HEAD, coordinate', async () => {
  const empty = join(folder(), 'empty');
  git(folder(), 'init', '--quiet', empty);
  await claim(await open(empty), 'a.ts');
  expectSound(empty, ['a.ts']);
  expect(git(empty, 'status', '--porcelain')).toBe('');

  const detached = repository();
  git(detached, 'switch', '--quiet', '--detach');
  await claim(await open(detached), 'a.ts');
  expect(recordsByGit(detached, 'claims')[0]).not.toHaveProperty('branch');
  expectSound(detached, ['a.ts']);
});

test('core.worktree says where the top is', () => {
  const dir = repository();
  const elsewhere = join(dir, '../elsewhere');
  mkdirSync(join(elsewhere, 'src'), { recursive: true });
  git(dir, 'config', 'core.worktree', '../../elsewhere');
  const inTree = { GIT_DIR: join(dir, '.git') };
  expect(command(join(elsewhere, 'src'), ['claim', 'b.ts'], inTree).code).toBe(0);
  expect(command(dir, ['claims', '--path', 'src/b.ts']).out).toContain('src/b.ts');
  expect(command(elsewhere, ['init'], inTree).code).toBe(0);
  expect(existsSync(join(elsewhere, '.intercom/config.yaml'))).toBe(true);
  expect(existsSync(join(dir, '.intercom'))).toBe(false);
  git(dir, 'config', '--unset', 'core.worktree');
  expectSound(dir, ['src/b.ts']);
});

test('paths with spaces, letters of any script and line feeds lead to the repository, its worktrees and submodules', async () => {
  const dir = repository(join(folder(), 'two\nlines 漢字 é'));
  const linked = join(dir, '../linked\nline ');
  git(dir, 'worktree', 'add', '--quiet', '-b', 'side', linked);
  await claim(await open(dir), 'a.ts');
  const bee = await open(linked, 'bee');
  await claim(bee, 'wei\u00df/\u{1f40d} file.ts');
  expect(command(linked, ['check-edit', 'a.ts'], { INTERCOM_AGENT: 'bee' }).code).toBe(1);
  gc(linked);
  expectSound(linked, ['a.ts', 'wei\u00df/\u{1f40d} file.ts']);
});

test('a folder reached through a symbolic link is the folder that it is', () => {
  const dir = repository();
  const link = join(dir, '../link');
  symlinkSync(dir, link);
  expect(command(dir, ['-C', join(link, 'src'), 'claim', 'b.ts']).code).toBe(0);
  expect(command(join(link, 'src'), ['claim', join(link, 'a.ts')]).code).toBe(0);
  expect(command(dir, ['check-edit', join(link, 'src/b.ts')], { INTERCOM_AGENT: 'bee' }).code).toBe(1);
  expect(command(dir, ['-C', join(link, 'src'), 'check-edit', 'b.ts'], { INTERCOM_AGENT: 'bee' }).code).toBe(1);
  const way = join(dir, '../way to src');
  symlinkSync(join(dir, 'src'), way);
  expect(command(dir, ['claim', join(way, 'new.ts')]).code).toBe(0);
  expectSound(dir, ['a.ts', 'src/b.ts', 'src/new.ts']);
});

test('a path through a link within the repository is the path that it leads to', () => {
  const dir = repository();
  symlinkSync('src', join(dir, 'alias'));
  expect(command(dir, ['claim', join(dir, 'alias/b.ts')]).code).toBe(0);
  expectSound(dir, ['src/b.ts']);
});

test('a policy that names another branch is kept to, also below a folder of branches', async () => {
  const dir = repository();
  put(dir, { '.intercom/config.yaml': 'branch: team/talk\n' });
  await claim(await open(dir), 'a.ts');
  expect(git(dir, 'branch', '--list', 'intercom')).toBe('');
  git(dir, 'pack-refs', '--all');
  await claim(await open(dir), 'b.ts');
  expect(subjects(dir, 'team/talk')).toHaveLength(3);
  expectSound(dir, ['a.ts', 'b.ts'], 'team/talk');
});
