/** The store over a git repository: one branch, moved by compare-and-swap. */
import type { SeenCommit, Signature } from '../../domain/check/seen-commit.ts';
import type { ShownMessage } from '../../domain/message/present.ts';
import type { Oid } from '../../domain/oid.ts';
import type { Policy } from '../../domain/policy.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import type { Change, View } from '../../domain/view.ts';
import type { Journals } from '../journals.ts';
import { ShellJournal } from '../local/shell-journal.ts';
import { WarnedJournal } from '../local/warned-journal.ts';
import type { HistoryEntry, LocatedBranch, Outcome, Place, Propose, Store } from '../port.ts';
import { DeliveredJournal } from '../projection/delivered-journal.ts';
import { openArchive } from '../search/archive.ts';
import type { Archive } from '../search/port.ts';
import { watchTips } from '../watch/tips.ts';
import { auditCommits } from './audit.ts';
import type { Branch } from './branch.ts';
import { treeOf } from './branch-root.ts';
import { readFetched } from './fetched.ts';
import { readHistory } from './history.ts';
import { MessageSignatures } from './message-signatures.ts';
import { findObeyed } from './obeyed.ts';
import { pastRecords } from './past-records.ts';
import { walkEntries } from './record-tree.ts';
import { readRef } from './refs.ts';
import { readSignatures } from './signatures.ts';
import { Transactions } from './transactions.ts';

/** `onUnpushed` is called after each commit of this store, with its operation; it must not wait for anything. */
export function openGitStore(branch: Branch, onUnpushed?: (op: string) => void): Store {
  return new GitStore(branch, onUnpushed);
}

class GitStore implements Store {
  readonly place: Place;
  readonly journals: Journals;
  readonly archive: Archive;
  readonly #branch: Branch;
  readonly #transactions: Transactions;
  readonly #signatures: MessageSignatures;

  constructor(branch: Branch, onUnpushed: ((op: string) => void) | undefined) {
    this.#branch = branch;
    this.#transactions = new Transactions(branch, onUnpushed);
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
    return this.#transactions.transact(propose);
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
}
