/** Writing so that a full disk is noticed and a crash forgets nothing. */
import { closeSync, fsync, fsyncSync, openSync, writeSync } from 'node:fs';

/** All of it, or an error: a disk that gets full takes what still fits and refuses only the next call (write(2)). */
export function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}

/** Beside whatever else is on its way to the disk: a file system takes many at once in the time of one. */
export function synced(fd: number): Promise<void> {
  return new Promise((resolve, reject) => fsync(fd, (error) => (error ? reject(error) : resolve())));
}

/** As `syncFolder`, beside whatever else there is to do. Never rejects. */
export async function folderSynced(dir: string): Promise<void> {
  let fd: number | undefined;
  try {
    fd = openSync(dir, 'r');
    await synced(fd);
  } catch {
    // As there.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
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
