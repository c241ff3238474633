/**
 * A ref's lock as a folder, where there are no hard links (FAT, and mounts from a network, another machine or into a
 * container). A file would have to be made first and written then, and one that was left empty in between could be any
 * git's. A folder is made apart and appears whole, by a rename that takes the place of no file; and it is ours, for git makes
 * files there. To git a lock is what stands at its name, whatever that is, and what ends in `.lock` is no ref.
 */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { share } from '../local/shared-modes.ts';

/** False while somebody else has the lock. What is wrong besides, also why there was no link, this says as well. */
export function makeLockFolder(lock: string, write: (value: string) => void): boolean {
  if (existsSync(lock)) return false;
  const apart = apartOf(lock);
  rmSync(apart, { recursive: true, force: true });
  try {
    mkdirSync(apart);
    share(apart);
    write(valueIn(apart));
    renameSync(apart, lock);
    return true;
  } catch (cause) {
    rmSync(apart, { recursive: true, force: true });
    if (existsSync(lock)) return false;
    throw cause;
  }
}

/** False as well where a branch stands in the place of one of the folders above. */
export function isLockFolder(lock: string): boolean {
  return existsSync(lock) && (statSync(lock, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** What is renamed over the ref. */
export function fileToRename(lock: string): string {
  return isLockFolder(lock) ? valueIn(lock) : lock;
}

/** Under the write lock, so that whoever made it is gone. */
export function removeLockFolder(lock: string): void {
  if (isLockFolder(lock)) rmSync(lock, { recursive: true });
  const apart = apartOf(lock);
  if (existsSync(apart)) rmSync(apart, { recursive: true, force: true });
}

/** No ref begins with a dot, so that nobody else's lock has this name, and git passes it over. */
function apartOf(lock: string): string {
  return join(dirname(lock), `.${basename(lock)}`);
}

/** Named so that whoever lists refs passes it over as well. */
function valueIn(folder: string): string {
  return join(folder, 'value.lock');
}
