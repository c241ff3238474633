/** The report of the check for people: a group for each gravity, what could not be seen, and how it stands. */
import { type CheckFinding, type CheckReport, type Gravity, gravities } from '../../domain/check/finding.ts';
import { counted } from '../../domain/text.ts';
import type { Telling } from '../command.ts';
import type { Colour } from '../terminal.ts';

const groups: Readonly<Record<Gravity, { readonly heading: string; readonly colour: Colour }>> = {
  broken: { heading: 'Broken', colour: 'red' },
  conflict: { heading: 'In conflict', colour: 'red' },
  stale: { heading: 'Stale', colour: 'yellow' },
};

export function renderCheck(report: CheckReport, { terminal: { paint } }: Pick<Telling, 'terminal'>): string {
  const { findings, unseen } = report;
  const width = Math.max(...findings.map(({ rule }) => rule.length), 0);
  const row = ({ rule, gravity, what, next }: CheckFinding) => [
    `  ${paint(groups[gravity].colour, rule.padEnd(width))}  ${what}`,
    `  ${' '.repeat(width)}  ${paint('dim', next)}`,
  ];
  const sections = gravities.toReversed().flatMap((gravity) => {
    const own = findings.filter((finding) => finding.gravity === gravity);
    return own.length === 0 ? [] : [[paint('bold', groups[gravity].heading), ...own.flatMap(row)]];
  });
  if (unseen.length > 0) sections.push([paint('bold', 'Not looked at'), ...unseen.map((sentence) => `  ${sentence}`)]);
  return [...sections, [standing(report, paint)]].map((lines) => lines.join('\n')).join('\n\n');
}

function standing({ ok, findings, unseen, counts }: CheckReport, paint: Telling['terminal']['paint']): string {
  const claims = counted(counts.claims, 'claim');
  if (findings.length > 0) {
    const found = `${counted(findings.length, 'finding')} among ${claims}`;
    return ok ? `${paint('green', found)}, and none of them fails this check.` : paint('red', `${found}.`);
  }
  if (counts.records === 0 && unseen.length > 0) return paint('yellow', 'Nothing was found.');
  const well = counts.claims === 0 ? 'All is well, and nothing is claimed' : `All is well with ${claims}`;
  return paint('green', `${well}${unseen.length === 0 ? '' : ', as far as could be seen'}.`);
}
