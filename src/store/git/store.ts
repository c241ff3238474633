/**
 * The store over a git repository: one branch, moved by compare-and-swap.
 *
 * A transaction takes the write lock, reads the tip, decides, writes blobs, trees and a commit, syncs them to the disk,
 * and swaps the ref. The lock saves work and garbage; correctness is the swap's: a ref that somebody else moved is read
 * again and the decision is made again.
 */
import type { SeenCommit, Signature } from '../../domain/check/seen-commit.ts';
import type { Edit } from '../../domain/draft.ts';
import { IntercomError } from '../../domain/failure.ts';
import type { ShownMessage } from '../../domain/message/present.ts';
import type { Oid } from '../../domain/oid.ts';
import type { Policy } from '../../domain/policy.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import type { Change, View } from '../../domain/view.ts';
import type { Journals } from '../journals.ts';
import { ShellJournal } from '../local/shell-journal.ts';
import { WarnedJournal } from '../local/warned-journal.ts';
import type { HistoryEntry, LocatedBranch, Outcome, Place, Proposal, Propose, Store } from '../port.ts';
import { DeliveredJournal } from '../projection/delivered-journal.ts';
import { openArchive } from '../search/archive.ts';
import type { Archive } from '../search/port.ts';
import { watchTips } from '../watch/tips.ts';
import { auditCommits } from './audit.ts';
import type { Branch } from './branch.ts';
import { treeOf } from './branch-root.ts';
import { Chain } from './chain.ts';
import { readFetched } from './fetched.ts';
import { readHistory } from './history.ts';
import { MessageSignatures } from './message-signatures.ts';
import { findObeyed } from './obeyed.ts';
import { pastRecords } from './past-records.ts';
import { walkEntries } from './record-tree.ts';
import { compareAndSwapRef, readRef } from './refs.ts';
import { readSignatures } from './signatures.ts';
import { unlessWorldFails } from './unless-world-fails.ts';

/** A ref that moves under the write lock was moved by a foreign git; that many in a row is no coincidence. */
const attemptsMax = 100;

/** `onUnpushed` is called after each commit of this store, with its operation; it must not wait for anything. */
export function openGitStore(branch: Branch, onUnpushed?: (op: string) => void): Store {
  return new GitStore(branch, onUnpushed);
}

/** From so many records on, a commit is written as one pack: some hundred files would be synced under the write lock. */
const manyEdits = 64;

class GitStore implements Store {
  readonly place: Place;
  readonly journals: Journals;
  readonly archive: Archive;
  readonly #branch: Branch;
  readonly #signatures: MessageSignatures;

