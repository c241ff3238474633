/** The uid of a session of a harness: always the same for the same session, and of no use to guess the session by. */
import { createHash } from 'node:crypto';
import type { ProcessEvidence } from '../../domain/record/record.ts';

export function sessionUid(harness: string, session: string): string {
  return `s${digest([harness, session])}`;
}

/** Of a name that was given by word, by a person on one machine; in a hub each repository has its own. */
export function namedUid(home: string, name: string, repository: string | null): string {
  return `n${digest(['name', home, name, ...(repository === null ? [] : [repository])])}`;
}

/** Where the harness does not name its session: as long as its process lives, it is one. */
export function processUid(harness: string, { pid, startTime, bootId, host }: ProcessEvidence): string {
  return `s${digest([harness, String(pid), String(startTime), String(bootId), host])}`;
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 20);
}
