/** The hook that waits in the background to wake Claude Code, and who tells it: the shipped script, with the real `sh`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { endWatcher, wakeByWatcher } from '../../src/harness/claude-code/watcher.ts';
import { until } from '../mcp/place.ts';
import { isThere, treeOf } from '../real/processes.ts';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

let cache: string;
/** Processes that live: one that waits for the end of Claude Code would not wait for one that is gone. */
const [claude, another] = [process.pid, process.ppid];
const files = () => (existsSync(join(cache, 'wake')) ? readdirSync(join(cache, 'wake')) : []);
/** Those that are looked for: one that is not open yet has another name. */
const pipes = () => files().filter((name) => !name.startsWith('.'));

beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), 'ic-wake-'));
  onTestFinished(() => removeFolder(home));
  cache = join(home, 'git-intercom');
});

/** As Claude Code starts it on a terminal, without an inbox; before 2.1.214 it does not name its process. */
function watch(env: Record<string, string> = {}) {
  const child = spawn('sh', [join(root, 'hooks/claude/intercom/wake.sh')], {
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      XDG_CACHE_HOME: join(cache, '..'),
      CLAUDE_CODE_ENTRYPOINT: 'cli',
      CLAUDE_PID: String(claude),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ended: ending(child), isThere: () => until(() => pipes().some(isOf(child)) || undefined) };
}

/** A folder for the PATH, in which a minute is over in a moment. Each one is noted. */
function quickSleep(sleeps = 'exec /bin/sleep 0.01'): string {
  const folder = mkdtempSync(join(tmpdir(), 'ic-sleep-'));
  onTestFinished(() => removeFolder(folder));
  writeFileSync(join(folder, 'slept'), '');
  writeFileSync(join(folder, 'sleep'), `#!/bin/sh\nprintf . >>'${folder}/slept'\n${sleeps}\n`, { mode: 0o755 });
  return folder;
}

const isOf =
  ({ pid }: ChildProcess) =>
  (name: string) =>
    name.endsWith(`.${pid}`);

function ending(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += part));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

test('it ends with the line that it is told, in the way that begins a turn, and leaves no pipe', async () => {
  const { ended, isThere } = watch();
  await isThere();
  expect(await wakeByWatcher('unread mail m1 from bob', claude, cache, 'told')).toBe(true);
  expect(await ended).toEqual({ code: 2, said: 'unread mail m1 from bob\n' });
  expect(files()).toEqual([]);
});

test('a process has one, and each has its own', async () => {
  const first = watch();
  await first.isThere();
  expect(await watch().ended).toEqual({ code: 0, said: '' });
  const other = watch({ CLAUDE_PID: String(another) });
  await other.isThere();
  expect(await wakeByWatcher('for the other', another, cache, 'told')).toBe(true);
  expect(await other.ended).toEqual({ code: 2, said: 'for the other\n' });
  expect(pipes()).toHaveLength(1);
});

test('a line is for the one that is about to start; where none is, that is told', async () => {
  const line = wakeByWatcher('just idle', claude, cache, 'told');
  const { ended } = watch();
  expect(await line).toBe(true);
  expect(await ended).toEqual({ code: 2, said: 'just idle\n' });
  expect(await wakeByWatcher('nobody', claude, cache, 'told')).toBe(false);
});

test('one that was killed holds up neither the next one nor a line', async () => {
  const killed = watch();
  await killed.isThere();
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(pipes()).toHaveLength(1);
  const next = watch();
  await next.isThere();
  expect(await wakeByWatcher('to the living', claude, cache, 'told')).toBe(true);
  expect(await next.ended).toEqual({ code: 2, said: 'to the living\n' });
  expect(files()).toEqual([]);
});

test('whoever sees its name finds it reading, each time', async () => {
  for (let n = 0; n < 20; n++) {
    const { child, ended } = watch();
    while (!pipes().some(isOf(child))) {
      // At once: what is open only a moment later would have missed it.
    }
    endWatcher(claude, cache);
    expect(await ended).toEqual({ code: 0, said: '' });
  }
});

test.each(['the server that ends', 'Claude Code that ends'])('%s ends it, and wakes nobody', async (who) => {
  const { child, ended, isThere } = watch();
  await isThere();
  if (who.startsWith('the server')) endWatcher(claude, cache);
  else child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, said: '' });
  expect(files()).toEqual([]);
});

test('where Claude Code and its server are both gone at once, it ends by itself, and leaves nothing', async () => {
  const gone = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  const { ended, isThere } = watch({ CLAUDE_PID: String(gone.pid), PATH: `${quickSleep()}:${process.env.PATH}` });
  await isThere();
  gone.kill('SIGKILL');
  expect(await ended).toEqual({ code: 0, said: '' });
  expect(files()).toEqual([]);
});

test('it hears a line however often it has looked for Claude Code meanwhile', async () => {
  const folder = quickSleep();
  const looks = () => readFileSync(join(folder, 'slept'), 'utf8').length;
  const { ended, isThere } = watch({ PATH: `${folder}:${process.env.PATH}` });
  await isThere();
  await until(() => looks() > 3 || undefined);
  expect(await wakeByWatcher('unread mail m1 from bob', claude, cache, 'told')).toBe(true);
  expect(await ended).toEqual({ code: 2, said: 'unread mail m1 from bob\n' });
  expect(files()).toEqual([]);
});

test.each([
  ['its pipe is taken away', (name: string) => rmSync(join(cache, 'wake', name)), 'exec /bin/sleep 0.01'],
  ['it cannot wait', () => undefined, 'exit 127'],
])('where %s, it ends and wakes nobody', async (_, spoil, sleeps) => {
  const { ended, isThere } = watch({ PATH: `${quickSleep(sleeps)}:${process.env.PATH}` });
  const [name] = await Promise.race([isThere().then(pipes), ended.then(pipes)]);
  if (name !== undefined) spoil(name);
  expect(await ended).toEqual({ code: 0, said: '' });
  expect(files()).toEqual([]);
});

test('it takes what it started along when it ends', async () => {
  const waiting = watch();
  const { child, ended } = waiting;
  await waiting.isThere();
  const started = await until(() => treeOf(child.pid as number)[1]);
  child.kill('SIGTERM');
  await ended;
  await until(() => !isThere(started) || undefined);
});

test.each([
  ['in another program', { CLAUDE_CODE_ENTRYPOINT: '' }],
  ['where the session has an inbox', { CLAUDE_CODE_MESSAGING_SOCKET: '/tmp/inbox' }],
  ['in Cursor, which waits for such a hook', { CURSOR_VERSION: '2.0' }],
  ['in a session that answers once and ends, which would wait as well', { CLAUDE_CODE_ENTRYPOINT: 'sdk-cli' }],
  ['for a process that is a path', { CLAUDE_PID: `../${claude}` }],
])('it does not wait %s', async (_, env) => {
  expect(await watch(env).ended).toEqual({ code: 0, said: '' });
  expect(files()).toEqual([]);
});
