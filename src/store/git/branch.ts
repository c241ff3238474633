/**
 * The coordination branch as one process has it open: its objects, the view of its tip, the world that decisions are
 * told of. The store decides on it, and an exchange with the remote decides again on it.
 */
import { join } from 'node:path';
import { signalText } from '../../domain/guard/signal.ts';
import { readableText } from '../../domain/hub/readable.ts';
import { repositoriesIn } from '../../domain/hub/repositories.ts';
import type { Oid } from '../../domain/oid.ts';
import type { Policy } from '../../domain/policy.ts';
import { instantOf } from '../../domain/time.ts';
import type { Reseal } from '../../sealing/reseal.ts';
import { processState } from '../local/process.ts';
import { writeSignal } from '../local/signal-file.ts';
import { acquireWriteLock } from '../local/write-lock.ts';
import type { World } from '../port.ts';
import { noteUnconfirmed } from '../projection/own-ends.ts';
import { seenSince } from '../projection/project.ts';
import { gatherEvidence } from './evidence.ts';
import { refuseGone } from './gone.ts';
import { Inflight, looksMs } from './inflight.ts';
import type { Repository } from './locate.ts';
import { ObjectReader } from './objects.ts';
import { Projector } from './projector.ts';
import { refuseQuarantine } from './quarantine.ts';
import { RecordReader } from './record-reader.ts';
import { readRef } from './refs.ts';
import { openSigner, type Sign } from './sign.ts';
import { Snapshot } from './snapshot.ts';
import { syncedRef } from './synced-refs.ts';
import { trackingRef } from './tracking-ref.ts';
import { TreeReader } from './tree.ts';
import { differingClaims } from './unconfirmed.ts';
import { unlessWorldFails } from './unless-world-fails.ts';
import { listWorktrees } from './worktrees.ts';

export interface BranchOptions {
  readonly repository: Repository;
  readonly policy: Policy;
  /** Of a process that goes on; the policy that it began with unless given. */
  readonly policyNow?: () => Policy;
  readonly clock: () => number;
  readonly newId: (nowMs: number) => string;
  readonly host: string;
  readonly boot?: string | undefined;
  /** Whether claims are confirmed by a remote; without one they are by being recorded. */
  readonly hasRemote?: boolean;
  /** Nothing is written, not even what is derived. */
  readonly isReadOnly?: boolean;
  /** Seals anew what a chain of commits sealed for others than who may read it now. */
  readonly openReseal?: (() => Reseal) | undefined;
  /** Called when packing is due; must not wait for it. */
  readonly onPackingDue?: (() => void) | undefined;
}

const none: ReadonlySet<string> = new Set();

export class Branch {
  readonly repository: Repository;
  readonly ref: string;
  /** `intercom/` in the common git directory. */
  readonly dir: string;
  readonly inflight: Inflight;
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
  readonly records: RecordReader;
  readonly snapshot: Snapshot;
  readonly projector: Projector;
  readonly #sign: Sign;
  #turn: Promise<unknown> = Promise.resolve();
  #provisionalOf = '';
  #looks: readonly NodeJS.Timeout[] = [];

  constructor(readonly options: BranchOptions) {
    const { repository, policy } = options;
    this.repository = repository;
    this.#sign = openSigner(repository);
    this.ref = `refs/heads/${policy.branch}`;
    this.dir = join(repository.commonDir, 'intercom');
    this.inflight = new Inflight(this.dir, repository.commonDir);
    this.objects = new ObjectReader(repository, this.inflight);
    this.trees = new TreeReader(this.objects);
    this.records = new RecordReader(this.objects);
    const { ignoreCase } = repository;
    this.snapshot = new Snapshot(this.objects, this.trees, this.records, { ignoreCase, ref: this.ref });
    this.projector = new Projector(join(this.dir, 'projection'), this.objects, this.trees, this.records, {
      ignoreCase,
      ref: this.ref,
      hubKey: repository.hubKey ?? null,
    });
  }

  get policy(): Policy {
    return this.options.policyNow?.() ?? this.options.policy;
  }

  /** What `git fetch` of a person keeps of the remote's branch. */
  get remoteRef(): string {
    return trackingRef(this.policy);
  }

  /** A commit as it is written: signed where the policy wants it. */
  async sealed(commit: Buffer): Promise<Buffer> {
    return this.policy.sign ? this.#sign(commit) : commit;
  }

