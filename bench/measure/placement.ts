/** The files that records stand in when they come one after the other, by the store's own rule (store/git/placement.ts). */
import { ownEntriesMax, shardOf } from '../../src/store/git/placement.ts';

interface Folder {
  readonly own: Set<string>;
  readonly below: Map<string, Folder>;
}

/** From a logical path to the physical one, `.intercom/claims/_3f/<id>.yaml`; each call takes a place. */
export function newPlacement(): (logicalPath: string) => string {
  const root: Folder = { own: new Set(), below: new Map() };
  return (logicalPath) => {
    const segments = ['.intercom', ...logicalPath.split('/')];
    const placed: string[] = [];
    let folder = root;
    for (const [n, segment] of segments.entries()) {
      const isLast = n === segments.length - 1;
      const name = isLast ? `${segment}.yaml` : segment;
      for (let depth = 0; !folder.own.has(name); depth++) {
        const shard = shardOf(segment, depth);
        if (!folder.below.has(shard) && folder.own.size < ownEntriesMax) folder.own.add(name);
        else {
          placed.push(shard);
          folder = folderIn(folder, shard);
        }
      }
      placed.push(name);
      if (!isLast) folder = folderIn(folder, name);
    }
    return placed.join('/');
  };
}

function folderIn(folder: Folder, name: string): Folder {
  const known = folder.below.get(name) ?? { own: new Set(), below: new Map() };
  folder.below.set(name, known);
  return known;
}
