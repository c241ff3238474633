/**
 * What was put before an agent and is not committed yet: a line a message, `<id> <instant>`, appended without a lock.
 *
 * It waits for that agent's next commit. Losing it makes a receipt late, or shows a message once more.
 */
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rewriteLines } from './line-file.ts';
import { idBeforeSpace } from './mail-lines.ts';

export class DeliveredJournal {
  constructor(private readonly intercomDir: string) {}

  note(agent: string, messages: readonly string[], at: string): void {
    if (messages.length === 0) return;
    const file = this.#file(agent);
    const lines = messages.map((id) => `+${id} ${at}\n`).join('');
    try {
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, lines);
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
    const firstById = new Map<string, string>();
    for (const line of text.split('\n')) {
      const id = idBeforeSpace(line.slice(1));
      if (line.startsWith('+') && !firstById.has(id)) firstById.set(id, line.slice(id.length + 2));
    }
    return [...firstById].map(([id, at]) => ({ id, at }));
  }

  /** What another process noted meanwhile stays. */
  forget(agent: string, messages: readonly string[]): void {
    if (messages.length === 0) return;
    const written = new Set(messages);
    const rest = this.pending(agent).filter(({ id }) => !written.has(id));
    if (rest.length === 0) rmSync(this.#file(agent), { force: true });
    else
      rewriteLines(
        this.#file(agent),
        rest.map(({ id, at }) => `${id} ${at}`),
      );
  }

  #file(agent: string): string {
    return join(this.intercomDir, 'delivered', agent);
  }
}
