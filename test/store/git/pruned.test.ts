/** `git prune --expire=now` beside writers: it decides what to take before it takes it, and takes what was just recorded. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { until } from '../../mcp/place.ts';
import { claim, command, coordinated, doctor, expectSound, open } from './coordination.ts';
import { git, tryGit } from './sandbox.ts';

/** Files of the past alone, so that nobody comes upon it who looks at what holds now. */
function ofThePast(dir: string): string[] {
  const oids = git(dir, 'rev-parse', 'intercom~1', 'intercom~1^{tree}').split('\n');
  return oids.map((oid) => join(dir, '.git/objects', oid.slice(0, 2), oid.slice(2)));
}

function takeOfThePast(dir: string): void {
  for (const file of ofThePast(dir)) rmSync(file);
}

function put(file: string, bytes: Uint8Array): void {
  rmSync(file);
  writeFileSync(file, bytes);
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

test.each([
  ['empty', () => Buffer.alloc(0)],
  ['cut short', (bytes: Buffer) => bytes.subarray(0, 20)],
])('what a crash of the machine left %s is written again, too', async (_, left) => {
  const { dir } = await coordinated();
  await claim(await open(dir), 'c.ts');
  for (const file of ofThePast(dir)) put(file, left(readFileSync(file)));
  expect(isWhole(dir)).toBe(false);
  letTimePass(dir);
  expect(command(dir, ['claims']).code).toBe(0);
  expect(isWhole(dir)).toBe(true);
});

test('what is as long as it was and has other bytes is read by doctor --fix alone, and written again', async () => {
  const { dir } = await coordinated();
  await claim(await open(dir), 'c.ts');
  for (const file of ofThePast(dir)) put(file, readFileSync(file).fill(0x55, 2));
  letTimePass(dir);
  expect(command(dir, ['claims']).code).toBe(0);
  expect(isWhole(dir)).toBe(false);
  expect(doctor(dir, '--fix').mended).toContain('2 objects that a cleaner or a crash had taken were written again.');
  expect(isWhole(dir)).toBe(true);
});

test('what git has packed meanwhile is not written once more', async () => {
  const { dir } = await coordinated();
  await claim(await open(dir), 'c.ts');
  git(dir, 'gc', '--quiet');
  letTimePass(dir);
  expect(command(dir, ['claims']).code).toBe(0);
  expect(git(dir, 'count-objects')).toBe('0 objects, 0 kilobytes');
  expect(isWhole(dir)).toBe(true);
});

test('where no git is installed it is written again all the same', async () => {
  const { dir } = await coordinated();
  await claim(await open(dir), 'c.ts');
  takeOfThePast(dir);
  letTimePass(dir);
  expect(command(dir, ['claims'], { PATH: join(dir, 'nothing') }).code).toBe(0);
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
