/** Keeps the projection beside the branch: follows each commit, catches up when others wrote, or makes it anew. */
import type { Oid } from '../../domain/oid.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import type { Change } from '../../domain/view.ts';
import { clearProjection, project } from '../projection/project.ts';
import { readStamp, type Stamp, writeStamp } from '../projection/stamp.ts';
import { decodeRecord } from '../records.ts';
import { parseCommit } from './commit.ts';
import { inBatches } from './in-batches.ts';
import type { ObjectReader } from './objects.ts';
import { type BlobChange, diffRecords, findBlob, walkBlobs } from './record-tree.ts';
import type { TreeReader } from './tree.ts';

/** A commit of ours leaves about seven loose objects; git itself packs at 6,700. */
const commitsPerPacking = 500;

export interface Step {
  readonly before: Oid | null;
  readonly tip: Oid;
  readonly root: Oid;
  readonly changes: readonly Change[];
  readonly nowMs: number;
}

export class Projector {
  constructor(
    readonly dir: string,
    private readonly objects: ObjectReader,
    private readonly trees: TreeReader,
    private readonly options: { readonly ignoreCase: boolean },
  ) {}

  /** After a commit of our own, under the write lock. A projection that stands elsewhere catches up first. */
  async follow(step: Step): Promise<'due' | 'not-due'> {
    const stamp = readStamp(this.dir);
    const options = { ...this.options, nowMs: step.nowMs };
    if (stamp !== undefined && stamp.tip === step.before) project(this.dir, step.changes, options);
    else await this.#catchUp(stamp, step.root, options);
    const commitsSincePacking = (stamp?.commitsSincePacking ?? 0) + 1;
    writeStamp(this.dir, { tip: step.tip, commitsSincePacking });
    return commitsSincePacking % commitsPerPacking === 0 ? 'due' : 'not-due';
  }

  /** Makes the projection stand for `tip`, whatever it was before. Under the write lock. */
  async refresh(tip: Oid, nowMs: number): Promise<void> {
    const stamp = readStamp(this.dir);
    if (stamp?.tip === tip) return;
    const { tree } = parseCommit((await this.objects.read(tip)).content);
    await this.#catchUp(stamp, tree, { ...this.options, nowMs });
    writeStamp(this.dir, { tip, commitsSincePacking: stamp?.commitsSincePacking ?? 0 });
  }

  async #catchUp(stamp: Stamp | undefined, root: Oid, options: { ignoreCase: boolean; nowMs: number }): Promise<void> {
    const known = stamp === undefined ? undefined : await this.objects.find(stamp.tip as Oid);
    if (known === undefined) {
      clearProjection(this.dir);
      project(this.dir, await this.#everything(root), options);
      return;
    }
    const blobs: BlobChange[] = [];
    for await (const blob of diffRecords(this.trees, parseCommit(known.content).tree, root)) blobs.push(blob);
    const changes = await inBatches(blobs, async ({ path, before, after }) => {
      return { path, before: await this.#record(path, before), after: await this.#record(path, after) };
    });
    project(this.dir, changes, options);
  }

  /** Only what the projection shows: receipts are read for unread messages alone. */
  async #everything(root: Oid): Promise<Change[]> {
    const blobs: (readonly [path: string, oid: Oid])[] = [];
    const unread = new Set<string>();
    for (const folder of ['claims', 'inbox', 'broadcast']) {
      for await (const blob of walkBlobs(this.trees, root, folder)) {
        blobs.push(blob);
        if (folder !== 'claims') unread.add(blob[0].slice(blob[0].lastIndexOf('/') + 1));
      }
    }
    for (const id of unread) {
      const path = `receipts/${id}`;
      const oid = await findBlob(this.trees, root, path);
      if (oid !== undefined) blobs.push([path, oid]);
    }
    return inBatches(blobs, async ([path, oid]) => ({
      path,
      before: undefined,
      after: await this.#record(path, oid),
    }));
  }

  async #record(path: string, oid: Oid | undefined): Promise<AnyRecord | undefined> {
    return oid === undefined ? undefined : decodeRecord(path, (await this.objects.read(oid)).content);
  }
}
