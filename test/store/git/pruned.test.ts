/** `git prune --expire=now` beside writers: it decides what to take before it takes it, and takes what was just recorded. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { until } from '../../mcp/place.ts';
import { claim, command, coordinated, expectSound, open } from './coordination.ts';
import { git, tryGit } from './sandbox.ts';

/** Of the past alone, so that nobody comes upon it who looks at what holds now. */
function takeOfThePast(dir: string): void {
  for (const oid of git(dir, 'rev-parse', 'intercom~1', 'intercom~1^{tree}').split('\n')) {
    rmSync(join(dir, '.git/objects', oid.slice(0, 2), oid.slice(2)));
  }
}

const isWhole = (dir: string) => tryGit(dir, ['fsck', '--strict', '--no-dangling']).code === 0;

/** As if it were some seconds later. */
function letTimePass(dir: string): void {
  const inflight = join(dir, '.git/intercom/inflight');
  for (const name of readdirSync(inflight)) renameSync(join(inflight, name), join(inflight, String(Number(name) - 2)));
}

test('what a prune took after the look of its writer is written again by whoever comes next, also to read', async () => {
  const { dir } = await coordinated();
  const fox = await open(dir);
  await claim(fox, 'c.ts');
  takeOfThePast(dir);
  expect(isWhole(dir)).toBe(false);
  letTimePass(dir);
  expect(command(dir, ['claims']).code).toBe(0);
  expect(isWhole(dir)).toBe(true);
});

test('a process that lives on looks by itself', async () => {
  const { dir } = await coordinated();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const fox = await open(dir);
  await claim(fox, 'c.ts');
  takeOfThePast(dir);
  letTimePass(dir);
  expect(isWhole(dir)).toBe(false);
  // Looks are once in ten seconds of the clock; the writer had its own with the commit.
  const now = Date.now();
  vi.spyOn(Date, 'now').mockImplementation(() => now + 11_000);
  onTestFinished(() => void vi.restoreAllMocks());
  vi.advanceTimersByTime(11_000);
  vi.useRealTimers();
  await until(() => (isWhole(dir) ? true : undefined));
});

test('prunes in a loop take nothing for good', async () => {
  const { dir } = await coordinated();
  let isOver = false;
  const pruning = (async () => {
    let count = 0;
    for (; !isOver; count++)
      await once(spawn('git', ['prune', '--expire=now'], { cwd: dir, stdio: 'ignore' }), 'close');
    return count;
  })();
  const fox = await open(dir);
  const paths = Array.from({ length: 60 }, (_, n) => `n${n}.ts`);
  for (const path of paths) await claim(fox, path);
  isOver = true;
  expect(await pruning).toBeGreaterThan(3);
  letTimePass(dir);
  expect(command(dir, ['claims']).code).toBe(0);
  expectSound(dir, ['a.ts', 'b.ts', ...paths]);
});
