/**
 * Does the steps of set-up, each file on its own: where one is refused or fails, the others go on. The journal is
 * written before each file, so that a set-up that was killed can be taken back, or simply be run again.
 */
import { createHash } from 'node:crypto';
import { ended } from '../domain/text.ts';
import { changeOf, type FileStep } from './change.ts';
import type { Files } from './files.ts';
import type { FileRecord, Journal } from './journal.ts';
import { isDone } from './probe.ts';
import type { CommandStep, Part } from './step.ts';

export interface Doing {
  readonly files: Files;
  readonly journal: Journal;
  readonly save: (journal: Journal) => void;
  /** Undefined in a rehearsal: commands are told, not run. */
  readonly run: ((command: readonly string[]) => Ran) | undefined;
}

export interface Ran {
  readonly isOk: boolean;
  /** The last line that it said. */
  readonly said: string;
}

export interface Report {
  readonly changed: { readonly owner: string; readonly file: string }[];
  readonly commands: { readonly owner: string; readonly command: readonly string[] }[];
  readonly said: { readonly owner: string; readonly text: string }[];
  readonly refused: { readonly owner: string; readonly what: string; readonly next: string }[];
}

export const emptyReport = (): Report => ({ changed: [], commands: [], said: [], refused: [] });

export function apply(parts: readonly Part[], doing: Doing): Report {
  const report = emptyReport();
  for (const part of parts) {
    const before = report.changed.length + report.commands.length;
    for (const step of part.steps) {
      if (step.kind === 'say') continue;
      try {
        if (step.kind === 'command') runStep(step, part, doing, report);
        else fileStep(step, part, doing, report);
      } catch (thrown) {
        report.refused.push({
          owner: part.owner,
          ...failure(step.kind === 'command' ? step.command[0] : step.file, thrown),
        });
      }
    }
    if (report.changed.length + report.commands.length === before) continue;
    for (const step of part.steps) if (step.kind === 'say') report.said.push({ owner: part.owner, text: step.text });
  }
  return report;
}

function fileStep(step: FileStep, part: Part, doing: Doing, report: Report): void {
  const { files, journal } = doing;
  const now = files.read(step.file);
  const known = recordOf(journal, step.file);
  const isIntact = known !== undefined && now !== undefined && known.after === digest(now);
  const change = changeOf(step, now, known, isIntact);
  if (change.kind === 'none') return;
  if (change.kind === 'refused') {
    report.refused.push({ owner: part.owner, what: change.what, next: change.next });
    return;
  }
  const before = isIntact ? known.before : (change.without?.toString('base64') ?? null);
  const modeNow = files.mode(step.file);
  const record: FileRecord = {
    file: step.file,
    owner: known?.owner ?? part.owner,
    scope: known?.scope ?? part.scope,
    before,
    modeBefore: isIntact ? known.modeBefore : modeNow,
    after: digest(change.bytes),
    folders: known?.folders ?? files.missingFolders(step.file),
    json: change.json ?? known?.json,
    hasBlock: step.kind === 'block' || known?.hasBlock,
    isOwn: step.kind === 'file' ? (step.isPrivate ? 'private' : 'own') : known?.isOwn,
  };
  keep(doing, record);
  const executable = change.isExecutable ? (modeNow ?? 0o644) | 0o111 : undefined;
  files.write(step.file, change.bytes, executable);
  report.changed.push({ owner: part.owner, file: step.file });
}

function runStep(step: CommandStep, part: Part, doing: Doing, report: Report): void {
  const { files, journal, run } = doing;
  if (step.doneWhen.every((probe) => isDone(probe, files))) return;
  if (run === undefined) {
    report.commands.push({ owner: part.owner, command: step.command });
    return;
  }
  const { owner, scope } = part;
  const isRecorded = journal.commands.some(({ command }) => command.join('\0') === step.command.join('\0'));
  if (!isRecorded) {
    const isNew = (folder: string) => !files.hasFolder(folder);
    journal.commands.push({
      ...{ owner, scope, command: step.command, undo: step.undo },
      leaves: (step.leaves ?? []).filter(isNew),
      makes: (step.makes ?? []).filter(isNew),
    });
  }
  for (const file of step.touches) foresee(file, part, doing);
  doing.save(journal);
  const { isOk, said } = run(step.command);
  for (const file of step.touches) settle(file, part, doing, report);
  doing.save(journal);
  if (isOk) {
    report.commands.push({ owner, command: step.command });
    return;
  }
  report.refused.push({
    owner,
    what: ended(`${step.command.join(' ')} failed: ${said}`),
    next: 'Run it yourself to see more, then git intercom init again.',
  });
}

/** Before a vendor's command: what stands in a file that it may change. */
function foresee(file: string, { owner, scope }: Part, { files, journal }: Doing): void {
  const now = files.read(file);
  const known = recordOf(journal, file);
  if (known !== undefined) {
    if (now === undefined || known.after !== digest(now)) known.before = undefined;
    return;
  }
  const before = now?.toString('base64') ?? null;
  const after = now === undefined ? '' : digest(now);
  journal.files.push({
    file,
    owner,
    scope,
    before,
    modeBefore: files.mode(file),
    after,
    folders: files.missingFolders(file),
  });
}

/** And after it: a file that it left alone was none of its business. */
function settle(file: string, { owner }: Part, { files, journal }: Doing, report: Report): void {
  const record = recordOf(journal, file);
  if (record === undefined) return;
  const now = files.read(file);
  const after = now === undefined ? '' : digest(now);
  if (after !== record.after) report.changed.push({ owner, file });
  const isOurs = record.json !== undefined || record.hasBlock || record.isOwn !== undefined;
  if (after === record.after && !isOurs && record.before === (now?.toString('base64') ?? null)) {
    journal.files = journal.files.filter((each) => each !== record);
  }
  record.after = after;
}

function keep({ journal, save }: Doing, record: FileRecord): void {
  journal.files = [...journal.files.filter(({ file }) => file !== record.file), record];
  save(journal);
}

export function recordOf({ files }: Journal, file: string): FileRecord | undefined {
  return files.find((record) => record.file === file);
}

export function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function failure(about: string | undefined, thrown: unknown): { what: string; next: string } {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === undefined) throw thrown;
  return {
    what: `${about} could not be set up: ${message}.`,
    next: 'Check its owner and its permissions, then run git intercom init again.',
  };
}
