/**
 * The store over a git repository: one branch, moved by compare-and-swap.
 *
 * A transaction takes the write lock, reads the tip, decides, writes blobs, trees and a commit, syncs them to the disk,
 * and swaps the ref. The lock saves work and garbage; correctness is the swap's: a ref that somebody else moved is read
 * again and the decision is made again.
 */
import { join } from 'node:path';
import type { Edit } from '../../domain/draft.ts';
import { IntercomError } from '../../domain/failure.ts';
import { signalText } from '../../domain/guard/signal.ts';
import type { Oid } from '../../domain/oid.ts';
import type { Policy } from '../../domain/policy.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import { instantOf } from '../../domain/time.ts';
import type { Change, View } from '../../domain/view.ts';
import { ShellJournal } from '../local/shell-journal.ts';
import { writeSignal } from '../local/signal-file.ts';
import { WarnedJournal } from '../local/warned-journal.ts';
import { acquireWriteLock } from '../local/write-lock.ts';
import type {
  HistoryEntry,
  Journals,
  LocatedBranch,
  Outcome,
  Place,
  Proposal,
  Propose,
  Store,
  World,
} from '../port.ts';
import { DeliveredJournal } from '../projection/delivered-journal.ts';
import { seenSince } from '../projection/project.ts';
import { encodeRecord } from '../records.ts';
import { watchTips } from '../watch/tips.ts';
import { formatCommit } from './commit.ts';
import { gatherEvidence } from './evidence.ts';
import { readFetched } from './fetched.ts';
import { readHistory } from './history.ts';
import { Inflight } from './inflight.ts';
import type { Repository } from './locate.ts';
import { ObjectReader } from './objects.ts';
import { Projector } from './projector.ts';
import { refuseQuarantine } from './quarantine.ts';
import { RecordReader } from './record-reader.ts';
import { type BlobEdit, editRecords, walkEntries } from './record-tree.ts';
import { compareAndSwapRef, readRef } from './refs.ts';
import { stageRootCommit } from './root-commit.ts';
import { Snapshot } from './snapshot.ts';
import { Stage } from './stage.ts';
import { TreeReader } from './tree.ts';
import { listWorktrees } from './worktrees.ts';

/** A ref that moves under the write lock was moved by a foreign git; that many in a row is no coincidence. */
const attemptsMax = 100;

export interface GitStoreOptions {
  readonly repository: Repository;
  readonly policy: Policy;
  /** Of a process that goes on; the policy that it began with unless given. */
  readonly policyNow?: () => Policy;
  readonly clock: () => number;
  readonly newId: (nowMs: number) => string;
  readonly host: string;
  /** Called after a commit when packing is due; must not wait for it. */
  readonly onPackingDue: (() => void) | undefined;
}

export function openGitStore(options: GitStoreOptions): Store {
  return new GitStore(options);
}

class GitStore implements Store {
  readonly place: Place;
  readonly journals: Journals;
  readonly #repository: Repository;
  readonly #dir: string;
  readonly #inflight: Inflight;
  readonly #objects: ObjectReader;
  readonly #trees: TreeReader;
  readonly #records: RecordReader;
  readonly #snapshot: Snapshot;
  readonly #projector: Projector;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: GitStoreOptions) {
    const { repository, policy } = options;
    this.#repository = repository;
    this.#dir = join(repository.commonDir, 'intercom');
    this.#inflight = new Inflight(this.#dir, repository.commonDir);
    this.#objects = new ObjectReader(repository, this.#inflight);
    this.#trees = new TreeReader(this.#objects);
    this.#records = new RecordReader(this.#objects);
    const { ignoreCase } = repository;
    const ref = `refs/heads/${policy.branch}`;
    this.#snapshot = new Snapshot(this.#objects, this.#trees, this.#records, { ignoreCase, ref });
    this.#projector = new Projector(join(this.#dir, 'projection'), this.#objects, this.#trees, repository);
    this.journals = {
      delivered: new DeliveredJournal(this.#dir),
      warned: new WarnedJournal(this.#dir),
      shell: new ShellJournal(this.#dir),
    };
    this.place = {
      commonDir: repository.commonDir,
      workTree: repository.workTree,
      headBranch: repository.headBranch,
      ref,
      ignoreCase,
      isShallow: repository.isShallow,
      refFormat: repository.refFormat,
    };
  }

  get policy(): Policy {
    return this.options.policyNow?.() ?? this.options.policy;
  }

  read<T>(query: (view: View, nowMs: number) => T): Promise<T> {
    return this.#inTurn(async () => {
      await this.#snapshot.moveTo(await this.#readTip());
      return this.#snapshot.ask((view) => query(view, this.options.clock()));
    });
  }

