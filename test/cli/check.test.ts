/** The row of the table of words for `check`: which form of the report is printed, and with what facts. */
import { expect, test } from 'vitest';
import { checkCommand } from '../../src/cli/commands/check.ts';
import { renderCheck } from '../../src/cli/render/check.ts';
import { paintFor } from '../../src/cli/terminal.ts';
import { parseWords } from '../../src/cli/words.ts';
import type { CheckReport } from '../../src/domain/check/finding.ts';
import { judge } from '../../src/domain/check/judge.ts';
import { nowMs, seen, seenClaim } from '../domain/check/model.ts';

const counts = { claims: 1, records: 2 };
const ref = 'refs/remotes/origin/intercom';
const judgement = judge(seen({ claims: [seenClaim({ expires: -60 })] }), { failOn: 'stale', unseen: [], counts });
const report: CheckReport = { ...judgement, ref };

function telling(env: NodeJS.ProcessEnv = {}) {
  const terminal = {
    out: () => {},
    err: () => {},
    isInteractive: false,
    columns: 80,
    rows: 50,
    paint: paintFor(false, env),
  };
  return { terminal, nowMs, self: 'ada' };
}

function asked(format: string) {
  return parseWords(['--format', format], checkCommand({ version: '1', formatReport: () => '' }).options, 'check');
}

test.each(['github', 'sarif', 'junit'] as const)('%s is written by what main.ts hands in', (format) => {
  const calls: unknown[] = [];
  const command = checkCommand({
    version: '1.2.3',
    formatReport: (...args) => {
      calls.push(args);
      return `as ${format}`;
    },
  });
  expect(command.render(report, telling(), asked(format))).toBe(`as ${format}`);
  const facts = { version: '1.2.3', nowIso: '2026-06-01T12:00:00.000Z', ref };
  expect(calls).toEqual([[report, format, facts]]);
});

test('json is the report alone', () => {
  const command = checkCommand({ version: '1.2.3', formatReport: () => '' });
  expect(JSON.parse(command.render(report, telling(), asked('json')))).toEqual(report);
});

test('text has colours where somebody looks, and the same words without', () => {
  const plain = renderCheck(report, telling());
  const coloured = renderCheck(report, telling({ FORCE_COLOR: '1' }));
  expect(coloured).toContain('\u001b[33mlease-over\u001b[39m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
});

test.each<[Partial<CheckReport>, string]>([
  [{ findings: [], counts: { claims: 0, records: 3 } }, 'All is well, and nothing is claimed.'],
  [
    { findings: [], unseen: ['One thing.'] },
    'Not looked at\n  One thing.\n\nAll is well with 1 claim, as far as could be seen.',
  ],
  [
    { findings: [], unseen: ['No branch.'], counts: { claims: 0, records: 0 } },
    'Not looked at\n  No branch.\n\nNothing was found.',
  ],
])('of %o it says how it stands', (fields, text) => {
  expect(renderCheck({ ok: true, ref, findings: [], unseen: [], counts, ...fields }, telling())).toBe(text);
});
