/** The commits of the branch, newest first, along the first parent: coordination history is linear. */
import type { Oid } from '../../domain/oid.ts';
import { instantOf } from '../../domain/time.ts';
import type { HistoryEntry } from '../port.ts';
import { type ParsedCommit, parseCommit, trailer } from './commit.ts';
import type { ObjectReader } from './objects.ts';

/** Ends at the root, or where a shallow clone has no more. */
export async function* readHistory(objects: ObjectReader, tip: Oid): AsyncIterable<HistoryEntry> {
  for (let oid: Oid | undefined = tip; oid !== undefined; ) {
    const object = await objects.find(oid);
    if (object === undefined && oid !== tip) return;
    const commit: ParsedCommit = parseCommit((object ?? (await objects.read(oid))).content);
    yield entryOf(oid, commit);
    oid = commit.parents[0];
  }
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
