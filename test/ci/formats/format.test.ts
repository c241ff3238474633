import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesOf } from '../../../src/ci/files-of.ts';
import { formatReport } from '../../../src/ci/format.ts';
import { ruleHelp } from '../../../src/ci/rule-help.ts';
import { anyFacts, anyReport, facts, findingOf, fullReport, ruleIds } from './model.ts';

test('json is the report as one document of one line', () => {
  expect(JSON.parse(formatReport(fullReport, 'json', facts))).toEqual(fullReport);
  fc.assert(
    fc.property(anyReport, anyFacts, (report, anyOf) => {
      const text = formatReport(report, 'json', anyOf);
      expect(text).not.toMatch(/[\r\n]/);
      expect(JSON.parse(text)).toEqual(report);
    }),
  );
});

test('a finding points at the paths that spell one file', () => {
  const paths = [
    'src/auth.ts',
    'src/**',
    './port:80',
    'port:80',
    '{a,b}',
    'app/\\[id]/page.tsx',
    '.',
    'src/auth.ts',
    '!(',
  ];
  expect(filesOf(findingOf({ paths }))).toEqual(['src/auth.ts', 'port:80', 'app/[id]/page.tsx']);
});

test('the help of a rule is made of whole sentences', () => {
  for (const rule of ruleIds) {
    expect(ruleHelp[rule].means).toMatch(/^[A-Z].*\.$/);
    expect(ruleHelp[rule].next).toMatch(/^[A-Z].*\.$/);
  }
});
