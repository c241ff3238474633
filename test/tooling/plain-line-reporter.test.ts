import { expect, test } from 'vitest';
import { run } from './run.ts';
import { root } from './sources.ts';

async function linesOfRun(sample: string) {
  const args = ['run', '--root', 'test/fixtures/reporter', sample];
  const { exitCode, output } = await run(`${root}node_modules/.bin/vitest`, args);
  const lines = output.trim().split('\n');
  return { exitCode, last: lines.at(-1), skipped: lines.filter((line) => line.startsWith('skipped: ')) };
}

test('a run ends with its count, and names what it skipped', async () => {
  expect(await linesOfRun('mixed')).toEqual({
    exitCode: 1,
    last: 'Tests: 1 passed, 1 failed',
    skipped: ['skipped: mixed.sample.ts > is skipped (no moon tonight)'],
  });
});

test('a skipped test does not change the form of the count', async () => {
  expect(await linesOfRun('passing')).toEqual({
    exitCode: 0,
    last: 'Tests: 1 passed, 0 failed',
    skipped: ['skipped: passing.sample.ts > is left out (by its condition)'],
  });
});

test('a hook that fails is counted as failed', async () => {
  expect(await linesOfRun('hook')).toMatchObject({ exitCode: 1, last: 'Tests: 0 passed, 1 failed' });
});

test('a file that cannot be loaded is counted as failed', async () => {
  expect(await linesOfRun('broken')).toMatchObject({ exitCode: 1, last: 'Tests: 0 passed, 1 failed' });
});

test('a run without tests is counted as failed', async () => {
  expect(await linesOfRun('nowhere')).toMatchObject({ exitCode: 1, last: 'Tests: 0 passed, 1 failed' });
});
