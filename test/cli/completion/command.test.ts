import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { table } from '../../../scripts/generate/table.ts';
import { wordsToComplete } from '../../../src/cli/completion/words.ts';
import { run } from '../../tooling/run.ts';
import { root } from '../../tooling/sources.ts';

/** In a folder that is no repository. */
const completion = (...words: readonly string[]) =>
  run(process.execPath, [`${root}dist/bin.cjs`, 'completion', ...words], { cwd: tmpdir() });

test.each(['bash', 'zsh', 'fish'])('%s: the script as text and as JSON, without a repository', async (shell) => {
  const text = await completion(shell);
  expect(text.exitCode, text.output).toBe(0);
  const json = JSON.parse((await completion('--json', shell)).output);
  expect(json).toEqual({ shell, script: text.output });
});

test.each([[[]], [['tcsh']], [['bash', 'zsh']]])('%j is wrong usage', async (words) => {
  const { exitCode, output } = await completion(...words);
  expect(exitCode).toBe(2);
  expect(output).toContain('completion wants the name of one shell: bash, zsh or fish.');
  expect(output).toContain('git intercom help completion');
});

test('every command is completed, help among them, and no hidden option is', () => {
  const commands = wordsToComplete(table);
  expect(commands.map(({ name }) => name)).toEqual([...table.map(({ name }) => name), 'help']);
  for (const [n, { options }] of table.entries()) {
    const flags = commands[n]?.options.flatMap((option) => option.flags) ?? [];
    for (const { name, hidden } of options) expect(flags.includes(`--${name}`), name).toBe(!hidden);
  }
});

test('what stands after a command is completed as what it is', () => {
  const takes = Object.fromEntries(wordsToComplete(table).map((command) => [command.name, command.takes]));
  expect(takes).toMatchObject({ claim: 'files', who: 'files', start: 'folders', send: 'text', peek: 'text' });
  expect(takes.completion).toEqual(['bash', 'zsh', 'fish']);
});
