/**
 * Commits of this clone, decided again on a tip of the authority. What a commit says is found in its own difference and
 * its trailers, so nothing outside the branch is needed, and any clone can do it for any other.
 */
import type { Context } from '../../domain/decision.ts';
import { Draft } from '../../domain/draft.ts';
import { qualifiedRecord } from '../../domain/hub/qualified-record.ts';
import type { Oid } from '../../domain/oid.ts';
import { qualified } from '../../domain/pattern/repository.ts';
import { agentPath, inboxFolder } from '../../domain/record/path.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import { isPlainFact, type Past } from '../../domain/replay/past.ts';
import { Renames } from '../../domain/replay/renames.ts';
import { type Replayed, replay } from '../../domain/replay/replay.ts';
import { instantOf } from '../../domain/time.ts';
import { addedFiles } from '../git/added-files.ts';
import type { OwnCommit } from '../git/ancestry.ts';
import type { Branch } from '../git/branch.ts';
import { Chain, type Link, type Parent } from '../git/chain.ts';
import { isOurs } from '../git/commit.ts';
import { inBatches } from '../git/in-batches.ts';
import { attachedFolder, isAttached } from '../git/placement.ts';
import { diffRecords, type EntryChange, findEntry } from '../git/record-tree.ts';
import { Snapshot } from '../git/snapshot.ts';
import { unlessWorldFails } from '../git/unless-world-fails.ts';
import type { World } from '../port.ts';
import { beginEpoch } from './epoch.ts';
import type { Renamed, Withdrawn } from './exchange.ts';
import { firstOf, pastOf } from './past-commit.ts';

/** So many objects at once are synced to the disk. */
const commitsPerPersist = 200;
/** Of fewer commits the trees are read and compared: that costs less than to start git. */
const askedTogetherMin = 10;

/** Keeps a view of the authority's tip between exchanges, for reading all claims anew would cost more than they do. */
export class Replaying {
  #snapshot: Snapshot | undefined;

  constructor(
    private readonly branch: Branch,
    private readonly isAwaited: (claimId: string) => boolean,
  ) {}

  /**
   * `theirs` are the commits that `onto` has and this clone lacked; `lost` is a tip whose tokens may be ahead of them. What
   * `decide` has not landed when it ends is forgotten.
   */
  async on<T>(
    onto: Oid,
    { theirs, lost }: { readonly theirs: readonly OwnCommit[]; readonly lost?: Oid | undefined },
    decide: (replay: Replay) => Promise<T>,
  ): Promise<T> {
    const { objects, trees, records, repository, ref } = this.branch;
    const known = this.#snapshot;
    this.#snapshot = undefined;
    const snapshot = known ?? new Snapshot(objects, trees, records, { ignoreCase: repository.ignoreCase, ref });
    await snapshot.moveTo(onto);
    const held = new Set(theirs.flatMap((each) => [each.oid, firstOf(each)]));
    const keep = () => {
      this.#snapshot = snapshot;
    };
    const one = new Replay(this.branch, snapshot, held, this.isAwaited, keep);
    try {
      if (lost !== undefined) await beginEpoch(one, lost, this.branch);
      return await decide(one);
    } finally {
      one.end();
    }
  }
}

export class Replay {
  readonly withdrawn: Withdrawn[] = [];
  readonly renamed: Renamed[] = [];
  readonly #renames = new Renames();
  #reseal: ReturnType<NonNullable<Branch['options']['openReseal']>> | undefined;
  #chain: Chain;
  /** What the next commit is built on. The snapshot follows when it is asked, for what is copied it need not know. */
  #at: Parent;
  #hideChain: () => void;
  /** Ends when all chains before this one are on the disk: git writes one while the next is made. */
  #persisted: Promise<void> = Promise.resolve();
  #sincePersisted = 0;
  #commits = 0;
  /** One for all commits: looking for evidence may ask git. What lapsed meanwhile is left to the next writer. */
  #world: World | undefined;
  /** What those commits did that added records and did nothing else, as far as git was asked. */
  #added: ReadonlyMap<Oid, readonly EntryChange[]> = new Map();
  /** The trees of commits of ours, which count as they are. */
  readonly #roots = new Map<Oid, Oid>();
  /** Claims about which no letter was written, because somebody waited for the answer. */
  readonly #unwritten = new Set<string>();

