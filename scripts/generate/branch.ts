/** The scene as a branch: the git objects that the store would write, in memory. */
import { createHash } from 'node:crypto';
import { type Oid, parseOid } from '../../src/domain/oid.ts';
import { formatCommit } from '../../src/store/git/commit.ts';
import { type BlobEdit, editRecords } from '../../src/store/git/record-tree.ts';
import { stageRootCommit } from '../../src/store/git/root-commit.ts';
import type { Stage } from '../../src/store/git/stage.ts';
import { isFolder, parseTree, TreeReader } from '../../src/store/git/tree.ts';
import { encodeRecord } from '../../src/store/records.ts';
import type { Step } from './scene.ts';

export interface GitObject {
  readonly type: 'blob' | 'tree' | 'commit';
  readonly content: Buffer;
}

export interface Branch {
  readonly objects: ReadonlyMap<Oid, GitObject>;
  /** Oldest first; the first is the root. */
  readonly commits: readonly Oid[];
  readonly treeOf: (commit: Oid) => Oid;
}

export async function makeBranch(steps: readonly Step[]): Promise<Branch> {
  const objects = new Map<Oid, GitObject>();
  const trees = new Map<Oid, Oid>();
  const stage = {
    add: async (type: GitObject['type'], content: Uint8Array) => {
      const oid = parseOid(createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex'));
      objects.set(oid, { type, content: Buffer.from(content) });
      return oid;
    },
  } as unknown as Stage;
  const reader = new TreeReader({ read: async (oid: Oid) => objects.get(oid) } as never);
  let { commit: parent, tree } = await stageRootCommit(stage, reader);
  const commits = [parent];
  trees.set(parent, tree);
  for (const { edits, actor, atMs, headline } of steps) {
    const blobs: BlobEdit[] = [];
    for (const { path, record } of edits) {
      blobs.push({ path, oid: record === null ? undefined : await stage.add('blob', encodeRecord(record)) });
    }
    tree = await editRecords(reader, tree, blobs, stage);
    const { name: agent, uid } = actor;
    parent = await stage.add('commit', formatCommit({ tree, parent, agent, uid, atMs, headline, skipCi: true }));
    commits.push(parent);
    trees.set(parent, tree);
  }
  return { objects, commits, treeOf: (commit) => trees.get(commit) as Oid };
}

/** `git ls-tree -r --name-only`. */
export function filesOf({ objects }: Branch, tree: Oid, prefix = ''): string[] {
  return [...parseTree(contentOf(objects, tree)).values()].flatMap((entry) => {
    const path = prefix + entry.name;
    return isFolder(entry) ? filesOf({ objects } as Branch, entry.oid, `${path}/`) : [path];
  });
}

/** `git ls-tree`. */
export function listTree({ objects }: Branch, tree: Oid): string {
  const entries = [...parseTree(contentOf(objects, tree)).values()];
  return entries
    .map(({ mode, name, oid }) => `${mode.padStart(6, '0')} ${mode === '40000' ? 'tree' : 'blob'} ${oid}\t${name}`)
    .join('\n');
}

export function textOf({ objects }: Branch, oid: Oid): string {
  return contentOf(objects, oid).toString('utf8');
}

function contentOf(objects: Branch['objects'], oid: Oid): Buffer {
  const object = objects.get(oid);
  if (object === undefined) throw new Error(`${oid} is no object of the scene`);
  return object.content;
}
