/** The hook that waits in the background to wake Claude Code, and who tells it: the shipped script, with the real `sh`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { endWatcher, wakeByWatcher } from '../../src/harness/claude-code/watcher.ts';
import { until } from '../mcp/place.ts';
import { root } from '../tooling/sources.ts';

let cache: string;
const files = () => (existsSync(join(cache, 'wake')) ? readdirSync(join(cache, 'wake')) : []);
/** Those that are looked for: one that is not open yet has another name. */
const pipes = () => files().filter((name) => !name.startsWith('.'));

beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), 'ic-wake-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
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
      CLAUDE_PID: '101',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ended: ending(child), isThere: () => until(() => pipes().some(isOf(child)) || undefined) };
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
  expect(await wakeByWatcher('unread mail m1 from bob', 101, cache, 'told')).toBe(true);
  expect(await ended).toEqual({ code: 2, said: 'unread mail m1 from bob\n' });
  expect(files()).toEqual([]);
});

test('a process has one, and each has its own', async () => {
  const first = watch();
  await first.isThere();
  expect(await watch().ended).toEqual({ code: 0, said: '' });
  const other = watch({ CLAUDE_PID: '102' });
  await other.isThere();
  expect(await wakeByWatcher('for the other', 102, cache, 'told')).toBe(true);
  expect(await other.ended).toEqual({ code: 2, said: 'for the other\n' });
  expect(pipes()).toHaveLength(1);
});

test('a line is for the one that is about to start; where none is, that is told', async () => {
  const line = wakeByWatcher('just idle', 101, cache, 'told');
  const { ended } = watch();
  expect(await line).toBe(true);
  expect(await ended).toEqual({ code: 2, said: 'just idle\n' });
  expect(await wakeByWatcher('nobody', 101, cache, 'told')).toBe(false);
});

test('one that was killed holds up neither the next one nor a line', async () => {
  const killed = watch();
  await killed.isThere();
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(pipes()).toHaveLength(1);
  const next = watch();
  await next.isThere();
  expect(await wakeByWatcher('to the living', 101, cache, 'told')).toBe(true);
  expect(await next.ended).toEqual({ code: 2, said: 'to the living\n' });
  expect(files()).toEqual([]);
});

test('whoever sees its name finds it reading, each time', async () => {
  for (let n = 0; n < 20; n++) {
    const { child, ended } = watch();
    while (!pipes().some(isOf(child))) {
      // At once: what is open only a moment later would have missed it.
    }
    endWatcher(101, cache);
    expect(await ended).toEqual({ code: 0, said: '' });
  }
});

test.each(['the server that ends', 'Claude Code that ends'])('%s ends it, and wakes nobody', async (who) => {
  const { child, ended, isThere } = watch();
  await isThere();
  if (who.startsWith('the server')) endWatcher(101, cache);
  else child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, said: '' });
  expect(files()).toEqual([]);
});

test.each([
  ['in another program', { CLAUDE_CODE_ENTRYPOINT: '' }],
  ['where the session has an inbox', { CLAUDE_CODE_MESSAGING_SOCKET: '/tmp/inbox' }],
  ['in Cursor, which waits for such a hook', { CURSOR_VERSION: '2.0' }],
  ['in a session that answers once and ends, which would wait as well', { CLAUDE_CODE_ENTRYPOINT: 'sdk-cli' }],
  ['for a process that is a path', { CLAUDE_PID: '../101' }],
])('it does not wait %s', async (_, env) => {
  expect(await watch(env).ended).toEqual({ code: 0, said: '' });
  expect(files()).toEqual([]);
});
