/** The report of the check in the forms that other programs read. The form for people is in the command itself. */
import type { CheckReport } from '../domain/check/finding.ts';
import { formatGithub } from './github.ts';
import { formatJunit } from './junit.ts';
import { formatSarif } from './sarif.ts';

export const reportFormats = ['json', 'github', 'sarif', 'junit'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportFacts {
  /** Of git-intercom. */
  readonly version: string;
  readonly nowIso: string;
  /** The coordination branch as it was read, such as `refs/remotes/origin/intercom`. */
  readonly ref: string;
}

/** One document without a line feed at its end; for `github` a line for each command, and nothing for no findings. */
export function formatReport(report: CheckReport, format: ReportFormat, facts: ReportFacts): string {
  switch (format) {
    case 'json':
      return JSON.stringify(report);
    case 'github':
      return formatGithub(report);
    case 'sarif':
      return formatSarif(report, facts);
    case 'junit':
      return formatJunit(report, facts);
  }
}
