/**
 * What was put before an agent and is not committed yet: a line a message, `<id> <instant>`, appended without a lock.
 *
 * It waits for that agent's next commit. Losing it makes a receipt late, or shows a message once more.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appendShared, makeFolder } from '../local/shared-modes.ts';
import { rewriteLines } from './line-file.ts';

/** What a crash cut off in the middle must not get into a record. */
const wholeLine = /^\+([A-Za-z0-9][A-Za-z0-9._@-]{0,127}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)\n/gm;

export class DeliveredJournal {
  /** `reads`: of specs, each as `api@3`. */
  constructor(
    private readonly intercomDir: string,
    private readonly folder: 'delivered' | 'reads' = 'delivered',
  ) {}

  note(agent: string, messages: readonly string[], at: string): void {
    if (messages.length === 0) return;
    const file = this.#file(agent);
    const lines = messages.map((id) => `+${id} ${at}\n`).join('');
    try {
      makeFolder(dirname(file));
      appendShared(file, lines);
    } catch {
      // A repository that can be read but not written: the message will be shown again.
    }
  }

  pending(agent: string): { readonly id: string; readonly at: string }[] {
    let text: string;
    try {
      text = readFileSync(this.#file(agent), 'utf8');
    } catch {
      return [];
    }
    const byId = new Map<string, string>();
    for (const [, id = '', at = ''] of text.matchAll(wholeLine)) {
      // Mail was put before its reader the first time; of a spec the last version that was read counts.
      if (this.folder === 'reads') byId.delete(id);
      if (!byId.has(id)) byId.set(id, at);
    }
    return [...byId].map(([id, at]) => ({ id, at }));
  }

  /** What another process noted meanwhile stays. */
  forget(agent: string, messages: readonly string[]): void {
    if (messages.length === 0) return;
    const written = new Set(messages);
    const rest = this.pending(agent).filter(({ id }) => !written.has(id));
    try {
      rewriteLines(
        this.#file(agent),
        rest.map(({ id, at }) => `${id} ${at}`),
      );
    } catch {
      // What was noted is recorded by now; noting it once more changes nothing.
    }
  }

  #file(agent: string): string {
    return join(this.intercomDir, this.folder, agent);
  }
}
