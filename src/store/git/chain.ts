/** Commits on top of a tip, one after the other, which no ref names yet. */
import type { Edit } from '../../domain/draft.ts';
import type { Oid } from '../../domain/oid.ts';
import { messagePath } from '../../domain/record/path.ts';
import { encodeRecord } from '../records.ts';
import { setApart } from './attached-texts.ts';
import type { Branch } from './branch.ts';
import { type CommitParts, formatCommit } from './commit.ts';
import type { ObjectReader } from './objects.ts';
import { attachedPath } from './placement.ts';
import { type BlobEdit, editRecords, findEntry } from './record-tree.ts';
import { stageRootCommit } from './root-commit.ts';
import { Stage } from './stage.ts';
import type { TreeReader } from './tree.ts';

export interface Link extends Omit<CommitParts, 'tree' | 'parent'> {
  readonly edits: readonly Edit[];
  /** Files that the repository has, put to their places as they are. */
  readonly copies?: readonly BlobEdit[];
}

/** A snapshot is one: its tip, and the tree that is built on. */
export interface Parent {
  readonly tip: Oid | null;
  readonly root: Oid | undefined;
}

export interface Linked {
  readonly tip: Oid;
  readonly tree: Oid;
}

export class Chain {
  readonly #stage: Stage;

  readonly #trees: TreeReader;

  constructor(private readonly branch: Pick<Branch, 'repository' | 'inflight' | 'trees' | 'sealed'>) {
    this.#stage = new Stage(branch.repository, branch.inflight);
    this.#trees = branch.trees;
  }

  /** Where the parent's tip is null, the root commit comes first. */
  async add({ edits, copies = [], ...commit }: Link, { tip, root }: Parent): Promise<Linked> {
    const blobs: BlobEdit[] = [...copies];
    for (const { path, record } of edits) {
      if (record === null) {
        blobs.push({ path, oid: undefined }, ...(await this.#attachedTo(path, root)));
        continue;
      }
      const { record: own, files } = await setApart(record, (content) => this.#stage.add('blob', content));
      blobs.push(...files, { path, oid: await this.#stage.add('blob', encodeRecord(own)) });
    }
    const opened = tip === null ? await stageRootCommit(this.#stage, this.#trees) : undefined;
    const tree = await editRecords(this.#trees, root ?? opened?.tree, blobs, this.#stage);
    const parent = tip ?? opened?.commit;
    const content = await this.branch.sealed(formatCommit({ ...commit, tree, parent }));
    return { tip: await this.#stage.add('commit', content), tree };
  }

  /** What leaves the tree with the message at this path. */
  async #attachedTo(path: string, root: Oid | undefined): Promise<BlobEdit[]> {
    const gone: BlobEdit[] = [];
    const [folder, id = ''] = path.split('/');
    if (`${folder}/${id}` !== messagePath(id)) return gone;
    for (let n = 0; (await findEntry(this.#trees, root, attachedPath(id, n))) !== undefined; n++)
      gone.push({ path: attachedPath(id, n), oid: undefined });
    return gone;
  }

  /** Whoever reads by `objects` finds what is on the chain before it is on the disk, until the answer is called. */
  shownTo(objects: ObjectReader): () => void {
    return objects.include(this.#stage);
  }

  /** Whether it is worth a pack, which needs no write lock: nothing of a kept pack is in flight. */
  get isLong(): boolean {
    return this.#stage.isLong;
  }

  /** Resolves when all of it is on the disk. */
  persist(): Promise<void> {
    return this.#stage.persist();
  }

  /** The same, in less time where it is long. */
  persistMany(): Promise<void> {
    return this.#stage.persistMany();
  }

  /** It was written as a pack. */
  get isKept(): boolean {
    return this.#stage.isKept;
  }

  restoreMissing(isStored: (oid: Oid) => Promise<boolean>): Promise<void> {
    return this.#stage.restoreMissing(isStored);
  }
}
