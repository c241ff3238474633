/**
 * The index as files under `intercom/search/`: segments, and a list of those that count. It is a projection of the branch:
 * deleted or damaged it is made anew, and it is brought up to date by whoever asks, from the commits since.
 *
 * Many processes read at any time; one at a time brings it up to date, under a lock of its own. Interrupted, it goes on
 * where it was: a long history is taken in piece by piece.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../../domain/oid.ts';
import type { Walking } from '../git/first-parents.ts';
import type { RecordReader } from '../git/record-reader.ts';
import type { TreeReader } from '../git/tree.ts';
import { acquireWriteLock } from '../local/write-lock.ts';
import { buildSegment } from './build.ts';
import { changesOf } from './changes.ts';
import { docsOf, type Pending, takeBack, takeIn } from './docs.ts';
import { type Manifest, readManifest, writeDurably, writeManifest } from './manifest.ts';
import { type MergeEffort, mergedBy } from './merging.ts';
import type { TellProgress } from './port.ts';
import { DamagedIndex, Segment } from './segment.ts';
import { stepsBetween } from './steps.ts';

export interface Reading extends Walking {
  readonly trees: TreeReader;
  readonly records: RecordReader;
  /** Nothing may be written, though it could be. */
  readonly isReadOnly: boolean;
}

/** Taken in before the index is written down once. */
const commitsPerPiece = 5_000;
const docsPerSegment = 10_000;
/** Another process may be making it anew. */
const lockMsMax = 300_000;
/** A segment that is listed and gone was merged by another: the list is read again. */
const openAttemptsMax = 20;

/** Where segments are put, and how they are opened. */
interface Shelf {
  put(bytes: Buffer): { readonly name: string; readonly docs: number };
  open(name: string): Segment;
  note(manifest: Manifest): void;
}

/** The segments for this tip, the oldest first; to be closed. Throws DamagedIndex; some damage is found by reading alone. */
export async function openIndex(dir: string, tip: Oid, reading: Reading, tell?: TellProgress): Promise<Segment[]> {
  if (reading.isReadOnly) return inMemory(dir, tip, readManifest(dir), reading, tell);
  try {
    await bringUpToDate(dir, tip, reading, 'little', tell);
    return openListed(dir);
  } catch (cause) {
    if (isUnwritable(cause)) return inMemory(dir, tip, readManifest(dir), reading, tell);
    throw cause;
  }
}

/** Where the files were found to be damaged. What may not be written is made for the one question. */
export async function openAnew(dir: string, tip: Oid, reading: Reading, tell?: TellProgress): Promise<Segment[]> {
  if (!reading.isReadOnly && discard(dir)) return openIndex(dir, tip, reading, tell);
  return inMemory(dir, tip, undefined, reading, tell);
}

/** Whoever brings it up to date next makes it anew, and removes the files that are left. False on a disk that takes nothing. */
export function discard(dir: string): boolean {
  try {
    rmSync(join(dir, 'index.json'), { force: true });
    return true;
  } catch (cause) {
    if (isUnwritable(cause)) return false;
    throw cause;
  }
}

/** The index is no reason for a command to fail: it is made in memory, or not at all. */
export function isUnwritable(cause: unknown): boolean {
  const { code = '' } = cause as { code?: string };
  return ['read-only', 'disk-full', 'io-failed', 'EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT'].includes(code);
}

/** `whole` merges as far as it pays; `little` leaves long merges to whoever has the time. */
export async function bringUpToDate(
  dir: string,
  tip: Oid,
  reading: Reading,
  effort: MergeEffort,
  tell?: TellProgress,
): Promise<void> {
  if (readManifest(dir)?.tip === tip && effort === 'little') return;
  const lock = await acquireWriteLock(dir, { waitMsMax: lockMsMax });
  try {
    const shelf = filesIn(dir);
    const manifest = await taken(readManifest(dir), tip, shelf, reading, tell);
    const segments = mergedBy(effort, manifest.segments, shelf);
    if (segments !== manifest.segments) shelf.note({ ...manifest, segments });
  } finally {
    await lock.release();
  }
}

function openListed(dir: string): Segment[] {
  for (let attempt = 1; ; attempt++) {
    const opened: Segment[] = [];
    try {
      const listed = readManifest(dir)?.segments;
      if (listed === undefined) throw new DamagedIndex('the list of segments is gone');
      for (const { name } of listed) opened.push(Segment.open(join(dir, name)));
      return opened;
    } catch (cause) {
      for (const segment of opened) segment.close();
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      if (attempt === openAttemptsMax) throw new DamagedIndex('a segment is gone');
    }
  }
}

/** On a disk that takes nothing: what the files lack, or all where none are known, is made for this one question. */
async function inMemory(
  dir: string,
  tip: Oid,
  known: Manifest | undefined,
  reading: Reading,
  tell?: TellProgress,
): Promise<Segment[]> {
  const made = new Map<string, Segment>();
  const shelf: Shelf = {
    put: (bytes) => {
      const segment = Segment.of(bytes);
      const name = String(made.size);
      made.set(name, segment);
      return { name, docs: segment.docs };
    },
    open: (name) => made.get(name) ?? openThere(join(dir, name)),
    note: () => {},
  };
  const { segments } = await taken(known, tip, shelf, reading, tell);
  return segments.map(({ name }) => shelf.open(name));
}

/** One that is gone was merged by a writer meanwhile, or taken away. */
function openThere(file: string): Segment {
  try {
    return Segment.open(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new DamagedIndex('a segment is gone');
    throw cause;
  }
}

function filesIn(dir: string): Shelf {
  return {
    put: (bytes) => {
      const name = `${randomBytes(8).toString('hex')}.segment`;
      writeDurably(dir, name, bytes);
      return { name, docs: Segment.of(bytes).docs };
    },
    open: (name) => Segment.open(join(dir, name)),
    note: (manifest) => writeManifest(dir, manifest),
  };
}

async function taken(
  known: Manifest | undefined,
  tip: Oid,
  shelf: Shelf,
  reading: Reading,
  tell?: TellProgress,
): Promise<Manifest> {
  if (known?.tip === tip) return known;
  const steps = known === undefined ? undefined : await stepsBetween(known.tip, tip, reading);
  const { back, forth } = steps ?? (await stepsBetween(undefined, tip, reading)) ?? { back: [], forth: [tip] };
  let manifest: Manifest = steps === undefined ? { tip, segments: [] } : (known as Manifest);
  const pending: Pending = new Map();
  takeBack(pending, await changesOf(back.toReversed(), reading));
  for (let at = 0; at === 0 || at < forth.length; at += commitsPerPiece) {
    const piece = forth.slice(at, at + commitsPerPiece);
    takeIn(pending, await changesOf(piece, reading));
    const segments = [...manifest.segments];
    const docs = [...pending];
    for (let n = 0; n < docs.length; n += docsPerSegment) {
      segments.push(shelf.put(buildSegment(await docsOf(docs.slice(n, n + docsPerSegment), reading.records))));
      const part = Math.min(1, (n + docsPerSegment) / docs.length);
      const done = at + Math.floor(piece.length * part);
      if (done < forth.length) tell?.(done, forth.length);
    }
    manifest = { tip: piece.at(-1) ?? tip, segments };
    shelf.note(manifest);
    pending.clear();
  }
  return manifest;
}