  transact<T>(propose: Propose<T>): Promise<Outcome<T>> {
    return this.#inTurn(async () => {
      refuseQuarantine(this.#repository);
      const lock = await acquireWriteLock(this.#dir, {
        meanwhile: async () => this.#snapshot.moveTo(await this.#readTip()),
      });
      try {
        return await this.#attempts(propose);
      } finally {
        await lock.release();
        await unlessWorldFails(() => this.#inflight.sweep((objects) => this.#objects.secure(objects)));
      }
    });
  }

  async locateBranch(): Promise<LocatedBranch | null> {
    for (const ref of [this.place.ref, this.#remoteRef()]) {
      const tip = await readRef(this.#repository, ref);
      if (tip !== null) return { ref, tip };
    }
    const tip = readFetched(this.#repository.gitDir, this.policy.branch);
    return tip === null ? null : { ref: 'FETCH_HEAD', tip };
  }

  async *scan(folder: string, tip?: Oid): AsyncIterable<readonly [string, AnyRecord, string]> {
    const root = await this.#snapshot.rootOf(tip ?? (await this.#readTip()));
    for await (const [path, entry, file] of walkEntries(this.#trees, root, folder)) {
      yield [path, await this.#records.read(path, entry), file];
    }
  }

  async *paths(folder: string): AsyncIterable<readonly [string]> {
    const root = await this.#snapshot.rootOf(await this.#readTip());
    for await (const [path] of walkEntries(this.#trees, root, folder)) yield [path];
  }

  async *history(): AsyncIterable<HistoryEntry> {
    const tip = await this.#readTip();
    if (tip !== null) yield* readHistory(this.#objects, tip);
  }

  tips(signal: AbortSignal): AsyncIterable<Oid | null> {
    return watchTips({ repository: this.#repository, ref: this.place.ref, readTip: () => this.#readTip() }, signal);
  }

  changes(before: Oid | null, after: Oid | null): Promise<readonly Change[]> {
    return this.#inTurn(() => this.#snapshot.changes(before, after));
  }

  async close(): Promise<void> {
    await this.#turn;
    this.#objects.close();
  }

  /** One thing at a time in this process: the view is shared. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(act, act);
    this.#turn = next.catch(() => {});
    return next;
  }

  /** A clone that has the branch from its remote, and none of its own yet, begins where the remote's is. */
  async #readTip(): Promise<Oid | null> {
    const own = await readRef(this.#repository, this.place.ref);
    return own ?? (await readRef(this.#repository, this.#remoteRef()));
  }

  #remoteRef(): string {
    return `refs/remotes/origin/${this.policy.branch}`;
  }

  async #attempts<T>(propose: Propose<T>): Promise<Outcome<T>> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const outcome = await this.#attempt(propose);
      if (outcome !== 'moved') return outcome;
    }
    throw new IntercomError({
      code: 'ref-locked',
      message: `Something else moved ${this.place.ref} ${attemptsMax} times in a row. Nothing was recorded.`,
      next: 'Find the program that writes this branch, and run the command again.',
    });
  }

  async #attempt<T>(propose: Propose<T>): Promise<Outcome<T> | 'moved'> {
    const expected = await readRef(this.#repository, this.place.ref);
    await this.#snapshot.moveTo(expected ?? (await this.#readTip()));
    const nowMs = this.options.clock();
    const world = await this.#world(nowMs);
    const proposal = await this.#snapshot.ask((view) => propose(view, world));
    if (!proposal.ok) return { ok: false, refusal: proposal.refusal, nowMs };
    if (proposal.edits.length === 0) return { ok: true, result: proposal.result, nowMs };
    const swapped = await this.#commit(proposal, expected, nowMs);
    return swapped ? { ok: true, result: proposal.result, nowMs } : 'moved';
  }

  async #world(nowMs: number): Promise<World> {
    const now = instantOf(nowMs);
    const over = await this.#snapshot.ask((view) => view.claimsOver(now));
    const { newId, host } = this.options;
    return {
      nowMs,
      newId: () => newId(nowMs),
      evidence: over.length === 0 ? new Map() : await gatherEvidence(this.#snapshot, over, host),
      seenSinceMs: (claimId) => {
        const claim = over.find(({ id }) => id === claimId);
        return claim === undefined ? undefined : seenSince(this.#projector.dir, claim, this.place);
      },
    };
  }

  async #commit<T>(proposal: Proposal<T> & { ok: true }, expected: Oid | null, nowMs: number): Promise<boolean> {
    const stage = new Stage(this.#repository, this.#inflight);
    const blobs: BlobEdit[] = [];
    for (const { path, record } of proposal.edits) {
      const oid = record === null ? undefined : await stage.add('blob', encodeRecord(record));
      blobs.push({ path, oid });
    }
    const opened = this.#snapshot.tip === null ? await stageRootCommit(stage, this.#trees) : undefined;
    const parent = this.#snapshot.tip ?? opened?.commit;
    const tree = await editRecords(this.#trees, this.#snapshot.root ?? opened?.tree, blobs, stage);
    const { agent, uid, headline } = proposal;
    const skipCi = this.policy.skipCi;
    const commit = formatCommit({ tree, parent, agent, uid, atMs: nowMs, headline, skipCi });
    const tip = await stage.add('commit', commit);
    await stage.persist();

    const before = this.#snapshot.tip;
    const changes = await this.#describe(proposal.edits);
    const swap = await compareAndSwapRef(this.#repository, this.place.ref, expected ?? 'absent', tip, this.#dir);
    if (swap !== 'swapped') return false;
    // It is recorded, and its bytes are in flight: what fails from here on is made good later and must not say otherwise.
    await unlessWorldFails(() => stage.restoreMissing((oid) => this.#objects.isStored(oid)));
    this.#snapshot.advance(tip, tree, proposal.edits);
    await unlessWorldFails(async () => {
      const packing = await this.#projector.follow({ before, tip, root: tree, changes, nowMs });
      if (packing === 'due') this.options.onPackingDue?.();
      if (this.policy.signalFile) await this.#signal(nowMs);
    });
    return true;
  }

  async #signal(nowMs: number): Promise<void> {
    const text = await this.#snapshot.ask((view) => signalText(view, instantOf(nowMs)));
    const workTrees = (await listWorktrees(this.#repository)).map(({ path }) => path);
    writeSignal(this.#repository.commonDir, workTrees, text);
  }

  async #describe(edits: readonly Edit[]): Promise<Change[]> {
    const changes: Change[] = [];
    for (const { path, record } of edits) {
      const before = await this.#snapshot.ask((view) => view.record(path));
      changes.push({ path, before, after: record ?? undefined });
    }
    return changes;
  }
}

/** A disk that is full or read-only is let pass; a defect of ours is not. */
async function unlessWorldFails(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    const isOfTheSystem = /^E[A-Z0-9]+$/.test(String((cause as NodeJS.ErrnoException).code));
    if (!isOfTheSystem && !(cause instanceof IntercomError)) throw cause;
  }
}
