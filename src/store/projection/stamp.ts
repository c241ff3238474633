/** The tip that the projection stands for, and how many commits came since the last packing. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Stamp {
  readonly tip: string;
  readonly commitsSincePacking: number;
}

/** `format` is raised when the lines mean something else than before: an older projection is then made anew. */
const format = 'projection-1';

export function readStamp(dir: string): Stamp | undefined {
  try {
    const [version, tip, commits] = readFileSync(join(dir, 'stamp'), 'latin1').trim().split(' ');
    if (version !== format || tip === undefined) return undefined;
    return { tip, commitsSincePacking: Number(commits) || 0 };
  } catch {
    return undefined;
  }
}

export function writeStamp(dir: string, stamp: Stamp): void {
  mkdirSync(dir, { recursive: true });
  const temporary = join(dir, `stamp~${process.pid}`);
  writeFileSync(temporary, `${format} ${stamp.tip} ${stamp.commitsSincePacking}\n`);
  renameSync(temporary, join(dir, 'stamp'));
}
