/** Reports for the tests: one of each kind, and any that fast-check can think of. */
import fc from 'fast-check';
import type { ReportFacts } from '../../../src/ci/format.ts';
import { type CheckFinding, type CheckReport, type CheckRule, checkRules } from '../../../src/domain/check/finding.ts';
import { escapePath } from '../../../src/domain/pattern/escape.ts';

export const facts: ReportFacts = {
  version: '0.1.0',
  nowIso: '2026-11-21T10:00:00.000Z',
  ref: 'refs/remotes/origin/intercom',
};

export const ruleIds = Object.keys(checkRules) as readonly CheckRule[];

export function findingOf(changes: Partial<CheckFinding> = {}): CheckFinding {
  const rule = changes.rule ?? 'lease-over';
  return {
    rule,
    gravity: checkRules[rule].gravity,
    what: 'The lease of bold-fox on src/auth.ts ran out 2h ago.',
    next: 'Run git intercom release 0123456789abcdef --force --why "…".',
    id: '0123456789abcdef',
    agent: 'bold-fox',
    paths: ['src/auth.ts'],
    record: '.intercom/claims/0123456789abcdef.yaml',
    ...changes,
  };
}

export function reportOf(findings: readonly CheckFinding[], unseen: readonly string[] = []): CheckReport {
  const counts = { claims: 3, records: 12 };
  return { ok: findings.length === 0, ref: 'refs/heads/intercom', findings, unseen, counts };
}

/** A finding of each rule, on a file, on several, on a pattern, on a resource, on nothing; and something unseen. */
export const fullReport = reportOf(
  ruleIds.map((rule, at) =>
    findingOf({
      rule,
      id: `${at}`.repeat(16),
      paths: [['src/auth.ts'], ['a.ts', 'b/c d.ts'], ['src/**', '{a,b}.ts'], ['port:5432'], []][at % 5] ?? [],
      agent: rule === 'unreadable-record' ? null : 'bold-fox',
    }),
  ),
  ['The range is not in this clone: it is shallow.'],
);

/** What breaks out of a form that is written carelessly. */
const nasty = [
  ...'%:,=;#[](){}<>&"\'`$\\ \t\r\n\0\u001b\u0085\u2028\ufeff\ufffe\uffff\ud800\udc00é😀a',
  '::error::',
  '::stop-commands::x',
  '##[error]',
  '%0A',
  '%250A',
  '%3A',
  '\r\n',
  ']]>',
  '<!--',
  '</failure><failure>',
  '&amp;',
  '&#0;',
  '](',
  '\\](',
  '[a](https://example.com)',
  '{0}',
  '{{',
  '../',
  '%SRCROOT%',
];

const unit = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) },
);
export const anyText = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''));

/** A path that exists, as a pattern that spells it. */
const literal = fc
  .array(
    fc
      .string({ unit: fc.constantFrom(...'%:,=;#[](){}<>&"\'`$\\ é😀ab.@+!'), minLength: 1, maxLength: 5 })
      .filter((name) => !/^\.\.?$/.test(name)),
    { minLength: 1, maxLength: 3 },
  )
  .map((names) => escapePath(names.join('/')));

const finding = fc
  .record({
    rule: fc.constantFrom(...ruleIds),
    what: anyText,
    next: anyText,
    id: anyText,
    agent: fc.option(anyText),
    paths: fc.array(fc.oneof(literal, anyText), { maxLength: 3 }),
    record: anyText,
  })
  .map(findingOf);

export const anyReport = fc
  .tuple(fc.array(finding, { maxLength: 4 }), fc.array(anyText, { maxLength: 2 }))
  .map(([findings, unseen]) => reportOf(findings, unseen));

export const anyFacts = fc.record({
  version: anyText,
  nowIso: fc.constant(facts.nowIso),
  ref: anyText,
});
