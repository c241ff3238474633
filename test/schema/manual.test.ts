import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examples } from '../../scripts/generate/manual.ts';
import { table } from '../../scripts/generate/table.ts';
import { globalOptions } from '../../src/cli/words.ts';
import { run } from '../tooling/run.ts';
import { root } from '../tooling/sources.ts';
import { makeRepository, type Repository } from './repository.ts';

const file = `${root}man/git-intercom.1`;
const page = readFileSync(file, 'utf8');

/** The section of one command, as the source of the page has it. */
function pageOf(name: string): string {
  const escaped = name.replaceAll('-', '\\-');
  return (
    page
      .split('\n.S')
      .find(
        (part) =>
          part.startsWith(`S "git intercom ${escaped}`) &&
          /^["\s]/.test(part.slice(`S "git intercom ${escaped}`.length)),
      ) ?? ''
  );
}

async function isHere(program: string): Promise<boolean> {
  return (await run('sh', ['-c', 'command -v "$0"', program])).exitCode === 0;
}

const has = (text: string, flag: string) => text.includes(`\\fB${flag.replaceAll('-', '\\-')}\\fP`);

describe.each(table.map((entry) => [entry.name, entry] as const))('%s', (name, { options }) => {
  test('has a part of its own, with its options', () => {
    expect(pageOf(name)).not.toBe('');
    for (const option of options) expect(has(pageOf(name), `--${option.name}`), option.name).toBe(!option.hidden);
  });
});

test('the options of all commands are there', () => {
  for (const { name, hidden } of globalOptions) {
    if (name === 'directory') expect(has(page, '-C')).toBe(true);
    else expect(has(page, `--${name}`), name).toBe(!hidden);
  }
});

test('the page is plain ASCII, and has no line that could be taken for a macro', () => {
  expect(page).toMatch(/^[\n -~]*$/);
  expect(page.split('\n').filter((line) => /^[.'](?!\\"|TH |SH |SS |PP|TP|RS|RE|nf|fi|nh|ad l)/.test(line))).toEqual(
    [],
  );
});

test('groff shows it without a complaint', async (context) => {
  if (!(await isHere('groff'))) context.skip('no groff here');
  for (const device of ['utf8', 'ascii']) {
    const { exitCode, output } = await run('sh', ['-c', `groff -man -T${device} -ww "$0" 2>&1 >/dev/null`, file]);
    expect(output).toBe('');
    expect(exitCode).toBe(0);
  }
});

test('mandoc shows it without a warning but for the date, which would go stale', async (context) => {
  if (!(await isHere('mandoc'))) context.skip('no mandoc here');
  const { output } = await run('mandoc', ['-T', 'lint', '-W', 'warning', file]);
  expect(output.split('\n').filter((line) => line !== '' && !line.includes('missing date'))).toEqual([]);
});

test('man shows it', async (context) => {
  const { exitCode, output } = await run('man', ['-l', file], {
    env: { MANPAGER: 'cat', PAGER: 'cat', MANWIDTH: '80' },
  });
  if (exitCode !== 0) context.skip('no man here that takes a file');
  const text = output
    .split('\b')
    .map((part, n, parts) => (n < parts.length - 1 ? part.slice(0, -1) : part))
    .join('');
  for (const words of ['NAME', 'EXIT STATUS', 'git intercom check-edit <path...>', '--dry-run'])
    expect(text).toContain(words);
});

describe('the examples, in one repository', () => {
  let repository: Repository;
  beforeAll(() => {
    repository = makeRepository();
  });
  afterAll(() => repository.remove());

  test.each(examples)('%s', async (_, commands) => {
    const { exitCode, output } = await repository.shell(`set -e\n${commands}`);
    expect(exitCode, output).toBe(0);
  });
});
