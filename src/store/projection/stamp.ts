/** The tip that the projection stands for, and how many commits came since the last packing. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Stamp {
  readonly tip: string;
  readonly commitsSincePacking: number;
}

/** `format` is raised when the lines mean something else than before: an older projection is then made anew. */
const format = 'projection-1';

const asideName = 'stamp~aside';

export function readStamp(dir: string, name = 'stamp'): Stamp | undefined {
  try {
    const [version, tip, commits] = readFileSync(join(dir, name), 'latin1').trim().split(' ');
    if (version !== format || tip === undefined) return undefined;
    return { tip, commitsSincePacking: Number(commits) || 0 };
  } catch {
    return undefined;
  }
}

/**
 * Before lines are written: whoever is killed among them leaves a projection without a stamp, and that is made anew.
 * Lines that were written twice or for nothing could not be told from others.
 */
export function setStampAside(dir: string): void {
  try {
    renameSync(join(dir, 'stamp'), join(dir, asideName));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
  }
}

/** The last stamp that there was, though the projection may not stand for it any more. */
export function readLastStamp(dir: string): Stamp | undefined {
  return readStamp(dir) ?? readStamp(dir, asideName);
}

export function writeStamp(dir: string, stamp: Stamp): void {
  mkdirSync(dir, { recursive: true });
  const temporary = join(dir, `stamp~${process.pid}`);
  writeFileSync(temporary, `${format} ${stamp.tip} ${stamp.commitsSincePacking}\n`);
  renameSync(temporary, join(dir, 'stamp'));
}
