/**
 * Wakes an idle Claude Code that has no inbox: a hook of ours (hooks/claude/intercom/wake.sh) waits in the background at
 * a named pipe of the process, and ends with the line that it is told, which begins a turn. By the process, for versions
 * before 2.1.214 tell such a hook neither session nor process, and it has one session at a time.
 */
import { closeSync, constants, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One that was ended by its own line starts again with the end of that turn, in the same moment as the idleness. */
const startingMs = { told: 2_000, untold: 500 } as const;
const lookMs = 100;

/**
 * Resolves with false where none waits, and none has begun to within two seconds; where no hook tells when a turn is over,
 * none mostly means that one is going on, and half a second is enough.
 */
export async function wakeByWatcher(
  text: string,
  pid: number,
  cacheFolder: string,
  turns: keyof typeof startingMs,
): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += lookMs) {
    if (tellWatcher(text, pid, cacheFolder)) return true;
    if (waitedMs >= startingMs[turns]) return false;
    await sleep(lookMs);
  }
}

/** Nobody is there any more who would wake it. */
export function endWatcher(pid: number, cacheFolder: string): void {
  tellWatcher('', pid, cacheFolder);
}

/** One line to one that waits. A pipe that nobody reads was left by one that was killed. */
function tellWatcher(line: string, pid: number, cacheFolder: string): boolean {
  const folder = join(cacheFolder, 'wake');
  for (const name of namesIn(folder).filter((name) => name.startsWith(`${pid}.`))) {
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
