/** What an agent has taken note of in secret rooms: no receipt on the branch may say it. A file for each agent, beside the keys. */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ReadMarks } from './port.ts';

/** Losing a file shows messages once more. */
export function readFilesIn(fileOf: (uid: string) => string): ReadMarks {
  return {
    of: async (uid) => new Set((await readFile(fileOf(uid), 'utf8').catch(() => '')).split('\n').filter(Boolean)),
    note: async (uid, messages) => {
      await mkdir(dirname(fileOf(uid)), { recursive: true, mode: 0o700 });
      await appendFile(fileOf(uid), messages.map((id) => `${id}\n`).join(''), { mode: 0o600 });
    },
  };
}
