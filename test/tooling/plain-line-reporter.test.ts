import { expect, test } from 'vitest';
import { run } from './run.ts';
import { root } from './sources.ts';

async function linesOfRun(sample: string) {
  const args = ['run', '--root', 'test/fixtures/reporter', sample];
  const { exitCode, output } = await run(`${root}node_modules/.bin/vitest`, args);
  const lines = output.trim().split('\n');
  const named = (word: string) => lines.filter((line) => line.startsWith(`${word}: `));
  return { exitCode, last: lines.at(-1), skipped: named('skipped'), failed: named('failed') };
}

test('a run ends with its count, and names what it skipped and what failed', async () => {
  expect(await linesOfRun('mixed')).toEqual({
    exitCode: 1,
    last: 'Tests: 1 passed, 1 failed',
    skipped: ['skipped: mixed.sample.ts > is skipped (no moon tonight)'],
    failed: ['failed: mixed.sample.ts > fails: expected 1 to be 2 // Object.is equality'],
  });
});

test('a skipped test does not change the form of the count', async () => {
  expect(await linesOfRun('passing')).toEqual({
    exitCode: 0,
    last: 'Tests: 1 passed, 0 failed',
    skipped: ['skipped: passing.sample.ts > is left out (by its condition)'],
    failed: [],
  });
});

test('a hook that fails is counted as failed', async () => {
  expect(await linesOfRun('hook')).toMatchObject({
    exitCode: 1,
    last: 'Tests: 0 passed, 1 failed',
    failed: ['failed: hook.sample.ts: the hook fails'],
  });
});

test('a file that cannot be loaded is counted as failed', async () => {
  expect(await linesOfRun('broken')).toMatchObject({
    exitCode: 1,
    last: 'Tests: 0 passed, 1 failed',
    failed: ['failed: broken.sample.ts: the file fails'],
  });
});

test('a run without tests is counted as failed', async () => {
  expect(await linesOfRun('nowhere')).toMatchObject({
    exitCode: 1,
    last: 'Tests: 0 passed, 1 failed',
    failed: [],
  });
});
