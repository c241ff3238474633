/** Keeps the projection beside the branch: follows each commit, catches up when others wrote, or makes it anew. */
import type { Oid } from '../../domain/oid.ts';
import type { Change } from '../../domain/view.ts';
import { failureOf } from '../local/failure-of.ts';
import type { LineOptions } from '../projection/claims-lines.ts';
import { clearProjection, project } from '../projection/project.ts';
import { readLastStamp, readStamp, type Stamp, setStampAside, writeStamp } from '../projection/stamp.ts';
import { rootOf } from './branch-root.ts';
import { inBatches } from './in-batches.ts';
import type { ObjectReader } from './objects.ts';
import type { RecordReader } from './record-reader.ts';
import { diffRecords, type EntryChange, findEntry, walkEntries } from './record-tree.ts';
import type { TreeEntry, TreeReader } from './tree.ts';

/** A commit of ours leaves about seven loose objects; git itself packs at 6,700. */
const commitsPerPacking = 500;

export interface Step {
  readonly before: Oid | null;
  readonly tip: Oid;
  readonly root: Oid;
  /** What differs between the two tips. */
  readonly changes: readonly Change[];
  readonly commits: number;
  readonly nowMs: number;
}

interface ProjectorOptions extends LineOptions {
  readonly ref: string;
}

export class Projector {
  constructor(
    readonly dir: string,
    private readonly objects: ObjectReader,
    private readonly trees: TreeReader,
    private readonly records: RecordReader,
    private readonly options: ProjectorOptions,
  ) {}

  /**
   * After commits of our own, under the write lock. A projection that stands elsewhere catches up first; one that
   * cannot be written to is made anew. It never fails: they are made, and without the stamp nobody is misled.
   */
  async follow(step: Step): Promise<'due' | 'not-due'> {
    const stamp = this.#stamp();
    const before = (stamp ?? readLastStamp(this.dir))?.commitsSincePacking ?? 0;
    const commitsSincePacking = before + step.commits;
    const options = { ...this.options, nowMs: step.nowMs };
    try {
      setStampAside(this.dir);
      if (stamp !== undefined && stamp.tip === step.before) project(this.dir, step.changes, options);
      else await this.#catchUp(stamp, step.root, options);
      this.#write(step.tip, commitsSincePacking);
    } catch {
      await this.#remake(step, commitsSincePacking);
    }
    return packingAfter(before, commitsSincePacking);
  }

  /** One that was written for another place in a hub, or for none, stands for nothing. */
  #stamp(): Stamp | undefined {
    const stamp = readStamp(this.dir);
    return stamp?.hubKey === (this.options.hubKey ?? null) ? stamp : undefined;
  }

  #write(tip: Oid, commitsSincePacking: number): void {
    writeStamp(this.dir, { tip, hubKey: this.options.hubKey ?? null, commitsSincePacking });
  }

  async #remake({ tip, root, nowMs }: Step, commitsSincePacking: number): Promise<void> {
    try {
      await this.#catchUp(undefined, root, { ...this.options, nowMs });
      this.#write(tip, commitsSincePacking);
    } catch {
      // The stamp names an older tip, or is gone: readers go to the branch.
    }
  }

  /** Reads what `refresh` will want for this tip: where records are kept, little is left to read under the write lock. */
  async prepare(tip: Oid): Promise<void> {
    const stamp = this.#stamp();
    const known = stamp === undefined ? undefined : await this.#rootOfStamped(stamp.tip);
    const root = await rootOf(this.objects, this.trees, tip, this.options.ref);
    if (known !== undefined) await this.#changesBetween(known, root);
  }

  /** Makes the projection stand for `tip`, whatever it was before; `commits` came with it. Under the write lock. */
  async refresh(tip: Oid, nowMs: number, commits = 0): Promise<'due' | 'not-due'> {
    const stamp = this.#stamp();
    if (stamp?.tip === tip) return 'not-due';
    const root = await rootOf(this.objects, this.trees, tip, this.options.ref);
    const before = (stamp ?? readLastStamp(this.dir))?.commitsSincePacking ?? 0;
    const commitsSincePacking = before + commits;
    try {
      setStampAside(this.dir);
      await this.#catchUp(stamp, root, { ...this.options, nowMs });
      this.#write(tip, commitsSincePacking);
      return packingAfter(before, commitsSincePacking);
    } catch (cause) {
      throw failureOf(cause, 'write the projection', this.dir);
    }
  }

  async #catchUp(stamp: Stamp | undefined, root: Oid, options: LineOptions & { nowMs: number }): Promise<void> {
    const known = stamp === undefined ? undefined : await this.#rootOfStamped(stamp.tip);
    if (known === undefined) {
      clearProjection(this.dir);
      project(this.dir, await this.#everything(root), options);
      return;
    }
    project(this.dir, await this.#changesBetween(known, root), options);
  }

  async #changesBetween(known: Oid, root: Oid): Promise<Change[]> {
    const entries: EntryChange[] = [];
    for await (const entry of diffRecords(this.trees, known, root)) entries.push(entry);
    return inBatches(entries, async ({ path, before, after }) => {
      const [old, now] = await Promise.all([before, after].map((entry) => this.records.read(path, entry)));
      return { path, before: old, after: now };
    });
  }

  /** Undefined where the commit is not here any more. */
  async #rootOfStamped(tip: Oid): Promise<Oid | undefined> {
    const isHere = (await this.objects.find(tip)) !== undefined;
    return isHere ? rootOf(this.objects, this.trees, tip, this.options.ref) : undefined;
  }

  /** Only what the projection shows: receipts are read for unread messages alone. */
  async #everything(root: Oid): Promise<Change[]> {
    const entries: (readonly [path: string, entry: TreeEntry])[] = [];
    const unread = new Set<string>();
    for (const folder of ['claims', 'inbox', 'broadcast', 'asks', 'escalations', 'subscriptions', 'agents']) {
      for await (const [path, entry] of walkEntries(this.trees, root, folder)) {
        entries.push([path, entry]);
        if (folder === 'inbox' || folder === 'broadcast') unread.add(path.slice(path.lastIndexOf('/') + 1));
      }
    }
    for (const id of unread) {
      const path = `receipts/${id}`;
      const entry = await findEntry(this.trees, root, path);
      if (entry !== undefined) entries.push([path, entry]);
    }
    return inBatches(entries, async ([path, entry]) => {
      return { path, before: undefined, after: await this.records.read(path, entry) };
    });
  }
}

/** Once for so many commits, however many came at once. */
function packingAfter(before: number, now: number): 'due' | 'not-due' {
  const times = (count: number) => Math.floor(count / commitsPerPacking);
  return times(now) > times(before) ? 'due' : 'not-due';
}
