/**
 * Wakes an idle Claude Code that has no inbox: a hook of ours (hooks/claude/intercom/wake.sh) waits in the background at
 * a named pipe of the session, and ends with the line that it is told, which begins a turn.
 */
import { closeSync, constants, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One that was ended by its own line starts again with the end of that turn, in the same moment as the idleness. */
const startingMs = 2_000;
const lookMs = 100;

/** Resolves with false where none waits, and none has begun to within two seconds. */
export async function wakeByWatcher(text: string, session: string, cacheFolder: string): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += lookMs) {
    if (tellWatcher(text, session, cacheFolder)) return true;
    if (waitedMs >= startingMs) return false;
    await sleep(lookMs);
  }
}

/** The session is over, or nobody is there any more who would wake it. */
export function endWatcher(session: string, cacheFolder: string): void {
  tellWatcher('', session, cacheFolder);
}

/** One line to one that waits. A pipe that nobody reads was left by one that was killed. */
function tellWatcher(line: string, session: string, cacheFolder: string): boolean {
  const folder = join(cacheFolder, 'wake');
  for (const name of namesIn(folder).filter((name) => name.startsWith(`${session}.`))) {
    try {
      // fifo(7): without a reader this fails with ENXIO, and never waits.
      const fd = openSync(join(folder, name), constants.O_WRONLY | constants.O_NONBLOCK);
      try {
        writeSync(fd, `${line}\n`);
      } finally {
        closeSync(fd);
      }
      return true;
    } catch {
      // The next one.
    }
  }
  return false;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
