/** What lies on the branch and is no record: it is passed over, makes room where it is in the way, and is named. */
import type { Oid } from '../../domain/oid.ts';
import { isOfNewerVersion, kindOf } from '../../domain/record/path.ts';
import { logicalPath } from './placement.ts';
import { isName, rootFolder } from './record-tree.ts';
import { isFolder, type TreeReader } from './tree.ts';

/** Paths below `.intercom`, in no order. */
export async function* strayFiles(trees: TreeReader, root: Oid): AsyncIterable<string> {
  const top = (await trees.read(root)).get(rootFolder);
  const folders = top !== undefined && isFolder(top) ? [{ oid: top.oid, prefix: '' }] : [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of (await trees.read(folder.oid)).values()) {
      const path = `${folder.prefix}${entry.name}`;
      const record = isName(entry.name) ? logicalPath(path) : undefined;
      if (record === undefined ? isOfNewerVersion(path) : kindOf(record) !== undefined) continue;
      if (isFolder(entry)) folders.push({ oid: entry.oid, prefix: `${path}/` });
      else if (record === undefined) yield path;
    }
  }
}