  constructor(
    private readonly branch: Branch,
    readonly snapshot: Snapshot,
    private readonly held: ReadonlySet<Oid>,
    private readonly isAwaited: (claimId: string) => boolean,
    private readonly keep: () => void,
  ) {
    this.#chain = new Chain(branch);
    this.#at = { tip: snapshot.tip, root: snapshot.root };
    this.#hideChain = this.#chain.shownTo(branch.objects);
  }

  end(): void {
    this.#hideChain();
  }

  /** Of what it has made so far. */
  get tip(): Oid | null {
    return this.#at.tip;
  }

  /** How many it has made so far. */
  get commits(): number {
    return this.#commits;
  }

  /** Oldest first. */
  async all(commits: readonly OwnCommit[]): Promise<void> {
    for (const { oid, commit } of commits) if (isOurs(commit)) this.#roots.set(oid, commit.tree);
    if (commits.length >= askedTogetherMin) this.#added = await this.#addedBy(commits);
    for (const own of commits) if (!this.held.has(firstOf(own))) await this.#again(own);
  }

  /**
   * Makes the branch name the result by `swap`. Under the write lock; `now` is what it names. `moved` also when somebody
   * stopped waiting since its claim was decided, who needs a letter now: whoever stops looks under the write lock again.
   */
  async land(now: Oid, swap: (next: Oid) => Promise<'moved' | 'done'>): Promise<'moved' | 'done'> {
    if (![...this.#unwritten].every(this.isAwaited)) return 'moved';
    await this.#persisted;
    await this.#chain.persistMany();
    const next = this.#at.tip;
    if (next === null || next === now) return 'done';
    const ended = await swap(next);
    if (ended === 'done') this.keep();
    return ended;
  }

  /** Does without the write lock what landing would do under it. Costs nothing but time if it does not land. */
  async prepare(): Promise<void> {
    if (this.#chain.isLong) await this.#persist();
    const { tip } = this.#at;
    if (tip !== null) await unlessWorldFails(() => this.branch.projector.prepare(tip));
    await this.#persisted;
  }

  async link(link: Link): Promise<void> {
    const before = this.#at;
    const { tip, tree } = await this.#chain.add(link, before);
    this.#at = { tip, root: tree };
    this.#commits += 1;
    const isAllKnown = this.snapshot.tip === before.tip && (link.copies ?? []).length === 0;
    if (isAllKnown) this.snapshot.advance(tip, tree, link.edits);
    await this.#count();
  }

  async #again(own: OwnCommit): Promise<void> {
    const past = pastOf(own);
    if (past === undefined) return;
    const all = this.#added.get(own.oid) ?? (await this.#changesOf(own));
    const changes = all.filter(({ path }) => !isAttached(path));
    const isPlain = isPlainFact(changes.map(({ path, before }) => ({ path, isNew: before === undefined })));
    if (isPlain && this.#renames.isEmpty && (await this.#areNew(changes, past.agent)))
      return this.#copy(own, past, all);
    await this.#follow();
    const { records, options, policy, repository } = this.branch;
    // What was recorded before the repository joined a hub has plain paths, and is of this repository.
    const inHub = <T extends AnyRecord | undefined>(record: T) => qualifiedRecord(record, repository.hubKey);
    const edits = await inBatches(changes, async ({ path, before, after }) => {
      const [old, now] = await Promise.all([before, after].map((entry) => records.read(path, entry)));
      return { path, before: inHub(old), after: inHub(now) };
    });
    this.#reseal ??= options.openReseal?.();
    const sealed = (await this.#reseal?.(edits, past, (query) => this.snapshot.ask(query))) ?? edits;
    const paths = past.paths.map((path) => qualified(path, repository.hubKey));
    this.#world ??= await this.branch.world(options.clock(), this.snapshot);
    // What ended since then says nothing about what was decided then.
    const world: World = { ...this.#world, processState: () => 'unknown' };
    const actor = { uid: past.uid, name: past.agent, host: options.host, boot: options.boot };
    const context: Context = { ...world, now: instantOf(world.nowMs), actor, policy };
    const decided = await this.snapshot.ask((view): Replayed => {
      return replay(new Draft(view), { ...past, paths, edits: sealed }, context, this.#renames, this.#asksWhether);
    });
    this.withdrawn.push(...decided.withdrawn);
    this.renamed.push(...decided.renamed);
    const { agent, headline, copies } = decided;
    if (decided.edits.length === 0 && copies.length === 0) return;
    const files = changes
      .filter(({ path }) => copies.includes(path))
      .map(({ path, after }) => ({ path, oid: after?.oid }));
    await this.link({ ...this.#commitOf(own, past), agent, headline, edits: decided.edits, copies: files });
  }

  async #follow(): Promise<void> {
    const { tip, root } = this.#at;
    if (this.snapshot.tip !== tip) await this.snapshot.moveToTree(tip, root);
  }

  readonly #asksWhether = (claimId: string): boolean => {
    const isAwaited = this.isAwaited(claimId);
    if (isAwaited) this.#unwritten.add(claimId);
    return isAwaited;
  };

  /** What was only added is added here, too, as the very files: nothing is read, and nothing written but folders. */
  async #copy(own: OwnCommit, past: Omit<Past, 'edits'>, changes: readonly EntryChange[]): Promise<void> {
    const { agent, op, subject, ids, paths, key, body } = past;
    const headline = {
      op,
      subject,
      ids,
      paths,
      ...(key !== undefined && { key }),
      ...(body !== undefined && { body }),
    };
    const copies = changes.map(({ path, after }) => ({ path, oid: after?.oid }));
    return this.link({ ...this.#commitOf(own, past), agent, headline, edits: [], copies });
  }

  #commitOf(own: OwnCommit, { uid }: Omit<Past, 'edits'>) {
    const { skipCi } = this.branch.policy;
    return { uid, atMs: this.branch.options.clock(), authoredMs: own.commit.authoredMs, was: firstOf(own), skipCi };
  }

  /** Attachments included. */
  async #changesOf({ oid, commit }: OwnCommit): Promise<EntryChange[]> {
    const [parent] = commit.parents;
    const [before, after] = await Promise.all([parent ?? null, oid].map((tip) => this.#rootOf(tip)));
    const changes: EntryChange[] = [];
    for (const folder of ['', attachedFolder]) {
      for await (const change of diffRecords(this.branch.trees, before, after, folder)) changes.push(change);
    }
    return changes;
  }

  /** Of those on top of a commit of ours: what was committed by hand below another does not count, and git counts it. */
  async #addedBy(commits: readonly OwnCommit[]): Promise<ReadonlyMap<Oid, readonly EntryChange[]>> {
    const asked = commits.filter(({ commit: { parents } }) => parents.every((parent) => this.#roots.has(parent)));
    return addedFiles(
      asked.map(({ oid }) => oid),
      this.branch.repository,
    );
  }

  async #rootOf(commit: Oid | null): Promise<Oid | undefined> {
    const known = commit === null ? undefined : this.#roots.get(commit);
    return known ?? this.branch.snapshot.rootOf(commit);
  }

  /** Nor has any of its agents another name there by now. */
  async #areNew(changes: readonly EntryChange[], author: string): Promise<boolean> {
    const { trees } = this.branch;
    const readers = changes.flatMap(({ path }) => (path.startsWith(inboxFolder('')) ? [path.split('/')[1] ?? ''] : []));
    for (const name of new Set([author, ...readers])) {
      if ((await findEntry(trees, this.#at.root, agentPath(name))) === undefined) return false;
    }
    for (const { path } of changes) {
      if ((await findEntry(trees, this.#at.root, path)) !== undefined) return false;
    }
    return true;
  }

  async #count(): Promise<void> {
    if (++this.#sincePersisted >= commitsPerPersist) await this.#persist();
  }

  /** Begins to: no more than one is under way, so that two are in memory at most. Who needs the end waits for it. */
  async #persist(): Promise<void> {
    this.#sincePersisted = 0;
    const [chain, hide] = [this.#chain, this.#hideChain];
    this.#chain = new Chain(this.branch);
    this.#hideChain = this.#chain.shownTo(this.branch.objects);
    await this.#persisted;
    this.#persisted = chain.persistMany().finally(hide);
    this.#persisted.catch(() => {});
  }
}
