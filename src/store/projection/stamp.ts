/**
 * The tip that the projection stands for, and how many commits came since the last packing.
 *
 * Lines are not synced, so after a crash of the machine the stamp may be there and they not: a stamp that this host
 * wrote before its last start counts no more.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOid, type Oid } from '../../domain/oid.ts';
import { isEarlierBoot, thisBoot } from '../local/process.ts';
import { makeFolder, share } from '../local/shared-modes.ts';

export interface Stamp {
  readonly tip: Oid;
  /** What the repository was called in its hub when the lines were written: they differ by that. */
  readonly hubKey: string | null;
  readonly commitsSincePacking: number;
}

/** `format` is raised when the lines mean something else than before: an older projection is then made anew. */
const format = 'projection-9';

const asideName = 'stamp~aside';

export function readStamp(dir: string, name = 'stamp'): Stamp | undefined {
  try {
    const text = readFileSync(join(dir, name), 'utf8');
    const [version, tip = '', commits, bootId = '', host = '', hubKey] = text.trimEnd().split(' ');
    if (version !== format || !isOid(tip) || !text.endsWith('\n')) return undefined;
    if (isEarlierBoot({ bootId, host })) return undefined;
    return { tip, hubKey: hubKey ?? null, commitsSincePacking: Number(commits) || 0 };
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
    // A rename over another file would flush this one first (auto_da_alloc, ext4(5)).
    rmSync(join(dir, asideName), { force: true });
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
  makeFolder(dir);
  const temporary = join(dir, `stamp~${process.pid}`);
  const { bootId, host } = thisBoot();
  const { tip, commitsSincePacking, hubKey } = stamp;
  const words = [format, tip, commitsSincePacking, bootId, host, ...(hubKey === null ? [] : [hubKey])];
  writeFileSync(temporary, `${words.join(' ')}\n`);
  share(temporary);
  renameSync(temporary, join(dir, 'stamp'));
}
