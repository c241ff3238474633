/** A folder with files in it, set up and taken back by the real engine. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { apply, type Report } from '../../src/setup/apply.ts';
import { diskFiles } from '../../src/setup/files.ts';
import { type Journal, readJournal, writeJournal } from '../../src/setup/journal.ts';
import type { Step } from '../../src/setup/step.ts';
import { undo } from '../../src/setup/undo.ts';
import { removeFolder } from '../remove-folder.ts';

export class Place {
  readonly dir = mkdtempSync(join(tmpdir(), 'intercom-setup-'));
  readonly ran: string[] = [];
  /** What a command does to the files, by its first word. */
  readonly programs: Record<string, (words: readonly string[]) => void> = {};

  path(name: string): string {
    return join(this.dir, name);
  }
  put(name: string, bytes: string | Buffer, mode?: number): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), bytes);
    if (mode !== undefined) chmodSync(this.path(name), mode);
  }
  text(name: string): string | undefined {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : undefined;
  }

  apply(...steps: Step[]): Report {
    return apply(
      [{ owner: 'harness', scope: 'user', steps, title: 'The harness', again: '--harness harness' }],
      this.#doing(),
    );
  }
  undo(): Report {
    return undo(['user'], this.#doing());
  }

  /** Every path with its mode and bytes, the journal excepted. */
  shot(): Record<string, string> {
    const paths = readdirSync(this.dir, { recursive: true }) as string[];
    const told = paths
      .filter((path) => !path.startsWith('journal'))
      .map((path) => {
        const { mode } = lstatSync(this.path(path));
        const isFile = lstatSync(this.path(path)).isFile();
        return [path, `${mode.toString(8)} ${isFile ? readFileSync(this.path(path), 'latin1') : ''}`];
      });
    return Object.fromEntries(told.sort());
  }

  remove(): void {
    removeFolder(this.dir);
  }

  #doing() {
    const file = this.path('journal/setup.json');
    const journal = readJournal(file);
    const run = (command: readonly string[]) => {
      this.ran.push(command.join(' '));
      const program = this.programs[command[0] as string];
      program?.(command);
      return { isOk: program !== undefined, said: 'no such program' };
    };
    return { files: diskFiles, journal, save: (now: Journal) => writeJournal(file, now), run };
  }
}
