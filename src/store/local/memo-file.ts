/**
 * Small files that say what a process of this machine knew last. Losing one costs a look too many.
 *
 * They are written over in place, for a file that is renamed over another is flushed by ext4 before (auto_da_alloc,
 * ext4(5)), which waits for a busy disk. Blanks fill the rest, so that a shorter text leaves nothing of a longer one; a
 * reader that meets a writer of a longer one finds no JSON, and knows nothing.
 */
import { closeSync, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder, share } from './shared-modes.ts';

const bytesMin = 512;

/** What was written last over `nothing`, which is also the answer where there is no file, or a torn one. */
export function readMemo<T extends object>(file: string, nothing: T): T {
  try {
    return { ...nothing, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<T>) };
  } catch {
    return nothing;
  }
}

/** A disk that refuses it stops nothing. */
export function writeMemo(file: string, memo: object): void {
  try {
    const bytes = Buffer.from(JSON.stringify(memo));
    const fd = openInPlace(file);
    try {
      const length = Math.max(bytesMin, bytes.length, fstatSync(fd).size);
      writeSync(fd, Buffer.concat([bytes, Buffer.alloc(length - bytes.length, ' ')]), 0, length, 0);
    } finally {
      closeSync(fd);
    }
  } catch {
    // See above.
  }
}

function openInPlace(file: string): number {
  try {
    return openSync(file, 'r+');
  } catch {
    makeFolder(dirname(file));
    closeSync(openSync(file, 'a'));
    share(file);
    return openSync(file, 'r+');
  }
}
