/** The commits of the branch as `log` shows them. */
import type { Oid } from '../../domain/oid.ts';
import { instantOf } from '../../domain/time.ts';
import type { HistoryEntry } from '../port.ts';
import { type ParsedCommit, trailer } from './commit.ts';
import { firstParents } from './first-parents.ts';
import type { ObjectReader } from './objects.ts';

/** Newest first; ends at the root, or where a shallow clone has no more. Rejects with `damaged` where the tip is missing. */
export async function* readHistory(objects: ObjectReader, tip: Oid): AsyncIterable<HistoryEntry> {
  await objects.read(tip, 'commit');
  for await (const { oid, commit } of firstParents(objects, tip)) yield entryOf(oid, commit);
}

function entryOf(oid: Oid, commit: ParsedCommit): HistoryEntry {
  const all = (name: string) => commit.trailers.filter(([known]) => known === name).map(([, value]) => value);
  return {
    oid,
    parents: commit.parents,
    at: instantOf(commit.atMs),
    subject: commit.subject,
    message: commit.message,
    op: trailer(commit, 'Op'),
    agent: trailer(commit, 'Agent'),
    ids: all('Id'),
    paths: all('Path'),
  };
}
