/** From changes of records to documents of the index. */
import type { Oid } from '../../domain/oid.ts';
import { documentOf } from '../../domain/search/document.ts';
import { inBatches } from '../git/in-batches.ts';
import type { RecordReader } from '../git/record-reader.ts';
import { fileMode } from '../git/tree.ts';
import type { NewDoc } from './build.ts';
import type { PathChange } from './changes.ts';

/** The object of each key that is to be taken in; undefined: what the key means is gone. */
export type Pending = Map<string, Oid | undefined>;

/** Each version of a spec is a document of its own; of all else the last form is the one. */
function keyOf(path: string, oid: Oid): string {
  return path.startsWith('specs/') ? `${path}@${oid}` : path;
}

export function pathOf(key: string): string {
  return key.startsWith('specs/') ? key.slice(0, key.lastIndexOf('@')) : key;
}

/** Newest commit first: what they brought is as it was before, or never was. */
export function takeBack(pending: Pending, changes: readonly PathChange[]): void {
  for (const { path, before, after } of changes.toReversed()) {
    if (after !== null) pending.set(keyOf(path, after), undefined);
    if (before !== null) pending.set(keyOf(path, before), before);
  }
}

/** Oldest commit first. What left the tree stays as it was last. */
export function takeIn(pending: Pending, changes: readonly PathChange[]): void {
  for (const { path, after } of changes) if (after !== null) pending.set(keyOf(path, after), after);
}

export function docsOf(
  pending: readonly (readonly [string, Oid | undefined])[],
  records: RecordReader,
): Promise<NewDoc[]> {
  return inBatches(pending, async ([key, oid]): Promise<NewDoc> => {
    if (oid === undefined) return { key, oid, atMs: 0, texts: [], marks: [] };
    const path = pathOf(key);
    const record = await records.read(path, { mode: fileMode, name: path, oid });
    return { key, oid, ...documentOf(record) };
  });
}
