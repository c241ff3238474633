/** The tree of a tip, when the tip is one of a coordination branch. */
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import { checkBranchFormat } from './branch-format.ts';
import { parseCommit } from './commit.ts';
import { findObeyed } from './obeyed.ts';
import type { ObjectReader } from './objects.ts';
import { findEntry } from './record-tree.ts';
import { tipObjects } from './tip-objects.ts';
import type { TreeReader } from './tree.ts';

/** Says what the branch is; no record. */
export const formatPath = 'format';

/**
 * The tree that counts, which is an older one where somebody committed by hand on top. A branch with no commit of ours
 * counts as it is.
 *
 * Rejects with `damaged` where the tip is missing or no commit, with `unsupported-repository` where a newer version made
 * the branch, with `ref-conflict` where it is somebody's own: every tree of ours has `.intercom/format.yaml`, from the
 * root commit on.
 */
export async function rootOf(objects: ObjectReader, trees: TreeReader, tip: Oid, ref: string): Promise<Oid> {
  const obeyed = await findObeyed(objects, tip);
  const committed = await treeOf(objects, tip);
  // What is built on a commit that is not whole can never be pushed, whether it counts or not.
  if (obeyed?.oid !== tip) await objects.read(committed, 'tree');
  const root = obeyed?.commit.tree ?? committed;
  const format = await findEntry(trees, root, formatPath);
  if (format !== undefined) {
    await checkBranchFormat(objects, format, ref);
    return root;
  }
  throw new IntercomError({
    code: 'ref-conflict',
    message: `${ref} is no coordination branch: its tip ${tip.slice(0, 12)} has no .intercom/format.yaml.`,
    next: 'If it is a branch of your own, set another one in .intercom/config.yaml (branch: name).',
    data: { ref, tip },
  });
}

/** The tree of this very commit, whoever made it. Rejects with `damaged` where it is missing or no commit. */
export async function treeOf(objects: ObjectReader, commit: Oid): Promise<Oid> {
  return parseCommit((await objects.read(commit, 'commit')).content).tree;
}

/**
 * Rejects as `rootOf` does, and with `damaged` where any tree is missing, of the tip or of the commit that counts: a push
 * needs both. Contents of files are not read.
 */
export async function readWhole(objects: ObjectReader, trees: TreeReader, tip: Oid, ref: string): Promise<void> {
  const roots = new Set([await rootOf(objects, trees, tip, ref), await treeOf(objects, tip)]);
  for (const root of roots) for await (const _object of tipObjects(trees, tip, root));
}