  constructor(
    branch: Branch,
    private readonly onUnpushed: ((op: string) => void) | undefined,
  ) {
    this.#branch = branch;
    const { dir, ref, repository } = branch;
    this.archive = openArchive(branch);
    this.#signatures = new MessageSignatures(
      branch,
      async (path) => (await this.read((view) => view.record(path))) ?? (await this.archive.last([path]))[0],
    );
    this.journals = {
      delivered: new DeliveredJournal(dir),
      reads: new DeliveredJournal(dir, 'reads'),
      warned: new WarnedJournal(dir),
      shell: new ShellJournal(dir),
    };
    this.place = {
      commonDir: repository.commonDir,
      workTree: repository.workTree,
      headBranch: repository.headBranch,
      ref,
      ignoreCase: repository.ignoreCase,
      isShallow: repository.isShallow,
      refFormat: repository.refFormat,
      repository: repository.hubKey ?? null,
    };
  }

  get policy(): Policy {
    return this.#branch.policy;
  }

  read<T>(query: (view: View, nowMs: number) => T): Promise<T> {
    const { snapshot } = this.#branch;
    return this.#branch.inTurn(async () => {
      await this.#branch.follow(await this.#branch.readTip());
      const answer = await snapshot.ask((view) => query(view, this.#branch.options.clock()));
      await this.#branch.lookAfterObjects();
      return answer;
    });
  }

  transact<T>(propose: Propose<T>): Promise<Outcome<T>> {
    return this.#branch.inTurn(() => this.#branch.underLock(() => this.#attempts(propose)));
  }

  async locateBranch(): Promise<LocatedBranch | null> {
    const { repository, remoteRef } = this.#branch;
    for (const ref of [this.place.ref, remoteRef]) {
      const tip = await readRef(repository, ref);
      if (tip !== null) return { ref, tip };
    }
    const tip = readFetched(repository.gitDir, this.policy.branch);
    return tip === null ? null : { ref: 'FETCH_HEAD', tip };
  }

  async *scan(
    folder: string,
    tip?: Oid,
    how: 'obeyed' | 'as-is' = 'obeyed',
  ): AsyncIterable<readonly [string, AnyRecord, string]> {
    const { snapshot, objects, trees, records } = this.#branch;
    const at = tip ?? (await this.#branch.readTip());
    const obeyed = await snapshot.rootOf(at);
    const root = how === 'as-is' && at !== null ? await treeOf(objects, at) : obeyed;
    for await (const [path, entry, file] of walkEntries(trees, root, folder)) {
      yield [path, await records.read(path, entry), file];
    }
  }

  async *paths(folder: string): AsyncIterable<readonly [string]> {
    const { snapshot, trees } = this.#branch;
    const root = await snapshot.rootOf(await this.#branch.readTip());
    for await (const [path] of walkEntries(trees, root, folder)) yield [path];
  }

  async byHand(tip: Oid): Promise<readonly Oid[]> {
    return (await findObeyed(this.#branch.objects, tip))?.byHand ?? [];
  }

  audit(tip: Oid): AsyncIterable<SeenCommit> {
    return auditCommits(tip, this.#branch);
  }

  signatures(tip: Oid, commits: number): Promise<ReadonlyMap<Oid, Signature>> {
    return readSignatures(this.#branch.repository, tip, commits);
  }

  messageSignatures(messages: readonly ShownMessage[]): Promise<ReadonlyMap<string, Signature>> {
    return this.#signatures.of(messages);
  }

  async *past(path: string): AsyncIterable<AnyRecord> {
    const tip = await this.#branch.readTip();
    if (tip !== null) yield* pastRecords(this.#branch, tip, path);
  }

  async *history(): AsyncIterable<HistoryEntry> {
    const tip = await this.#branch.readTip();
    if (tip !== null) yield* readHistory(this.#branch.objects, tip);
  }

  tips(signal: AbortSignal): AsyncIterable<Oid | null> {
    const { repository, ref } = this.#branch;
    return watchTips({ repository, ref, readTip: () => this.#branch.readTip() }, signal);
  }

  changes(before: Oid | null, after: Oid | null): Promise<readonly Change[]> {
    return this.#branch.inTurn(() => this.#branch.snapshot.changes(before, after));
  }

  close(): Promise<void> {
    return this.#branch.close();
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
    const { repository, ref, snapshot } = this.#branch;
    const expected = await readRef(repository, ref);
    await this.#branch.follow(expected ?? (await this.#branch.readTip()));
    const nowMs = this.#branch.options.clock();
    const world = await this.#branch.world(nowMs);
    const proposal = await snapshot.ask((view) => propose(view, world));
    if (!proposal.ok) return { ok: false, refusal: proposal.refusal, nowMs };
    if (proposal.edits.length === 0)
      return { ok: true, result: proposal.result, nowMs, provisional: snapshot.view.provisional };
    const swapped = await this.#commit(proposal, expected, nowMs);
    if (!swapped) return 'moved';
    return { ok: true, result: proposal.result, nowMs, provisional: snapshot.view.provisional };
  }

  async #commit<T>(proposal: Proposal<T> & { ok: true }, expected: Oid | null, nowMs: number): Promise<boolean> {
    const { repository, ref, dir, snapshot, objects, projector } = this.#branch;
    const chain = new Chain(this.#branch);
    const { agent, uid, headline, edits } = proposal;
    const commit = { agent, uid, atMs: nowMs, headline, skipCi: this.policy.skipCi };
    const { tip, tree } = await chain.add({ ...commit, edits }, snapshot);
    await (edits.length > manyEdits ? chain.persistMany() : chain.persist());

    const before = snapshot.tip;
    const changes = await this.#describe(edits);
    const swap = await compareAndSwapRef(repository, ref, expected ?? 'absent', tip, dir);
    if (swap !== 'swapped') return false;
    // It is recorded, and its bytes are in flight: what fails from here on is made good later and must not say otherwise.
    await unlessWorldFails(() => chain.restoreMissing((oid) => objects.isStored(oid)));
    snapshot.advance(tip, tree, edits);
    await unlessWorldFails(() => this.#branch.lookAtProvisional());
    await unlessWorldFails(async () => {
      const packing = await projector.follow({ before, tip, root: tree, changes, nowMs });
      if (packing === 'due') this.#branch.options.onPackingDue?.();
      this.onUnpushed?.(headline.op);
      await this.#branch.signal(nowMs);
    });
    return true;
  }

  async #describe(edits: readonly Edit[]): Promise<Change[]> {
    const changes: Change[] = [];
    for (const { path, record } of edits) {
      const before = await this.#branch.snapshot.ask((view) => view.record(path));
      changes.push({ path, before, after: record ?? undefined });
    }
    return changes;
  }
}
