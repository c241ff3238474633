/** Trees as git writes them: entries `<mode> <name>\0<20 bytes>`, ordered as if folders ended with a slash (tree.c). */
import type { Oid } from '../../domain/oid.ts';
import type { ObjectReader } from './objects.ts';

export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly oid: Oid;
}

export type Tree = ReadonlyMap<string, TreeEntry>;

export const fileMode = '100644';
export const folderMode = '40000';
export const emptyTree: Tree = new Map();

export function isFolder(entry: TreeEntry): boolean {
  return entry.mode === folderMode;
}

export function parseTree(content: Buffer): Tree {
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    const name = content.toString('utf8', space + 1, end);
    const oid = content.toString('hex', end + 1, end + 21) as Oid;
    entries.set(name, { mode: content.toString('latin1', at, space), name, oid });
    at = end + 21;
  }
  return entries;
}

export function formatTree(tree: Tree): Buffer {
  const rows = [...tree.values()].map((entry) => ({
    key: Buffer.from(isFolder(entry) ? `${entry.name}/` : entry.name),
    bytes: Buffer.concat([Buffer.from(`${entry.mode} ${entry.name}\0`), Buffer.from(entry.oid, 'hex')]),
  }));
  rows.sort((a, b) => Buffer.compare(a.key, b.key));
  return Buffer.concat(rows.map(({ bytes }) => bytes));
}

/** Trees by their id, the most recently used ones kept: a tree never changes. */
export class TreeReader {
  readonly #treesByOid = new Map<Oid, Tree>();

  constructor(
    private readonly objects: ObjectReader,
    private readonly entriesMax = 400_000,
  ) {}

  #entries = 0;

  async read(oid: Oid | undefined): Promise<Tree> {
    if (oid === undefined) return emptyTree;
    const known = this.#treesByOid.get(oid);
    if (known !== undefined) {
      this.#treesByOid.delete(oid);
      this.#treesByOid.set(oid, known);
      return known;
    }
    const tree = parseTree((await this.objects.read(oid)).content);
    this.remember(oid, tree);
    return tree;
  }

  remember(oid: Oid, tree: Tree): void {
    this.#treesByOid.set(oid, tree);
    this.#entries += tree.size;
    for (const [old, { size }] of this.#treesByOid) {
      if (this.#entries <= this.entriesMax) break;
      this.#treesByOid.delete(old);
      this.#entries -= size;
    }
  }
}
