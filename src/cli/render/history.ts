/** What happened, as text. */
import type { LogEntry } from '../../operations/log.ts';
import { aligned } from '../columns.ts';
import type { Telling } from '../command.ts';
import { ago } from './words.ts';

export function renderLog(entries: readonly LogEntry[], telling: Telling): string {
  if (entries.length === 0) return 'Nothing has happened here yet, or nothing that matches.';
  return aligned(
    entries.map((entry) => logRow(entry, telling)),
    telling.terminal.columns,
  ).join('\n');
}

export function logRow(entry: LogEntry, telling: Telling): string[] {
  const { paint } = telling.terminal;
  // The first commit has the same date everywhere, so that every clone makes the same one.
  const when = entry.op === 'open' ? '' : paint('dim', ago(entry.at, telling));
  const by = entry.op === null ? paint('yellow', 'by hand') : paint('cyan', entry.agent ?? '');
  return [paint('dim', entry.oid.slice(0, 8)), when, by, entry.summary];
}
