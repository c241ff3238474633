/**
 * Commits that were made and never published: the ref had moved meanwhile, or could not be moved. They lie in the object
 * store until a cleaner takes them away, and whoever looks for a lost tip must not take one of them for it: its author was
 * refused, or told that nothing was recorded.
 */
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOid, type Oid } from '../../domain/oid.ts';
import { appendShared, share } from '../local/shared-modes.ts';
import { compareAndSwapRef, type Swap } from './refs.ts';

const name = 'unpublished';
/** A cleaner takes an object two weeks after it was made: what is older need not be known. */
const linesKept = 1_000;
const bytesMax = 100_000;

/** `compareAndSwapRef` for commits that were just made, and that nothing names yet: where they are not published, that is noted. */
export async function publish(...moving: Parameters<typeof compareAndSwapRef>): Promise<Swap> {
  const [, , expected, next, dir] = moving;
  let swap: Swap | undefined;
  try {
    swap = await compareAndSwapRef(...moving);
    return swap;
  } finally {
    if (swap !== 'swapped') noteUnpublished(dir, next, expected);
  }
}

/** Under the write lock. Only of use after a crash: it is not synced, and a disk that takes nothing is passed over. */
function noteUnpublished(dir: string, commit: Oid, instead: Oid | 'absent'): void {
  const file = join(dir, name);
  try {
    appendShared(file, `${commit} ${instead}\n`);
    if (statSync(file).size > bytesMax) shorten(file);
  } catch {
    // The failure that brought us here is told.
  }
}

/** What the branch was meant to go on from, for each of them. */
export function unpublishedIn(dir: string): ReadonlyMap<Oid, Oid> {
  const pairs = linesOf(join(dir, name)).map((line) => line.split(' ') as [Oid, Oid]);
  return new Map(pairs.filter((pair) => pair.length === 2 && pair.every(isOid)));
}

function shorten(file: string): void {
  const kept = linesOf(file).slice(-linesKept);
  writeFileSync(`${file}.new`, kept.map((line) => `${line}\n`).join(''));
  share(`${file}.new`);
  renameSync(`${file}.new`, file);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'latin1').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
