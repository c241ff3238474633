/** The objects that a tip needs to be whole: its commit, its trees, its files. Not its history. */
import type { Oid } from '../../domain/oid.ts';
import { insteadOfFile, isFolder, type TreeReader } from './tree.ts';

/** Each once for each place where it stands. Links and submodules need nothing here. */
export async function* tipObjects(trees: TreeReader, tip: Oid, root: Oid): AsyncIterable<Oid> {
  yield tip;
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    yield folder;
    for (const entry of (await trees.read(folder)).values()) {
      if (isFolder(entry)) folders.push(entry.oid);
      else if (insteadOfFile(entry) === undefined) yield entry.oid;
    }
  }
}
