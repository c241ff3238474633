import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesOf } from '../../../src/ci/files-of.ts';
import { formatReport } from '../../../src/ci/format.ts';
import { type CheckReport, checkRules } from '../../../src/domain/check/finding.ts';
import { anyFacts, anyReport, facts, findingOf, reportOf } from './model.ts';
import { readCommands } from './runner.ts';

const linesOf = (report: CheckReport) => formatReport(report, 'github', facts).split('\n');

test('a finding on a file annotates it', () => {
  expect(linesOf(reportOf([findingOf({ what: 'Ran out.', next: 'Release it.' })]))).toEqual([
    '::warning file=src/auth.ts,title=The lease of a claim is over::Ran out. Release it.',
  ]);
});

test('a finding on a pattern, a resource or a record annotates no file', () => {
  for (const paths of [['src/**'], ['port:5432'], []]) {
    expect(linesOf(reportOf([findingOf({ paths, what: 'Ran out.', next: 'Release it.' })]))).toEqual([
      '::warning title=The lease of a claim is over::Ran out. Release it.',
    ]);
  }
});

test('the characters that end a property or a line are escaped', () => {
  const finding = findingOf({ paths: ['a,b:c%d.ts'], what: 'One: 50%,\r\ntwo.', next: '::error::no' });
  expect(linesOf(reportOf([finding]))).toEqual([
    '::warning file=a%2Cb%3Ac%25d.ts,title=The lease of a claim is over::One: 50%25,%0D%0Atwo. ::error::no',
  ]);
});

test('a conflict and a broken record are errors, what is stale is a warning', () => {
  const findings = (['unreadable-record', 'claimed-by-other', 'too-old'] as const).map((rule) => findingOf({ rule }));
  const { commands } = readCommands(formatReport(reportOf(findings), 'github', facts));
  expect(commands.map(({ name }) => name)).toEqual(['error', 'error', 'warning']);
});

test('every finding comes before the further files of one', () => {
  const many = findingOf({ paths: ['a.ts', 'b.ts', 'c.ts'] });
  const { commands } = readCommands(formatReport(reportOf([many, findingOf({ paths: ['z.ts'] })]), 'github', facts));
  expect(commands.map(({ properties }) => properties.file)).toEqual(['a.ts', 'z.ts', 'b.ts', 'c.ts']);
});

test('what was not looked at is a notice, and nothing at all is no line', () => {
  expect(linesOf(reportOf([], ['The clone is shallow.']))).toEqual([
    '::notice title=Not looked at::The clone is shallow.',
  ]);
  expect(formatReport(reportOf([]), 'github', facts)).toBe('');
});

test('the runner reads back any text, and no other command', () => {
  fc.assert(
    fc.property(anyReport, anyFacts, (report, anyOf) => {
      const { commands, plain } = readCommands(formatReport(report, 'github', anyOf));
      const expected = [
        ...report.findings.flatMap((finding) => {
          const files = filesOf(finding).filter((file) => !file.startsWith('='));
          const name = finding.gravity === 'stale' ? 'warning' : 'error';
          const { title } = checkRules[finding.rule];
          const data = `${finding.what} ${finding.next}`;
          return (files.length === 0 ? [undefined] : files).map((file) => ({
            name,
            properties: file === undefined ? { title } : { file, title },
            data,
          }));
        }),
        ...report.unseen.map((data) => ({ name: 'notice', properties: { title: 'Not looked at' }, data })),
      ];
      expect(plain).toEqual([]);
      expect(sorted(commands)).toEqual(sorted(expected));
    }),
    { numRuns: 2000 },
  );
});

function sorted(items: readonly unknown[]): string[] {
  return items.map((item) => JSON.stringify(item)).sort();
}
