/** Which commits brought messages to the branch: of those that name one, the first that has its record. */
import type { Oid } from '../../domain/oid.ts';
import { messagePath } from '../../domain/record/path.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import { commitsNaming, type RecordWalking } from './commits-naming.ts';
import { readCommit } from './first-parents.ts';
import { findEntry } from './record-tree.ts';

export interface Brought {
  readonly oid: Oid;
  readonly isSigned: boolean;
  /** As it was brought. */
  readonly record: AnyRecord;
}

/**
 * By id, along the first parent. What no commit of ours brought, or one that a shallow clone lacks or whose parent it lacks,
 * is not in the answer.
 */
export async function bringing(
  ids: ReadonlySet<string>,
  tip: Oid,
  walking: RecordWalking,
): Promise<ReadonlyMap<string, Brought>> {
  const brought = new Map<string, Brought>();
  const sought = new Set(ids);
  for await (const { oid, commit, content, ids: named } of commitsNaming(sought, tip, walking)) {
    for (const id of named) {
      if (!(await isFirst(id, commit.parents[0], walking))) continue;
      const entry = await findEntry(walking.trees, commit.tree, messagePath(id));
      if (entry === undefined) continue;
      const record = await walking.records.read(messagePath(id), entry);
      brought.set(id, { oid, isSigned: isSigned(content), record });
      sought.delete(id);
    }
  }
  return brought;
}

/** Whether the commit has a signature, as git writes one into its head (gpg-interface.c). */
export function isSigned(commit: Buffer): boolean {
  const end = commit.indexOf('\n\n');
  return /^gpgsig(?:-sha256)? /m.test(commit.subarray(0, end < 0 ? commit.length : end).toString('latin1'));
}

async function isFirst(id: string, parent: Oid | undefined, { objects, trees }: RecordWalking): Promise<boolean> {
  const before = await readCommit(parent, objects);
  return before !== undefined && (await findEntry(trees, before.commit.tree, messagePath(id))) === undefined;
}
