/** A record that nobody can read. It is kept; one that was a claim goes on holding its paths, unless it never counted. */
import { claimsFolder, folderOf } from '../record/path.ts';
import { inWords, pathsInWords } from './about-claim.ts';
import { type CheckFinding, checkRules } from './finding.ts';
import type { SeenUnreadable } from './seen.ts';

export function unreadableRecord({ record, path, file, isByHand = false }: SeenUnreadable): CheckFinding {
  const paths = folderOf(path) === claimsFolder && !isByHand ? record.paths : [];
  const byHand = isByHand ? ', and does not count: it was added by hand' : '';
  const holds = paths.length === 0 ? byHand : `, and it goes on holding ${pathsInWords(paths)}`;
  const reason = inWords(record.reason).replace(/[.\s]+$/, '');
  return {
    rule: 'unreadable-record',
    gravity: checkRules['unreadable-record'].gravity,
    what: `The record ${inWords(path)} cannot be read (${reason})${holds}.`,
    next: record.isNewer
      ? 'Use a newer git-intercom.'
      : 'Run git intercom doctor --fix to set it aside; the history keeps it.',
    id: record.id,
    agent: null,
    paths,
    record: file,
  };
}
