/** Records in the tree of a commit: found, listed, compared and edited by logical path. */
import type { Oid } from '../../domain/oid.ts';
import { isShard, logicalPath, ownEntriesMax, shardOf } from './placement.ts';
import type { Stage } from './stage.ts';
import { fileMode, folderMode, formatTree, isFolder, type Tree, type TreeEntry, type TreeReader } from './tree.ts';

/** Everything of ours lies under this folder of the branch. */
export const rootFolder = '.intercom';

export interface BlobEdit {
  readonly path: string;
  /** Undefined removes. */
  readonly oid: Oid | undefined;
}

export interface BlobChange {
  readonly path: string;
  readonly before: Oid | undefined;
  readonly after: Oid | undefined;
}

/** The blob at a logical path of the tree `root` (the tree of the commit). */
export async function findBlob(trees: TreeReader, root: Oid | undefined, path: string): Promise<Oid | undefined> {
  const entry = await find(trees, root, [rootFolder, ...path.split('/')]);
  return entry !== undefined && !isFolder(entry) ? entry.oid : undefined;
}

/** The records that lie directly in a logical folder, its shards taken in; in no order. */
export async function* listBlobs(
  trees: TreeReader,
  root: Oid | undefined,
  folder: string,
): AsyncIterable<readonly [string, Oid]> {
  const entry = await find(trees, root, [rootFolder, ...folder.split('/')], 'folder');
  if (entry === undefined) return;
  const pending = [entry.oid];
  for (let oid = pending.pop(); oid !== undefined; oid = pending.pop()) {
    for (const child of (await trees.read(oid)).values()) {
      if (isFolder(child)) {
        if (isShard(child.name)) pending.push(child.oid);
      } else if (child.name.endsWith('.yaml')) yield [child.name.slice(0, -5), child.oid];
    }
  }
}

/** Every record below a logical folder: logical path, object, file of the tree. The empty folder is all. */
export async function* walkBlobs(
  trees: TreeReader,
  root: Oid | undefined,
  folder: string,
): AsyncIterable<readonly [path: string, oid: Oid, file: string]> {
  const segments = folder === '' ? [rootFolder] : [rootFolder, ...folder.split('/')];
  const entry = await find(trees, root, segments, 'folder');
  if (entry === undefined) return;
  for await (const change of diffTrees(trees, undefined, entry.oid, folder)) {
    if (change.after !== undefined) yield [change.path, change.after, `${rootFolder}/${change.physical}`];
  }
}

/** What differs between two commits' trees. Costs what differs: equal subtrees are not opened. */
export async function* diffRecords(
  trees: TreeReader,
  before: Oid | undefined,
  after: Oid | undefined,
): AsyncIterable<BlobChange> {
  const [a, b] = await Promise.all([before, after].map((root) => find(trees, root, [rootFolder], 'folder')));
  yield* diffTrees(trees, a?.oid, b?.oid, '');
}

/** The tree `root` with the edits made, staged; folders that became empty are gone. */
export async function editRecords(
  trees: TreeReader,
  root: Oid | undefined,
  edits: readonly BlobEdit[],
  stage: Stage,
): Promise<Oid> {
  const rooted = edits.map(({ path, oid }) => ({ segments: [rootFolder, ...path.split('/')], oid }));
  const edited = await editFolder(trees, root, rooted, 0, stage);
  if (edited === undefined) throw new Error('an edit emptied the coordination branch');
  return edited;
}

async function find(
  trees: TreeReader,
  root: Oid | undefined,
  segments: readonly string[],
  wanted: 'file' | 'folder' = 'file',
): Promise<TreeEntry | undefined> {
  let entry: TreeEntry | undefined;
  let at = root;
  for (const [n, segment] of segments.entries()) {
    const isLast = n === segments.length - 1;
    const name = isLast && wanted === 'file' ? `${segment}.yaml` : segment;
    entry = at === undefined ? undefined : await findIn(trees, at, name, segment);
    if (entry === undefined) return undefined;
    at = entry.oid;
  }
  return entry;
}

/** `name` in the tree itself or in the shard folders where `segment` belongs. */
async function findIn(trees: TreeReader, oid: Oid, name: string, segment: string): Promise<TreeEntry | undefined> {
  let tree = await trees.read(oid);
  for (let depth = 0; ; depth++) {
    const own = tree.get(name);
    if (own !== undefined) return own;
    const shard = tree.get(shardOf(segment, depth));
    if (shard === undefined) return undefined;
    tree = await trees.read(shard.oid);
  }
}

interface SegmentEdit {
  readonly segments: readonly string[];
  readonly oid: Oid | undefined;
}

async function editFolder(
  trees: TreeReader,
  oid: Oid | undefined,
  edits: readonly SegmentEdit[],
  depth: number,
  stage: Stage,
): Promise<Oid | undefined> {
  const entries = new Map(await trees.read(oid));
  const below = new Map<string, { edits: SegmentEdit[]; depth: number }>();
  const push = (name: string, edit: SegmentEdit, depthBelow: number) => {
    const group = below.get(name) ?? { edits: [], depth: depthBelow };
    group.edits.push(edit);
    below.set(name, group);
  };
  let own = [...entries.keys()].filter((name) => !isShard(name)).length;
  for (const edit of edits) {
    const [segment = '', ...rest] = edit.segments;
    const name = rest.length === 0 ? `${segment}.yaml` : segment;
    const shard = shardOf(segment, depth);
    const isHere = entries.has(name) || below.has(name);
    if (!isHere && (entries.has(shard) || below.has(shard) || own >= ownEntriesMax)) {
      push(shard, edit, depth + 1);
    } else if (rest.length > 0) {
      if (!isHere) own++;
      push(name, { segments: rest, oid: edit.oid }, 0);
    } else if (edit.oid === undefined) {
      entries.delete(name);
    } else {
      if (!isHere) own++;
      entries.set(name, { mode: fileMode, name, oid: edit.oid });
    }
  }
  for (const [name, group] of below) {
    const child = await editFolder(trees, entries.get(name)?.oid, group.edits, group.depth, stage);
    if (child === undefined) entries.delete(name);
    else entries.set(name, { mode: folderMode, name, oid: child });
  }
  return entries.size === 0 ? undefined : write(entries, trees, stage);
}

async function write(entries: Tree, trees: TreeReader, stage: Stage): Promise<Oid> {
  const oid = await stage.add('tree', formatTree(entries));
  trees.remember(oid, entries);
  return oid;
}

async function* diffTrees(
  trees: TreeReader,
  before: Oid | undefined,
  after: Oid | undefined,
  prefix: string,
): AsyncIterable<BlobChange & { readonly physical: string }> {
  if (before === after) return;
  const [a, b] = await Promise.all([trees.read(before), trees.read(after)]);
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const old = a.get(name);
    const now = b.get(name);
    if (old?.oid === now?.oid && old?.mode === now?.mode) continue;
    const physical = prefix === '' ? name : `${prefix}/${name}`;
    const folders = [old, now].map((entry) => (entry !== undefined && isFolder(entry) ? entry.oid : undefined));
    yield* diffTrees(trees, folders[0], folders[1], physical);
    const path = logicalPath(physical);
    const files = [old, now].map((entry) => (entry !== undefined && !isFolder(entry) ? entry.oid : undefined));
    if (path !== undefined && files[0] !== files[1]) yield { path, physical, before: files[0], after: files[1] };
  }
}
