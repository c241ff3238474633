/** What belongs to the user stays as it is, to the byte and to the nanosecond, whatever is going on in the work tree. */
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseOid } from '../../../src/domain/oid.ts';
import { compareAndSwapRef } from '../../../src/store/git/refs.ts';
import { claim, command, expectSound, fsck, held, open } from './coordination.ts';
import { git, put, repository, tryGit } from './sandbox.ts';
import { stateOf } from './tree-state.ts';

/** Every command of a day, from setting up to tidying, by two agents, with the library and the command. */
async function aDay(dir: string): Promise<void> {
  const fox = await open(dir);
  const bee = await open(dir, 'bee');
  const id = await claim(fox, 'a.ts', 'src/**');
  await bee.claim({ paths: ['a.ts'] });
  await bee.claim({ paths: ['a.ts'], waitSeconds: 0.01 });
  await claim(bee, 'port:5432');
  await bee.send({ to: ['fox'], text: 'when?' });
  const mail = await fox.peek();
  await fox.reply({ id: (mail as { value: { messages: { id: string }[] } }).value.messages[0]?.id, text: 'soon' });
  await bee.peek();
  await bee.ack({ all: true });
  await fox.send({ to: ['all'], text: 'all' });
  await fox.status({ activity: 'at work' });
  await fox.renew({ references: [id] });
  await fox.handoff({ to: 'bee', references: [id] });
  await fox.who({ paths: ['a.ts'] });
  await fox.log();
  await fox.search({ words: ['when'] });
  const words = [['check-edit', 'a.ts'], ['peek'], ['who', 'a.ts'], ['doctor', '--fix'], ['gc'], ['init', '--dry-run']];
  for (const each of words) expect(command(dir, each).err).toBe('');
  expect(command(dir, ['release', '--all'], { INTERCOM_AGENT: 'bee' }).code).toBe(0);
  await claim(fox, 'kept.ts');
}

async function expectUntouched(dir: string): Promise<void> {
  const before = stateOf(dir);
  const head = tryGit(dir, ['rev-parse', 'HEAD']).out;
  await aDay(dir);
  expect(stateOf(dir)).toEqual(before);
  expect(tryGit(dir, ['rev-parse', 'HEAD']).out).toBe(head);
  expect(fsck(dir)).toBe('');
  expectSound(dir, ['kept.ts']);
}

function dirty(dir = repository()): string {
  put(dir, { 'a.ts': 'staged\n', 'new.ts': 'new\n' });
  git(dir, 'add', '.');
  put(dir, { 'a.ts': 'changed again\n', 'src/b.ts': 'changed\n', 'untracked.ts': 'x\n' });
  return dir;
}

test('a dirty index and a dirty work tree', () => expectUntouched(dirty()));

test('a stash', async () => {
  const dir = dirty();
  git(dir, 'stash', 'push', '--quiet', '--include-untracked');
  put(dir, { 'a.ts': 'once more\n' });
  await expectUntouched(dir);
  git(dir, 'checkout', '--quiet', '.');
  git(dir, 'stash', 'pop', '--quiet', '--index');
  expect(readFileSync(join(dir, 'a.ts'), 'utf8')).toBe('changed again\n');
});

/** Two branches that change one line each in its own way. */
function twoSides(): string {
  const dir = repository();
  git(dir, 'switch', '--quiet', '-c', 'side');
  put(dir, { 'a.ts': 'side\n' });
  git(dir, 'commit', '--quiet', '--all', '-m', 'side');
  git(dir, 'switch', '--quiet', 'main');
  put(dir, { 'a.ts': 'main\n' });
  git(dir, 'commit', '--quiet', '--all', '-m', 'main');
  return dir;
}

test('a merge that stopped half way', async () => {
  const dir = twoSides();
  expect(tryGit(dir, ['merge', 'side']).code).toBe(1);
  await expectUntouched(dir);
  expect(existsSync(join(dir, '.git/MERGE_HEAD'))).toBe(true);
  git(dir, 'checkout', '--quiet', '--theirs', 'a.ts');
  git(dir, 'add', 'a.ts');
  git(dir, 'commit', '--quiet', '--no-edit');
  expect(git(dir, 'log', '-1', '--format=%s')).toContain("Merge branch 'side'");
});

