/**
 * What an agent was warned of once: a line each, appended without a lock. It tells the second try of an edit from the
 * first, also where each is judged by a process of its own. Losing it makes a warning come once more.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appendShared, makeFolder } from './shared-modes.ts';

/** Then the older half is forgotten. */
const bytesMax = 64 * 1024;

export class WarnedJournal {
  constructor(private readonly intercomDir: string) {}

  of(agent: string): ReadonlySet<string> {
    return new Set(this.#text(agent).split('\n').filter(Boolean));
  }

  note(agent: string, warnings: readonly string[]): void {
    const file = this.#file(agent);
    const lines = warnings.map((warning) => `${warning.replace(/[\r\n]/g, ' ')}\n`).join('');
    try {
      makeFolder(dirname(file));
      appendShared(file, lines);
      const text = this.#text(agent);
      if (text.length > bytesMax) writeFileSync(file, text.slice(text.indexOf('\n', text.length / 2) + 1));
    } catch {
      // A repository that can be read but not written: the next try is warned again.
    }
  }

  #text(agent: string): string {
    try {
      return readFileSync(this.#file(agent), 'utf8');
    } catch {
      return '';
    }
  }

  #file(agent: string): string {
    return join(this.intercomDir, 'warned', agent);
  }
}
