/**
 * What set-up did, and how everything was before: the file `setup.json` in the user's data folder (XDG Base Directory).
 * It holds the bytes of files that may hold secrets, and so nobody else may read it.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { IntercomError } from '../domain/failure.ts';
import type { JsonEdit } from './step.ts';

export interface Journal {
  readonly version: 1;
  files: FileRecord[];
  commands: CommandRecord[];
  repositories: RepositoryRecord[];
  /** The person has allowed agents to call our tools without asking; a later set-up does not take that back. */
  mayCallTools?: boolean;
}

export interface FileRecord {
  readonly file: string;
  readonly owner: string;
  readonly scope: string;
  /** Base64; null where there was no file, undefined where nobody knows any more: then bytes are never put back. */
  before: string | null | undefined;
  readonly modeBefore: number | undefined;
  /** SHA-256 of the bytes as we left them. */
  after: string;
  /** Folders that were made for it, outermost first. */
  readonly folders: readonly string[];
  /** What is ours in it, for the day when somebody else has changed it. */
  json?: OwnJson;
  hasBlock?: boolean;
  isOwn?: 'own' | 'private';
}

export interface OwnJson {
  readonly marks: readonly string[];
  readonly edits: readonly JsonEdit[];
  /** Objects and lists that were made to hold them. */
  readonly made: readonly (readonly string[])[];
}

export interface CommandRecord {
  readonly owner: string;
  readonly scope: string;
  readonly command: readonly string[];
  readonly undo: readonly string[];
  readonly leaves: readonly string[];
  readonly makes: readonly string[];
}

export interface RepositoryRecord {
  readonly commonDir: string;
  /** A hub in the user's data folder that it uses. */
  readonly hub?: string;
  /** Where the policy file was written by us. */
  readonly policy?: { readonly file: string; readonly after: string; readonly before?: string };
}

const empty = (): Journal => ({ version: 1, files: [], commands: [], repositories: [] });

/** Throws IntercomError where the journal is damaged: to go on would lose how files were before. */
export function readJournal(file: string): Journal {
  if (!existsSync(file)) return empty();
  try {
    const journal = JSON.parse(readFileSync(file, 'utf8')) as Journal;
    if (journal.version === 1) return journal;
    throw new Error(`its version is ${journal.version}`);
  } catch (cause) {
    throw new IntercomError({
      code: 'damaged',
      message: `${file}, which says what git intercom init did on this machine, cannot be read: ${(cause as Error).message}.`,
      next: 'Move it away to go on without it. Then git intercom remove takes out what it recognizes, and cannot restore bytes.',
      cause,
    });
  }
}

/** Renamed into place, before the files that it speaks of are written. A journal that says nothing is deleted. */
export function writeJournal(file: string, journal: Journal): void {
  if (journal.files.length + journal.commands.length + journal.repositories.length === 0) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const text = `${JSON.stringify(journal, null, 1)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  const temporary = `${file}~${process.pid}`;
  writeFileSync(temporary, text, { mode: 0o600 });
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}