test('a rebase in progress', async () => {
  const dir = twoSides();
  expect(tryGit(dir, ['rebase', 'side']).code).toBe(1);
  await expectUntouched(dir);
  git(dir, 'checkout', '--quiet', '--theirs', 'a.ts');
  git(dir, 'add', 'a.ts');
  git(dir, '-c', 'core.editor=true', 'rebase', '--continue');
  expect(git(dir, 'log', '-1', '--format=%s')).toBe('main');
});

test('a linked worktree in the middle of a bisect, and the main one beside it', async () => {
  const dir = twoSides();
  const linked = join(dir, 'linked');
  git(dir, 'worktree', 'add', '--quiet', '--detach', linked);
  git(linked, 'bisect', 'start', 'HEAD', 'HEAD~1');
  await expectUntouched(dir);
});

test('packed refs, reflogs and the configuration, when all refs are packed', async () => {
  const dir = repository();
  const fox = await open(dir);
  await claim(fox, 'gone.ts');
  await fox.release({ references: ['gone.ts'] });
  git(dir, 'pack-refs', '--all', '--prune');
  git(dir, 'config', 'core.logAllRefUpdates', 'always');
  await expectUntouched(dir);
  expect(existsSync(join(dir, '.git/logs/refs/heads/intercom'))).toBe(false);
});

const hooks = [
  ...['reference-transaction', 'pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'pre-auto-gc'],
  ...['post-rewrite', 'pre-push', 'post-checkout', 'post-merge', 'post-index-change', 'fsmonitor-watchman', 'update'],
];

function forbid(dir: string): void {
  for (const name of hooks) {
    put(dir, { [`.git/hooks/${name}`]: `#!/bin/sh\necho ${name} >>"${dir}/.git/ran"\nexit 1\n` });
    chmodSync(join(dir, '.git/hooks', name), 0o755);
  }
}

test('no hook of the repository runs for what we write, and none can forbid it', async () => {
  const dir = dirty();
  forbid(dir);
  await expectUntouched(dir);
  expect(existsSync(join(dir, '.git/ran'))).toBe(false);
  expect(tryGit(dir, ['commit', '-m', 'no']).code).not.toBe(0);
  expect(existsSync(join(dir, '.git/ran'))).toBe(true);
});

test('nor where git itself moves the ref, as it must with reftable', async () => {
  // The git here may be too old for reftable; how it is called can be seen on files, too.
  const dir = repository();
  await claim(await open(dir), 'a.ts');
  git(dir, 'config', 'core.logAllRefUpdates', 'always');
  forbid(dir);
  const tip = parseOid(git(dir, 'rev-parse', 'intercom'));
  const before = parseOid(git(dir, 'rev-parse', 'intercom~1'));
  const byGit = { commonDir: join(dir, '.git'), refFormat: 'reftable' } as const;
  expect(await compareAndSwapRef(byGit, 'refs/heads/intercom', tip, before, dir)).toBe('swapped');
  expect(await compareAndSwapRef(byGit, 'refs/heads/intercom', tip, before, dir)).toEqual({ moved: before });
  expect(existsSync(join(dir, '.git/ran'))).toBe(false);
  expect(existsSync(join(dir, '.git/logs/refs/heads/intercom'))).toBe(false);
  expect(git(dir, 'rev-parse', 'intercom')).toBe(before);
  expectSound(dir, []);
});

test('init writes the policy file into the work tree and nothing else', async () => {
  const dir = dirty();
  const before = stateOf(dir);
  expect(command(dir, ['init']).code).toBe(0);
  const after = Object.entries(stateOf(dir)).filter(([path, state]) => before[path] !== state);
  expect(after.map(([path]) => path).sort()).toEqual(['.intercom', '.intercom/config.yaml']);
  expect(await held(await open(dir))).toEqual([]);
  const again = stateOf(dir);
  expect(command(dir, ['init']).out).toContain('Nothing had to change');
  expect(stateOf(dir)).toEqual(again);
  expectSound(dir, []);
});

test('a day leaves no temporary file behind', async () => {
  const dir = repository();
  await aDay(dir);
  const left = readdirSync(join(dir, '.git'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(^|\/)(tmp_|.*~\d*$|.*\.lock$)|ref-journal/.test(name),
  );
  expect(left).toEqual([]);
  expectSound(dir, ['kept.ts']);
});
