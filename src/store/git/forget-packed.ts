/**
 * Forgetting what is in flight once it is packed: what lies in a kept pack of ours is out of reach of every cleaner, and
 * thousands of commits in two minutes would leave many times as much in flight as in the pack.
 */
import { readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes by file name. */
export type Look = ReadonlyMap<string, number>;

/** What is in flight. Under the write lock, so that all of it belongs to commits that are made, or to none. */
export function lookInFlight(dir: string): Look {
  return new Map(namesIn(dir).map((name) => [name, sizeOf(join(dir, name))]));
}

/** Forgets what was there at the look and nobody added to since. Under the write lock, when the tip of then is packed. */
export function forgetInFlight(dir: string, look: Look): void {
  for (const [name, bytes] of look) {
    if (sizeOf(join(dir, name)) === bytes) unlinkSync(join(dir, name));
  }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** -1 for a file that is gone: another writer has swept it. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1;
}
