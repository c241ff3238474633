/**
 * Maintenance, in the background and in a process of its own: what is over leaves the tree, what was written is packed, the
 * index of the past follows. Where many objects of ours lie loose or in many packs, and once a day where somebody writes.
 */
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { makeFolder, share } from '../local/shared-modes.ts';
import { areManyPacks, filesIn } from './kept-packs.ts';
import type { Repository } from './locate.ts';
import { startCommand } from './start-command.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** A burst of writes makes it due more often than it comes to its end. */
const packingMsMin = 60_000;
/** A few hundred commits of ours. git itself packs at 6,700. */
const looseMin = 1_000;

export interface Maintenance {
  /** Asked when so many commits were written or came that it may be worth it. Neither of the two waits for anything. */
  afterCommits(): void;
  daily(): void;
}

/** `commandFile` is the built command, which finds out by itself for whom it acts. */
export function openMaintenance(repository: Repository, commandFile: string): Maintenance {
  const start = () => {
    const pid = startCommand(repository, commandFile, ['gc']);
    if (pid !== undefined) giveWay(pid);
  };
  return {
    afterCommits: () => {
      if ((areManyLoose(repository) || areManyPacks(repository)) && isOver(packingMsMin, 'from the first', repository))
        start();
    },
    daily: () => {
      if (isOver(dayMs, 'not the first', repository)) start();
    },
  };
}

/** By git's own estimate (builtin/gc.c, too_many_loose_objects): one of 256 folders stands for all. */
export function areManyLoose({ objectsDir }: Pick<Repository, 'objectsDir'>): boolean {
  return filesIn(join(objectsDir, '17')).length * 256 >= looseMin;
}

/**
 * Whether that long is over since this last answered yes, by the clock of the disk. The first time, it is yes or begins the
 * wait, as said. Losing the file is a first time. Two that ask at once may both be told yes.
 */
export function isOver(
  spanMs: number,
  first: 'from the first' | 'not the first',
  { commonDir }: Pick<Repository, 'commonDir'>,
  nowMs = Date.now(),
): boolean {
  const dir = join(commonDir, 'intercom');
  const file = join(dir, 'maintained');
  try {
    const last = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (last !== undefined && nowMs - last < spanMs) return false;
    makeFolder(dir);
    writeFileSync(file, '');
    share(file);
    utimesSync(file, nowMs / 1000, nowMs / 1000);
    return last !== undefined || first === 'from the first';
  } catch {
    return false;
  }
}

/** Whoever writes or asks comes first. Lower still, and who waits for a lock of maintenance would wait for all others too. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended, or the system does not let us.
  }
}
