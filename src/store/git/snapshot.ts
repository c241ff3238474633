/** The view of one commit, loaded as far as it is looked into, and moved along when the tip moves. */
import type { Edit } from '../../domain/draft.ts';
import type { Oid } from '../../domain/oid.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import { type Change, NotLoaded, View } from '../../domain/view.ts';
import { formatPath, rootOf } from './branch-root.ts';
import { inBatches } from './in-batches.ts';
import type { ObjectReader } from './objects.ts';
import type { RecordReader } from './record-reader.ts';
import { diffRecords, type EntryChange, findEntry, listEntries } from './record-tree.ts';
import type { TreeEntry, TreeReader } from './tree.ts';

/** No decision looks into more folders and single records than this; more means that it never ends. */
const loadsMax = 100_000;
/** Of commits whose trees are remembered. */
const rootsMax = 1_000;

export class Snapshot {
  readonly view: View;
  #tip: Oid | null = null;
  #root: Oid | undefined;
  readonly #roots = new Map<Oid, Oid>();

  constructor(
    private readonly objects: ObjectReader,
    private readonly trees: TreeReader,
    private readonly records: RecordReader,
    private readonly options: { readonly ignoreCase: boolean; readonly ref: string },
  ) {
    this.view = new View(options);
  }

  get tip(): Oid | null {
    return this.#tip;
  }

  get root(): Oid | undefined {
    return this.#root;
  }

  /** Brings the view to a tip that somebody else made, reading only what differs. */
  async moveTo(tip: Oid | null): Promise<void> {
    if (tip !== this.#tip) await this.moveToTree(tip, await this.rootOf(tip));
  }

  /** The same for a commit whose tree is known, and which need not be on the disk. */
  async moveToTree(tip: Oid | null, root: Oid | undefined): Promise<void> {
    const isLoaded = [...this.view.loadedFolders()].length > 0;
    const changes = isLoaded ? await this.#changesBetween(this.#root, root) : [];
    this.view.forgetRecords();
    this.view.apply(changes);
    this.#tip = tip;
    this.#root = root;
  }

  /** Follows a commit of our own, whose edits are known. */
  advance(tip: Oid, root: Oid, edits: readonly Edit[]): void {
    this.view.apply(edits.map(({ path, record }) => ({ path, after: record ?? undefined })));
    this.#tip = tip;
    this.#root = root;
  }

  /** Runs a pure question as often as it takes until all that it reaches for is loaded. */
  async ask<T>(question: (view: View) => T): Promise<T> {
    for (let loads = 0; loads < loadsMax; loads++) {
      try {
        return question(this.view);
      } catch (thrown) {
        if (!(thrown instanceof NotLoaded)) throw thrown;
        await this.#load(thrown.wanted);
      }
    }
    throw new Error('a decision never had all that it reached for');
  }

  async changes(before: Oid | null, after: Oid | null): Promise<Change[]> {
    const changes: EntryChange[] = [];
    for await (const change of diffRecords(this.trees, await this.rootOf(before), await this.rootOf(after))) {
      if (change.path !== formatPath) changes.push(change);
    }
    return inBatches(changes, async (change) => {
      const [old, now] = await Promise.all(
        [change.before, change.after].map((entry) => this.records.read(change.path, entry)),
      );
      return { path: change.path, before: old, after: now };
    });
  }

  /** Looked up once: what a commit is never changes. */
  async rootOf(tip: Oid | null): Promise<Oid | undefined> {
    if (tip === null) return undefined;
    const root = this.#roots.get(tip) ?? (await rootOf(this.objects, this.trees, tip, this.options.ref));
    if (this.#roots.size >= rootsMax) this.#roots.clear();
    this.#roots.set(tip, root);
    return root;
  }

  async #changesBetween(
    before: Oid | undefined,
    after: Oid | undefined,
  ): Promise<{ path: string; after: AnyRecord | undefined }[]> {
    const changes: EntryChange[] = [];
    for await (const change of diffRecords(this.trees, before, after)) {
      const folder = change.path.slice(0, Math.max(0, change.path.lastIndexOf('/')));
      if (this.view.isLoaded(folder)) changes.push(change);
    }
    return inBatches(changes, async (change) => ({
      path: change.path,
      after: await this.records.read(change.path, change.after),
    }));
  }

  async #load(wanted: NotLoaded['wanted']): Promise<void> {
    if ('path' in wanted) {
      await inBatches([wanted.path, ...(wanted.more ?? [])], async (path) => {
        const entry = await findEntry(this.trees, this.#root, path);
        this.view.loadRecord(path, await this.records.read(path, entry));
      });
      return;
    }
    if (wanted.isForNames === true) {
      await inBatches([wanted.folder, ...(wanted.more ?? [])], async (folder) => {
        this.view.loadNames(
          folder,
          (await this.#entriesIn(folder)).map(([name]) => name),
        );
      });
      return;
    }
    const records = await inBatches(
      await this.#entriesIn(wanted.folder),
      async ([name, entry]): Promise<readonly [string, AnyRecord]> => {
        return [name, await this.records.read(`${wanted.folder}/${name}`, entry)];
      },
    );
    this.view.loadFolder(wanted.folder, new Map(records));
  }

  async #entriesIn(folder: string): Promise<(readonly [name: string, entry: TreeEntry])[]> {
    const entries: (readonly [name: string, entry: TreeEntry])[] = [];
    for await (const entry of listEntries(this.trees, this.#root, folder)) entries.push(entry);
    return entries;
  }
}
