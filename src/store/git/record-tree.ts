/** Records in the tree of a commit: found, listed, compared and edited by logical path. */
import type { Oid } from '../../domain/oid.ts';
import { kindOf } from '../../domain/record/path.ts';
import { attachedFolder, isShard, logicalPath, ownEntriesMax, shardOf } from './placement.ts';
import type { Stage } from './stage.ts';
import { fileMode, folderMode, formatTree, isFolder, type Tree, type TreeEntry, type TreeReader } from './tree.ts';

/** Everything of ours lies under this folder of the branch. */
export const rootFolder = '.intercom';

/** Folders that are asked for at once. More would not stay known until their turn where each is large. */
const readAheadMax = 32;

export interface BlobEdit {
  readonly path: string;
  /** Undefined removes. */
  readonly oid: Oid | undefined;
}

/** What stands in the places of a record: a file, or whatever somebody put there by hand. */
export interface EntryChange {
  readonly path: string;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

/** The entry at a logical path of the tree `root` (the tree of the commit). */
export function findEntry(trees: TreeReader, root: Oid | undefined, path: string): Promise<TreeEntry | undefined> {
  return find(trees, root, [rootFolder, ...path.split('/')]);
}

/** The entries of records that lie directly in a logical folder, its shards taken in; in no order. */
export async function* listEntries(
  trees: TreeReader,
  root: Oid | undefined,
  folder: string,
): AsyncIterable<readonly [string, TreeEntry]> {
  const entry = await find(trees, root, [rootFolder, ...folder.split('/')], 'folder');
  if (entry === undefined) return;
  const pending = [{ oid: entry.oid, shards: '' }];
  while (pending.length > 0) {
    const some = pending.splice(-readAheadMax);
    const read = await Promise.all(some.map(({ oid }) => trees.read(oid)));
    const children = some.flatMap(({ shards }, n) =>
      [...(read[n]?.values() ?? [])].map((child) => ({ child, shards })),
    );
    for (const { child, shards } of children) {
      if (isFolder(child) && isShard(child.name)) {
        pending.push({ oid: child.oid, shards: `${shards}${child.name}/` });
        continue;
      }
      const name = isName(child.name) ? logicalPath(`${shards}${child.name}`) : undefined;
      if (name !== undefined && (!isFolder(child) || kindOf(`${folder}/${name}`) !== undefined)) yield [name, child];
    }
  }
}

/** Every record's entry below a logical folder: logical path, entry, file of the tree. The empty folder is all. */
export async function* walkEntries(
  trees: TreeReader,
  root: Oid | undefined,
  folder: string,
): AsyncIterable<readonly [path: string, entry: TreeEntry, file: string]> {
  const segments = folder === '' ? [rootFolder] : [rootFolder, ...folder.split('/')];
  const entry = await find(trees, root, segments, 'folder');
  if (entry === undefined) return;
  for await (const change of diffTrees(trees, undefined, entry.oid, folder)) {
    if (change.after !== undefined) yield [change.path, change.after, `${rootFolder}/${change.physical}`];
  }
}

/** What differs between two commits' trees, or a folder of them. Costs what differs: equal subtrees are not opened. */
export async function* diffRecords(
  trees: TreeReader,
  before: Oid | undefined,
  after: Oid | undefined,
  folder = '',
): AsyncIterable<EntryChange> {
  const segments = folder === '' ? [rootFolder] : [rootFolder, ...folder.split('/')];
  const [a, b] = await Promise.all([before, after].map((root) => find(trees, root, segments, 'folder')));
  yield* diffTrees(trees, a?.oid, b?.oid, folder);
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

/** `wanted` at the last segment; on the way there only folders count. */
async function find(
  trees: TreeReader,
  root: Oid | undefined,
  segments: readonly string[],
  wanted: 'file' | 'folder' = 'file',
): Promise<TreeEntry | undefined> {
  let entry: TreeEntry | undefined;
  let at = root;
  for (const [n, segment] of segments.entries()) {
    const isFile = n === segments.length - 1 && wanted === 'file';
    entry = at === undefined ? undefined : await findIn(trees, at, isFile ? `${segment}.yaml` : segment, segment);
    if (entry === undefined || (!isFile && !isFolder(entry))) return undefined;
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
    if (shard === undefined || !isFolder(shard)) return undefined;
    tree = await trees.read(shard.oid);
  }
}

/** No tree that git writes has a slash in a name; one made by hand would stand for a path elsewhere. */
export function isName(name: string): boolean {
  return !name.includes('/');
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
    const known = entries.get(name);
    // What is no folder makes room for one; the history keeps it.
    const oid = known !== undefined && isFolder(known) ? known.oid : undefined;
    const child = await editFolder(trees, oid, group.edits, group.depth, stage);
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
): AsyncIterable<EntryChange & { readonly physical: string }> {
  if (before === after) return;
  const [a, b] = await Promise.all([trees.read(before), trees.read(after)]);
  const names = [...new Set([...a.keys(), ...b.keys()])];
  for (const [n, name] of names.entries()) {
    if (n % readAheadMax === 0) await readAhead(trees, [a, b], names.slice(n, n + readAheadMax));
    const old = a.get(name);
    const now = b.get(name);
    if (
      !isName(name) ||
      (prefix === '' && name === attachedFolder) ||
      (old?.oid === now?.oid && old?.mode === now?.mode)
    )
      continue;
    const physical = prefix === '' ? name : `${prefix}/${name}`;
    const path = logicalPath(physical);
    const isPlace = path !== undefined && kindOf(path) !== undefined;
    // A folder named like a record is one only where no record could be: `inbox/fox.yaml` is the inbox of `fox.yaml`.
    const folderIn = (entry: TreeEntry | undefined) =>
      entry !== undefined && isFolder(entry) && !isPlace ? entry : undefined;
    const [oldFolder, nowFolder] = [folderIn(old), folderIn(now)];
    yield* diffTrees(trees, oldFolder?.oid, nowFolder?.oid, physical);
    const [oldFile, nowFile] = [oldFolder ? undefined : old, nowFolder ? undefined : now];
    if (path !== undefined && (oldFile ?? nowFile) !== undefined) {
      yield { path, physical, before: oldFile, after: nowFile };
    }
  }
}

/** Asks for the folders that differ all at once: each alone waits for git. One that cannot be read is told in its turn. */
async function readAhead(trees: TreeReader, sides: readonly Tree[], names: readonly string[]): Promise<void> {
  const differ = names.map((name) => sides.map((side) => side.get(name))).filter(([a, b]) => a?.oid !== b?.oid);
  const folders = differ.flat().flatMap((entry) => (entry !== undefined && isFolder(entry) ? [entry.oid] : []));
  if (folders.length > 2) await Promise.allSettled(folders.map((oid) => trees.read(oid)));
}
