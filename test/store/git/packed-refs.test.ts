/** `git pack-refs` before, after and while we write, and a `packed-refs` that cannot be read. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  claim,
  command,
  coordinated,
  doctor,
  expectSound,
  expectStopped,
  held,
  open,
  subjects,
} from './coordination.ts';
import { git, put, repository } from './sandbox.ts';

test('packed refs: created, moved and deleted before, after and between packings, nothing is lost', async () => {
  const dir = repository();
  const fox = await open(dir);
  const pack = () => git(dir, 'pack-refs', '--all', '--prune');
  pack();
  await claim(fox, 'a.ts');
  pack();
  expect(existsSync(join(dir, '.git/refs/heads/intercom'))).toBe(false);
  expect(await held(fox)).toEqual(['a.ts']);
  expect(command(dir, ['check-edit', 'a.ts'], { INTERCOM_AGENT: 'bee' }).code).toBe(1);
  await claim(fox, 'b.ts');
  await claim(await open(dir), 'c.ts');
  pack();
  pack();
  await fox.release({ references: ['b.ts'] });
  expect(await held(await open(dir, 'bee'))).toEqual(['a.ts', 'c.ts']);
  expectSound(dir, ['a.ts', 'c.ts']);
  pack();
  git(dir, 'branch', '--quiet', '-D', 'intercom');
  expect(await held(fox)).toEqual([]);
  await claim(fox, 'd.ts');
  pack();
  expect(subjects(dir)).toHaveLength(2);
  expectSound(dir, ['d.ts']);
});

test('while git packs refs over and over, each claim is on the branch, in one line of history', async () => {
  const dir = repository();
  const fox = await open(dir);
  const bee = await open(dir, 'bee');
  await claim(fox, 'first.ts');
  const packing = spawn('sh', ['-c', 'while [ ! -e stop ]; do git pack-refs --all --prune || exit 1; done'], {
    cwd: dir,
  });
  onTestFinished(() => void packing.kill());
  const paths = Array.from({ length: 20 }, (_, n) => `file${n}.ts`);
  await Promise.all(
    [0, 1].map(async (half) => {
      for (const path of paths.filter((_, n) => n % 2 === half)) await claim(half === 0 ? fox : bee, path);
    }),
  );
  const done = once(packing, 'exit');
  put(dir, { stop: '' });
  expect((await done)[0]).toBe(0);
  expect(subjects(dir)).toHaveLength(22);
  expectSound(dir, ['first.ts', ...paths]);
});

test.each([
  [
    'is a folder',
    (file: string) => {
      rmSync(file);
      mkdirSync(file);
    },
    /packed refs of the repository cannot be read: .* \(EISDIR\)/,
  ],
  [
    'is garbage',
    (file: string) => writeFileSync(file, 'garbage\n\0\n'),
    /packed refs of the repository are damaged: .* line 1 is no ref/,
  ],
  [
    'ends in the middle of a line',
    (file: string) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, -1)),
    /its last line has no end/,
  ],
  [
    'has a torn line for the branch',
    (file: string) =>
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(/[0-9a-f]{20} refs\/heads\/intercom/, ' refs/heads/intercom'),
      ),
    /it names no object for refs\/heads\/intercom/,
  ],
])('packed-refs that %s never looks like a branch that is not there', async (_, spoil, said) => {
  const { dir, ref, tip } = await coordinated();
  git(dir, 'pack-refs', '--all');
  const file = join(dir, '.git/packed-refs');
  const whole = readFileSync(file);
  spoil(file);
  expectStopped(dir, said);
  expect(existsSync(ref)).toBe(false);
  expect(doctor(dir).findings).toContainEqual(
    expect.objectContaining({ level: 'error', what: expect.stringMatching(said) }),
  );
  rmSync(file, { recursive: true });
  writeFileSync(file, whole);
  expect(git(dir, 'rev-parse', 'intercom')).toBe(tip);
  await claim(await open(dir), 'c.ts');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});
