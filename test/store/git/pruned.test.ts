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

/** As if it were some seconds later, and nobody had looked: the ten seconds of a file may be over between two commits. */
function letTimePass(dir: string): void {
  const inflight = join(dir, '.git/intercom/inflight');
  for (const name of readdirSync(inflight))
    renameSync(join(inflight, name), join(inflight, String(Number.parseInt(name, 10) - 2)));
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

test('a writer comes through beside a cleaner that takes every file before it has its name', async () => {
  const { dir } = await coordinated();
  const objects = join(dir, '.git/objects');
  const clean = () => {
    for (const name of readdirSync(objects, { recursive: true, encoding: 'utf8' }))
      if (name.includes('tmp_obj_')) rmSync(join(objects, name), { force: true });
  };
  const cleaning = setInterval(clean);
  onTestFinished(() => clearInterval(cleaning));
  await claim(await open(dir), 'c.ts');
  clearInterval(cleaning);
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});

test('prunes in a loop take nothing for good', async () => {
  const { dir } = await coordinated();
  let isOver = false;
  let pruned = 0;
  const pruning = (async () => {
    for (; !isOver; pruned++)
      await once(spawn('git', ['prune', '--expire=now'], { cwd: dir, stdio: 'ignore' }), 'close');
  })();
  const fox = await open(dir);
  const paths: string[] = [];
  for (let n = 0; n < 60 || pruned < 4; n++) {
    paths.push(`n${n}.ts`);
    await claim(fox, `n${n}.ts`);
  }
  isOver = true;
  await pruning;
  letTimePass(dir);
  expect(command(dir, ['claims']).code).toBe(0);
  expectSound(dir, ['a.ts', 'b.ts', ...paths]);
});
