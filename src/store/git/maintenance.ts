/**
 * Maintenance, in the background and in a process of its own: what is over leaves the tree, what was written is packed, the
 * index of the past follows. After every so many commits (projector.ts), and once a day where somebody writes at all.
 */
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, share } from '../local/shared-modes.ts';
import type { Repository } from './locate.ts';
import { startCommand } from './start-command.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Does not wait. `commandFile` is the built command, which finds out by itself for whom it acts. */
export function startMaintenance(repository: Repository, commandFile: string): void {
  startCommand(repository, commandFile, ['gc']);
}

/**
 * Whether a day is over since it was asked and true, or since the first time; by the clock of the disk. Losing the file
 * puts it off by a day. Two that ask at once may both be told so.
 */
export function isDayOver({ commonDir }: Pick<Repository, 'commonDir'>, nowMs = Date.now()): boolean {
  const dir = join(commonDir, 'intercom');
  const file = join(dir, 'maintained');
  try {
    const last = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (last !== undefined && nowMs - last < dayMs) return false;
    makeFolder(dir);
    writeFileSync(file, '');
    share(file);
    utimesSync(file, nowMs / 1000, nowMs / 1000);
    return last !== undefined;
  } catch {
    return false;
  }
}
