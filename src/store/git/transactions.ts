/**
 * Decisions that become commits. Those that wait in this process for the same turn land together (group commit): each is
 * decided on top of the one before it and has a commit of its own, and all share one write to the disk and one
 * compare-and-swap of the ref. None is answered before that is on the disk; who comes next need not wait for it, for what
 * makes its own move of the ref durable makes this one so.
 *
 * The write lock saves work and garbage; correctness is the swap's: where somebody else moved the ref, the tip is read
 * again and all of them are decided again.
 */
import type { Edit } from '../../domain/draft.ts';
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import type { Change } from '../../domain/view.ts';
import type { Outcome, Propose } from '../port.ts';
import type { Branch } from './branch.ts';
import { Chain, type Linked } from './chain.ts';
import { areManyPacks } from './kept-packs.ts';
import { readRef } from './refs.ts';
import { unlessWorldFails } from './unless-world-fails.ts';
import { publish } from './unpublished.ts';
import { type Waiting, waitingFor } from './waiting.ts';

/** A ref that moves under the write lock was moved by a foreign git; that many in a row is no coincidence. */
const attemptsMax = 100;
/** Other processes wait for as long as all of these take, some tens of milliseconds. */
const togetherMax = 32;
/** From so many records on, a commit alone is written as one pack: some hundred files would be synced under the write lock. */
const manyEdits = 64;

/** A decision that is a commit of the chain. */
interface Step extends Linked {
  readonly op: string;
  readonly edits: readonly Edit[];
  readonly changes: readonly Change[];
}

interface Landed {
  /** Resolves when no crash of the machine undoes the move of the ref. It is waited for without the write lock. */
  readonly moved?: Promise<void> | undefined;
}

export class Transactions {
  /** In the order in which they came. */
  readonly #waiting = new Set<Waiting>();

  /** `onUnpushed` is called after each commit, with its operation; it must not wait for anything. */
  constructor(
    private readonly branch: Branch,
    private readonly onUnpushed: ((op: string) => void) | undefined,
  ) {}

  transact<T>(propose: Propose<T>): Promise<Outcome<T>> {
    return new Promise<Outcome<T>>((resolve, reject) => {
      const waiting = waitingFor(propose, resolve, reject);
      this.#waiting.add(waiting);
      void this.branch.inTurn(async () => {
        // Whoever had a turn before may have taken it along.
        if (this.#waiting.has(waiting)) await this.#landWith(waiting);
      });
    });
  }

  /** With all that have come when the write lock is ours. Where it cannot be had, the others try for themselves. */
  async #landWith(first: Waiting): Promise<void> {
    let group: readonly Waiting[] = [first];
    try {
      const durable = await this.branch.underLock(async () => {
        group = [...this.#waiting].slice(0, togetherMax);
        return this.#attempts(group);
      });
      await durable.moved;
      for (const each of group) each.answer(this.branch.snapshot.view.provisional);
    } catch (cause) {
      for (const each of group) each.fail(cause);
    } finally {
      for (const each of group) this.#waiting.delete(each);
    }
  }

  async #attempts(group: readonly Waiting[]): Promise<Landed> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const landed = await this.#attempt(group);
      if (landed !== undefined) return landed;
    }
    const { ref } = this.branch;
    throw new IntercomError({
      code: 'ref-locked',
      message: `Something else moved ${ref} ${attemptsMax} times in a row. Nothing was recorded.`,
      next: 'Find the program that writes this branch, and run the command again.',
    });
  }

  /** Undefined where the ref moved meanwhile. */
  async #attempt(group: readonly Waiting[]): Promise<Landed | undefined> {
    const { repository, ref, snapshot, objects, options } = this.branch;
    const expected = await readRef(repository, ref);
    await this.branch.follow(expected ?? (await this.branch.readTip()));
    const before = { tip: snapshot.tip, root: snapshot.root };
    const chain = new Chain(this.branch);
    const hideChain = chain.shownTo(objects);
    const nowMs = options.clock();
    let landed: Landed | undefined;
    try {
      const steps = await this.#decide(group, chain, nowMs);
      landed = steps.length === 0 ? {} : await this.#land(steps, chain, { expected, before: before.tip, nowMs });
      return landed;
    } finally {
      if (landed === undefined && snapshot.tip !== before.tip) await snapshot.moveToTree(before.tip, before.root);
      hideChain();
    }
  }

  /** The view follows each step but the last, so that of one alone it is never ahead of the ref. */
  async #decide(group: readonly Waiting[], chain: Chain, nowMs: number): Promise<Step[]> {
    const { snapshot, policy } = this.branch;
    const steps: Step[] = [];
    let ahead: Step | undefined;
    for (const each of group) {
      if (ahead !== undefined) snapshot.advance(ahead.tip, ahead.tree, ahead.edits);
      ahead = undefined;
      await each.decide(async (propose) => {
        const world = await this.branch.world(nowMs);
        const proposal = await snapshot.ask((view) => propose(view, world));
        if (!proposal.ok || proposal.edits.length === 0) return proposal;
        const { agent, uid, headline, edits } = proposal;
        const commit = { agent, uid, atMs: nowMs, headline, skipCi: policy.skipCi };
        const changes = await this.#describe(edits);
        ahead = { ...(await chain.add({ ...commit, edits }, snapshot)), op: headline.op, edits, changes };
        steps.push(ahead);
        return proposal;
      }, nowMs);
    }
    return steps;
  }

  /** Undefined where the ref moved: nothing is recorded, and the view stands at the last step but one. */
  async #land(
    steps: readonly Step[],
    chain: Chain,
    { expected, before, nowMs }: { readonly expected: Oid | null; readonly before: Oid | null; readonly nowMs: number },
  ): Promise<Landed | undefined> {
    const { repository, ref, dir, snapshot, objects, projector, options } = this.branch;
    const { tip, tree, edits } = steps.at(-1) as Step;
    const bring = () => (steps.length > 1 || edits.length > manyEdits ? chain.persistMany() : chain.persist());
    let moved: Promise<void> | undefined;
    const onMoved = (durable: () => Promise<void>) => {
      moved = durable();
    };
    const how = { bring, onMoved };
    if ((await publish(repository, ref, expected ?? 'absent', tip, dir, how)) !== 'swapped') return undefined;
    // It is recorded, and its bytes are in flight: what fails from here on is made good later and must not say otherwise.
    await unlessWorldFails(() => chain.restoreMissing((oid) => objects.isStored(oid)));
    snapshot.advance(tip, tree, edits);
    await unlessWorldFails(() => this.branch.lookAtProvisional());
    await unlessWorldFails(async () => {
      const changes = inOne(steps);
      const packing = await projector.follow({ before, tip, root: tree, changes, commits: steps.length, nowMs });
      if (packing === 'due' || (chain.isKept && areManyPacks(repository))) options.onPackingDue?.();
      for (const { op } of steps) this.onUnpushed?.(op);
      await this.branch.signal(nowMs);
    });
    return { moved };
  }

  async #describe(edits: readonly Edit[]): Promise<Change[]> {
    const changes: Change[] = [];
    for (const { path, record } of edits) {
      const before = await this.branch.snapshot.ask((view) => view.record(path));
      changes.push({ path, before, after: record ?? undefined });
    }
    return changes;
  }
}

/** What differs between before the first of them and after the last. */
function inOne(steps: readonly Step[]): Change[] {
  const byPath = new Map<string, Change>();
  for (const change of steps.flatMap(({ changes }) => changes)) {
    byPath.set(change.path, { ...change, before: (byPath.get(change.path) ?? change).before });
  }
  return [...byPath.values()];
}
