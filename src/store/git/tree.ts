/** Trees as git writes them: entries `<mode> <name>\0<20 bytes>`, ordered as if folders ended with a slash (tree.c). */
import { IntercomError } from '../../domain/failure.ts';
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

/** Old versions of git wrote modes with a zero before them. */
export function isFolder(entry: TreeEntry): boolean {
  return entry.mode === folderMode || entry.mode === '040000';
}

/** What stands in the place of a file, in words; undefined for a file. */
export function insteadOfFile(entry: TreeEntry): string | undefined {
  if (isFolder(entry)) return 'a folder';
  if (entry.mode === '120000') return 'a symbolic link';
  if (entry.mode === '160000') return 'a submodule';
  return /^0?100\d{3}$/.test(entry.mode) ? undefined : `an entry of mode ${entry.mode}`;
}

/** Throws `damaged` for bytes that are no tree. */
export function parseTree(content: Buffer, oid = ''): Tree {
  const entries = new Map<string, TreeEntry>();
  // Cut from two long strings: four times as quick as asking the buffer for each.
  const text = content.toString('latin1');
  const digits = content.toString('hex');
  for (let at = 0; at < content.length; ) {
    const space = text.indexOf(' ', at);
    const end = space < 0 ? -1 : text.indexOf('\0', space);
    if (end < 0 || end + 21 > content.length) {
      throw new IntercomError({
        code: 'damaged',
        message: `The tree ${oid} of the coordination branch is torn.`,
        next: 'Run git fsck to see what else is; another clone may still have it whole.',
        data: { oid },
      });
    }
    const name = nameOf(text.slice(space + 1, end));
    const entryOid = digits.slice(2 * (end + 1), 2 * (end + 21)) as Oid;
    entries.set(name, { mode: text.slice(at, space), name, oid: entryOid });
    at = end + 21;
  }
  return entries;
}

export function formatTree(tree: Tree): Buffer {
  let size = 0;
  const rows = [...tree.values()].map((entry) => {
    const name = latin1Of(entry.name);
    const head = `${entry.mode} ${name}\0`;
    size += head.length + 20;
    return { key: isFolder(entry) ? `${name}/` : name, head, oid: entry.oid };
  });
  rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  const content = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { head, oid } of rows) {
    at += content.write(head, at, 'latin1');
    at += content.write(oid, at, 20, 'hex');
  }
  return content;
}

/**
 * A name from its bytes, each as the character of its value. One that is no UTF-8 survives a rewrite: its bytes from 80 on
 * become lone surrogates, which no other name has (PEP 383 does the same).
 */
function nameOf(latin1: string): string {
  if (isPlain(latin1)) return latin1;
  const bytes = Buffer.from(latin1, 'latin1');
  const name = bytes.toString('utf8');
  if (!name.includes('\ufffd') || Buffer.from(name).equals(bytes)) return name;
  return latin1.replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(0xdc00 + byte.charCodeAt(0)));
}

/** The same back: in this form names are ordered as git orders their bytes. */
function latin1Of(name: string): string {
  if (isPlain(name)) return name;
  if (!/(?<![\ud800-\udbff])[\udc80-\udcff]/.test(name)) return Buffer.from(name).toString('latin1');
  return name.replace(/[\udc80-\udcff]/g, (lone) => String.fromCharCode(lone.charCodeAt(0) - 0xdc00));
}

function isPlain(name: string): boolean {
  return /^[ -~]*$/.test(name);
}

/** Trees by their id, the most recently used ones kept: a tree never changes. */
export class TreeReader {
  readonly #treesByOid = new Map<Oid, Tree>();

  constructor(
    private readonly objects: ObjectReader,
    private readonly entriesMax = 50_000,
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
    const tree = parseTree((await this.objects.read(oid, 'tree')).content, oid);
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
