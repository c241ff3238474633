/** The tree of a tip, when the tip is one of a coordination branch. */
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import { parseCommit } from './commit.ts';
import type { ObjectReader } from './objects.ts';
import { findEntry } from './record-tree.ts';
import { tipObjects } from './tip-objects.ts';
import type { TreeReader } from './tree.ts';

/** Says what the branch is; no record. */
export const formatPath = 'format';

/**
 * Rejects with `damaged` where the tip is missing or no commit, with `ref-conflict` where the branch is somebody's own:
 * every tree of ours has `.intercom/format.yaml`, from the root commit on.
 */
export async function rootOf(objects: ObjectReader, trees: TreeReader, tip: Oid, ref: string): Promise<Oid> {
  const { tree } = parseCommit((await objects.read(tip, 'commit')).content);
  if ((await findEntry(trees, tree, formatPath)) !== undefined) return tree;
  throw new IntercomError({
    code: 'ref-conflict',
    message: `${ref} is no coordination branch: its tip ${tip.slice(0, 12)} has no .intercom/format.yaml.`,
    next: 'If it is a branch of your own, set another one in .intercom/config.yaml (branch: name). If a commit made by hand took the file away, revert that commit.',
    data: { ref, tip },
  });
}

/** Rejects as `rootOf` does, and with `damaged` where any tree of the tip is missing. Contents of files are not read. */
export async function readWhole(objects: ObjectReader, trees: TreeReader, tip: Oid, ref: string): Promise<void> {
  const root = await rootOf(objects, trees, tip, ref);
  for await (const _object of tipObjects(trees, tip, root));
}