  /** One thing at a time in this process: the view is shared. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(act, act);
    this.#turn = next.catch(() => {});
    return next;
  }

  get isReadOnly(): boolean {
    return this.options.isReadOnly === true;
  }

  /** As the only writer of this clone. Within a turn. While it waits, it brings the view to the tip. */
  async underLock<T>(act: () => Promise<T>, how?: 'without a look at the tip'): Promise<T> {
    refuseGone(this.repository);
    refuseQuarantine(this.repository);
    const meanwhile = async () => this.follow(await this.readTip());
    const lock = await acquireWriteLock(this.dir, how === undefined ? { meanwhile } : {});
    try {
      return await act();
    } finally {
      await lock.release();
      await this.lookAfterObjects();
      this.#lookLater();
    }
  }

  /**
   * Writes again what a cleaner took since it was written: `git prune --expire=now` decides what to take before it takes it,
   * so a look after the swap may be too early. Whoever comes later looks, once in ten seconds, and only while
   * something is in flight.
   */
  async lookAfterObjects(): Promise<void> {
    if (this.isReadOnly) return;
    return unlessWorldFails(() => this.inflight.sweep((kept) => this.objects.secure(kept)));
  }

  /** A process that lives on needs nobody to come. */
  #lookLater(): void {
    for (const timer of this.#looks) clearTimeout(timer);
    this.#looks = looksMs.map((ms) => setTimeout(() => void this.inTurn(() => this.lookAfterObjects()), ms).unref());
  }

  /** Brings the view to a tip. */
  async follow(tip: Oid | null): Promise<void> {
    await this.snapshot.moveTo(tip);
    await this.lookAtProvisional();
  }

  /** What of the claims of the view's tip the authority had not confirmed when this clone heard of it last. */
  async lookAtProvisional(): Promise<void> {
    if (this.options.hasRemote !== true) return;
    const { view, tip, root } = this.snapshot;
    // Before the first exchange, what a person's clone or fetch brought is what the authority was known to have.
    const synced = (await readRef(this.repository, syncedRef)) ?? (await readRef(this.repository, this.remoteRef));
    const of = `${synced} ${tip}`;
    if (of === this.#provisionalOf) return;
    const known = synced === tip || synced === null ? undefined : await this.snapshot.rootOf(synced);
    const { absent, expiries } =
      synced === tip
        ? { absent: none, expiries: new Map() }
        : await differingClaims(this.trees, this.records, known, root);
    view.provisional = absent;
    view.confirmed = synced === null ? undefined : expiries;
    if (tip !== null && synced !== null && synced !== tip && !this.isReadOnly) {
      const missing = [...absent].map((id) => [id, undefined] as const);
      noteUnconfirmed(
        this.projector.dir,
        { tip, synced },
        new Map<string, string | undefined>([...missing, ...expiries]),
      );
    }
    this.#provisionalOf = of;
  }

  /** A clone that has the branch from its remote, and none of its own yet, begins where the remote's is. */
  async readTip(): Promise<Oid | null> {
    const own = await readRef(this.repository, this.ref);
    if (own === null) refuseGone(this.repository);
    return own ?? (await readRef(this.repository, this.remoteRef));
  }

  /** Of a snapshot as it stands now. */
  async world(nowMs: number, snapshot = this.snapshot): Promise<World> {
    const now = instantOf(nowMs);
    const over = await snapshot.ask((view) => view.claimsOver(now));
    const { newId, host, repository } = this.options;
    return {
      nowMs,
      newId: () => newId(nowMs),
      processState,
      evidence:
        over.length === 0
          ? new Map()
          : await gatherEvidence(snapshot, over, { host, ignoreCase: repository.ignoreCase }),
      seenSinceMs: (claimId) => {
        const claim = over.find(({ id }) => id === claimId);
        return claim === undefined ? undefined : seenSince(this.projector.dir, claim, repository);
      },
    };
  }

  /** Tells those without hooks, by a file in each work tree, where the policy wants one. */
  async signal(nowMs: number): Promise<void> {
    if (!this.policy.signalFile) return;
    const own = this.repository.hubKey;
    const text = await this.snapshot.ask((view) => {
      const signal = signalText(view, instantOf(nowMs));
      return own ? readableText(signal, own, repositoriesIn(view, own)) : signal;
    });
    const workTrees = (await listWorktrees(this.repository)).map(({ path }) => path);
    writeSignal(this.repository.commonDir, workTrees, text);
  }

  async close(): Promise<void> {
    for (const timer of this.#looks) clearTimeout(timer);
    await this.#turn;
    this.objects.close();
  }
}
