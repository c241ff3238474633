/**
 * JUnit's XML as Jenkins and GitLab read it: a test for each finding, which failed, and one for each rule without a
 * finding, which passed. What could not be looked at is a skipped test.
 */
import { type CheckFinding, type CheckReport, type CheckRule, checkRules } from '../domain/check/finding.ts';
import type { ReportFacts } from './format.ts';
import { numbered } from './numbered.ts';

const suite = 'git-intercom check';

interface Case {
  readonly classname: string;
  readonly name: string;
  /** Markup. */
  readonly outcome: readonly string[];
}

export function formatJunit(report: CheckReport, { version, nowIso, ref }: ReportFacts): string {
  const { findings, unseen, counts } = report;
  const rules = Object.keys(checkRules) as readonly CheckRule[];
  const cases = [
    ...rules.flatMap((rule) => casesOf(rule, findings)),
    ...unseen.map((sentence) => ({ classname: 'git-intercom.unseen', name: sentence, outcome: ['<skipped/>'] })),
  ];
  const totals = { tests: cases.length, failures: findings.length, errors: 0 };
  const properties = { version, ref, claims: counts.claims, records: counts.records };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: suite, ...totals })}>`,
    `<testsuite${attributes({ name: suite, ...totals, skipped: unseen.length, timestamp: nowIso })}>`,
    '<properties>',
    ...Object.entries(properties).map(([name, value]) => `<property${attributes({ name, value })}/>`),
    '</properties>',
    ...markupOf(cases),
    '</testsuite>',
    '</testsuites>',
  ].join('\n');
}

function casesOf(rule: CheckRule, findings: readonly CheckFinding[]): Case[] {
  const classname = `git-intercom.${rule}`;
  const found = findings.filter((finding) => finding.rule === rule);
  if (found.length === 0) return [{ classname, name: checkRules[rule].title, outcome: [] }];
  return found.map(({ gravity, what, next, id, agent, paths, record }) => {
    const about = paths.length === 0 ? record : paths.join(', ');
    const text = [next, '', ...(agent === null ? [] : [`Agent: ${agent}`]), `Id: ${id}`, `Record: ${record}`];
    return {
      classname,
      name: agent === null ? about : `${about} (${agent})`,
      outcome: [`<failure${attributes({ type: gravity, message: what })}>${escapeXml(text.join('\n'))}</failure>`],
    };
  });
}

function markupOf(cases: readonly Case[]): string[] {
  const counts = numbered(cases.map(({ classname, name }) => JSON.stringify([classname, name])));
  return cases.map(({ classname, name, outcome }, at) => {
    const count = counts[at] ?? 1;
    const start = `testcase${attributes({ classname, name: count === 1 ? name : `${name} #${count}`, time: 0 })}`;
    return outcome.length === 0 ? `<${start}/>` : `<${start}>${outcome.join('')}</testcase>`;
  });
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replace(/[\t\n]/g, reference)}"`)
    .join('');
}

/** Characters that XML 1.0 cannot hold, not even as a reference, become U+FFFD. A bare CR would be read as LF. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\r]/g, reference);
}

function reference(char: string): string {
  return `&#${char.charCodeAt(0)};`;
}
