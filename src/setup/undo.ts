/**
 * Takes back what set-up did. Where a file is still as we left it, its bytes are put back; where somebody changed it
 * since, only what is ours goes. Vendors' commands are undone first, by the vendor's own command.
 */
import { ended } from '../domain/text.ts';
import { type Doing, digest, emptyReport, failure, type Report } from './apply.ts';
import { remains } from './change.ts';
import type { FileRecord } from './journal.ts';
import { UneditableJson } from './json-text.ts';

/** Of the scopes given: `user`, and the common git directory of a repository. */
export function undo(scopes: readonly string[], doing: Doing): Report {
  const { files, journal, run, save } = doing;
  const report = emptyReport();
  const records = journal.files.filter(({ scope }) => scopes.includes(scope)).reverse();
  const commands = journal.commands.filter(({ scope }) => scopes.includes(scope)).reverse();
  const before = new Map(records.map((record) => [record.file, bytesOf(record, doing)]));
  const restorable = records.filter((record) => isIntact(record, before.get(record.file)));
  for (const { owner, undo: command } of commands) {
    report.commands.push({ owner, command });
    const ran = run?.(command);
    if (ran === undefined || ran.isOk) continue;
    report.refused.push({ owner, what: ended(`${command.join(' ')} failed: ${ran.said}`), next: `Run it yourself.` });
  }
  const left: FileRecord[] = [];
  for (const record of records) {
    try {
      if (restorable.includes(record)) restore(record, doing);
      else if (takeOurs(record, doing, report) === 'left') left.push(record);
    } catch (thrown) {
      left.push(record);
      report.refused.push({ owner: record.owner, ...failure(record.file, thrown) });
      continue;
    }
    const now = bytesOf(record, doing);
    const was = before.get(record.file);
    if (now === was || (now !== undefined && was !== undefined && now.equals(was))) continue;
    report.changed.push({ owner: record.owner, file: record.file });
  }
  for (const folder of commands.flatMap(({ leaves }) => leaves)) files.removeFolder(folder, 'with-all');
  const made = [...records.flatMap(({ folders }) => folders), ...commands.flatMap(({ makes }) => makes)];
  for (const folder of made.sort((a, b) => b.length - a.length)) files.removeFolder(folder, 'if-empty');
  journal.files = journal.files.filter((record) => !records.includes(record) || left.includes(record));
  journal.commands = journal.commands.filter((record) => !commands.includes(record));
  save(journal);
  return report;
}

function restore({ file, before, modeBefore }: FileRecord, { files }: Doing): void {
  if (before === null) files.remove(file);
  else if (before !== undefined) files.write(file, Buffer.from(before, 'base64'), modeBefore);
}

/** What cannot be edited is left with its record, so that it can be taken back when it is mended. */
function takeOurs(record: FileRecord, { files }: Doing, report: Report): 'left' | undefined {
  const { file, owner } = record;
  const now = files.read(file);
  if (now === undefined) return undefined;
  if (record.isOwn === 'private') {
    files.remove(file);
    return undefined;
  }
  if (record.isOwn === 'own') {
    report.refused.push({
      owner,
      what: `${file} was changed since it was set up, and stays.`,
      next: `Delete it if you do not want it.`,
    });
    return undefined;
  }
  if (record.json === undefined && record.hasBlock !== true) return undefined;
  try {
    const rest = remains(record, now);
    if (rest === null) files.remove(file);
    else if (rest !== undefined) files.write(file, rest, undefined);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof UneditableJson)) throw thrown;
    const next = `Mend ${file}, then run git intercom remove again.`;
    report.refused.push({ owner, what: `${file} was left as it is: ${thrown.message}.`, next });
    return 'left';
  }
}

function isIntact({ after, before }: FileRecord, now: Buffer | undefined): boolean {
  return before !== undefined && after === (now === undefined ? '' : digest(now));
}

function bytesOf({ file }: FileRecord, { files }: Doing): Buffer | undefined {
  try {
    return files.read(file);
  } catch {
    return undefined;
  }
}
