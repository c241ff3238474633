/** What a record was before. */
import type { Oid } from '../../domain/oid.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import { commitsNaming, type RecordWalking } from './commits-naming.ts';
import { findEntry } from './record-tree.ts';

/**
 * Newest first, along the first parent; each content that stood there, once in a row. Ends at the root, or where a
 * shallow clone has no more. Only commits of ours whose trailers have the record's id count.
 */
export async function* pastRecords(walking: RecordWalking, tip: Oid, path: string): AsyncIterable<AnyRecord> {
  const id = path.slice(path.lastIndexOf('/') + 1);
  let last: Oid | undefined;
  for await (const { commit } of commitsNaming(new Set([id]), tip, walking)) {
    const entry = await findEntry(walking.trees, commit.tree, path);
    if (entry === undefined || entry.oid === last) continue;
    last = entry.oid;
    yield await walking.records.read(path, entry);
  }
}
