/** Writing so that a full disk is noticed and a crash forgets nothing. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** All of it, or an error: a disk that gets full takes what still fits and refuses only the next call (write(2)). */
export function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}

/** A rename is durable once the folder is; where a folder cannot be synced (Windows), the system decides. */
export function syncFolder(dir: string): void {
  let fd: number | undefined;
  try {
    fd = openSync(dir, 'r');
    fsyncSync(fd);
  } catch {
    // EISDIR, EPERM and EINVAL on systems without it.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
