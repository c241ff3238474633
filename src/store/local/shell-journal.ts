/**
 * When an agent's latest shell command began: the time of an empty file, so that it is of the same clock as the times of
 * the files that the command writes. Losing it makes one look at what a command has changed fail to happen.
 */
import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, share } from './shared-modes.ts';

export class ShellJournal {
  constructor(private readonly intercomDir: string) {}

  began(agent: string): number | undefined {
    try {
      return statSync(this.#file(agent)).mtimeMs;
    } catch {
      return undefined;
    }
  }

  note(agent: string): void {
    try {
      makeFolder(dirname(this.#file(agent)));
      writeFileSync(this.#file(agent), '');
      share(this.#file(agent));
    } catch {
      // A repository that can be read but not written.
    }
  }

  #file(agent: string): string {
    return join(this.intercomDir, 'shell', agent);
  }
}
