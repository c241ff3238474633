/**
 * The command `check`. The forms for other programs are written in ci/, which no surface imports: main.ts hands them in.
 */
import { type CheckReport, gravities } from '../../domain/check/finding.ts';
import { instantOf } from '../../domain/time.ts';
import { check } from '../../operations/check.ts';
import { type Command, defineCommand } from '../command.ts';
import { renderCheck } from '../render/check.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

type FormatReport = (
  report: CheckReport,
  format: 'github' | 'sarif' | 'junit',
  facts: { readonly version: string; readonly nowIso: string; readonly ref: string },
) => string;

const formats = ['text', 'json', 'github', 'sarif', 'junit'] as const;

const usage = 'Run git intercom help check.';

export function checkCommand({
  version,
  formatReport,
}: {
  readonly version: string;
  readonly formatReport: FormatReport;
}): Command<CheckReport> {
  return defineCommand({
    name: 'check',
    synopsis: '',
    summary: "for your CI: stale claims, others' claims on your changes",
    group: 'History and checks',
    options: [
      { name: 'base', value: 'REV', summary: 'hold the commits since REV against the claims of others' },
      { name: 'head', value: 'REV', summary: 'the end of that range (HEAD)' },
      { name: 'max-age', value: 'D', summary: 'claims older than this are stale, however often they were renewed' },
      {
        name: 'commits',
        value: 'N',
        summary: 'look at the last N commits of the branch strictly, or at all; 0 for none',
      },
      { name: 'signed', summary: 'each commit that is looked at must be signed with a key that git trusts' },
      { name: 'format', value: 'HOW', choices: formats, summary: 'text, json, github, sarif or junit (text)' },
      {
        name: 'fail-on',
        value: 'LEVEL',
        choices: [...gravities, 'never'],
        summary: 'exit with 1 from this on: stale, conflict, broken or never (stale)',
      },
    ],
    notes: [
      'Reads only. In a CI, fetch the branch first: git fetch --depth 1 origin intercom. A range wants its history, too.\nA detached checkout does not know its branch: name it, as in --base origin/main --head origin/my-branch.',
      'Of the coordination branch itself the last 100 commits are looked at: whether each writes only what its agent may write. With --commits also what is over: commits made by hand that were undone, merges, records that were set aside.',
      'Claims of the branch that the head is, and of the authors of the commits, are not claims of others.',
    ],
    knowsOfRemote: true,
    run: (words, { session }) => check.run(inputOf(words), session),
    render: (report, telling, words) => {
      const format = (words.text('format') ?? 'text') as (typeof formats)[number];
      if (format === 'json') return JSON.stringify(report);
      if (format === 'text') return renderCheck(report, telling);
      return formatReport(report, format, { version, nowIso: instantOf(telling.nowMs), ref: report.ref });
    },
    exitCode: ({ ok }) => (ok ? 0 : 1),
  });
}

function inputOf(words: Words) {
  if (words.positionals.length > 0) {
    throw new UsageError(`check takes options only, and not ${JSON.stringify(words.positionals[0])}.`, usage);
  }
  const maxAge = words.duration('max-age');
  if (typeof maxAge === 'number' && maxAge < 1) throw new UsageError('--max-age wants at least 1s.', usage);
  return {
    base: revision(words, 'base'),
    head: revision(words, 'head'),
    maxAgeSeconds: typeof maxAge === 'number' ? maxAge : undefined,
    commits: commitsOf(words),
    signed: words.flag('signed'),
    failOn: (words.text('fail-on') ?? 'stale') as (typeof gravities)[number] | 'never',
  };
}

function commitsOf(words: Words): number | undefined {
  const typed = words.text('commits');
  if (typed === undefined) return undefined;
  if (typed === 'all') return Number.MAX_SAFE_INTEGER;
  if (!/^\d{1,9}$/.test(typed)) throw new UsageError(`--commits wants a number or all, and not ${typed}.`, usage);
  return Number(typed);
}

function revision(words: Words, name: string): string | undefined {
  const typed = words.text(name);
  if (typed?.startsWith('-')) throw new UsageError(`--${name} wants a revision, and not ${typed}.`, usage);
  return typed;
}
