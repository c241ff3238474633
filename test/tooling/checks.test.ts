import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, test } from 'vitest';
import { run } from './run.ts';
import { root } from './sources.ts';

async function expectClean(tool: string, ...args: string[]) {
  const { exitCode, output } = await run(`${root}node_modules/.bin/${tool}`, args);
  expect(exitCode === 0 ? '' : output || `${tool} ended with ${exitCode}`).toBe('');
}

test('the types hold', () => expectClean('tsc', '--noEmit'));

test('the types of what runs in the browser hold', () => expectClean('tsc', '--noEmit', '-p', 'src/web/page'));

test('format, lint and order of imports hold', () => expectClean('biome', 'ci', '--colors=off', '.'));

test('no file, export or dependency is dead', () => expectClean('knip', '--no-progress'));

test('the package says truly what it exports', async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true, pack: false });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});
