/**
 * The commits of the branch with what each of them changed, for those who look the history over. What a commit of ours
 * changed is told against the tree that it was built on, which is not that of a parent made by hand.
 */
import type { SeenCommit } from '../../domain/check/seen-commit.ts';
import type { Oid } from '../../domain/oid.ts';
import { instantOf } from '../../domain/time.ts';
import type { Change } from '../../domain/view.ts';
import { isOurs, trailer } from './commit.ts';
import { firstParents, type Walked } from './first-parents.ts';
import { inBatches } from './in-batches.ts';
import type { ObjectReader } from './objects.ts';
import type { RecordReader } from './record-reader.ts';
import { diffRecords, type EntryChange } from './record-tree.ts';
import type { TreeReader } from './tree.ts';

/** Packed objects come from another process: many are asked for at once. */
const commitsPerBatch = 50;

interface Reading {
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
  readonly records: RecordReader;
}

/** Newest first, along the first parent. Ends at the root, and where a shallow clone has no more. */
export async function* auditCommits(tip: Oid, reading: Reading): AsyncIterable<SeenCommit> {
  let batch: Walked[] = [];
  for await (const found of firstParents(reading.objects, tip)) {
    batch.push(found);
    // The last one waits for the commit of ours that it was built on.
    if (batch.length > commitsPerBatch && isOurs(found.commit)) {
      yield* await audited(batch.slice(0, -1), found, reading);
      batch = [found];
    }
  }
  yield* await audited(batch, undefined, reading);
}

function audited(batch: readonly Walked[], below: Walked | undefined, reading: Reading): Promise<SeenCommit[]> {
  return inBatches([...batch.keys()], async (n): Promise<SeenCommit> => {
    const { oid, commit } = batch[n] as Walked;
    const base = batch.slice(n + 1).find((each) => isOurs(each.commit)) ?? below;
    const isFirst = commit.parents.length === 0;
    const ours = isOurs(commit);
    const isKnown = ours && (isFirst || base !== undefined);
    return {
      oid,
      parents: commit.parents,
      at: instantOf(commit.atMs),
      subject: commit.subject,
      isOurs: ours,
      op: trailer(commit, 'Op') ?? '',
      agent: trailer(commit, 'Agent') ?? '',
      uid: trailer(commit, 'Uid') ?? '',
      changes: isKnown ? await changesOf(base?.commit.tree, commit.tree, reading) : undefined,
    };
  });
}

async function changesOf(before: Oid | undefined, after: Oid, { trees, records }: Reading): Promise<Change[]> {
  const entries: EntryChange[] = [];
  for await (const entry of diffRecords(trees, before, after)) entries.push(entry);
  return inBatches(entries, async ({ path, before, after }) => {
    const [old, now] = await Promise.all([before, after].map((entry) => records.read(path, entry)));
    return { path, before: old, after: now };
  });
}
