/**
 * One clone: its branch, what it knows of the authority, and the process that exchanges. A crash ends the process between
 * any two steps; what it had noted on the disk is there for the next one.
 */
import type { Actor, Context, Decision, Evidence } from '../../src/domain/decision.ts';
import { Draft, type Edit } from '../../src/domain/draft.ts';
import { formatId } from '../../src/domain/id.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { claimPath } from '../../src/domain/record/path.ts';
import { Renames } from '../../src/domain/replay/renames.ts';
import { replay } from '../../src/domain/replay/replay.ts';
import { instantOf } from '../../src/domain/time.ts';
import type { Change, View } from '../../src/domain/view.ts';
import type { Clone, Joined } from '../../src/store/sync/exchange.ts';
import { type Checkout, type Commit, type Commits, rootTip, type Tip } from './commits.ts';
import type { Random } from './random.ts';

export interface CloneWorld {
  readonly commits: Commits;
  readonly checkout: Checkout;
  readonly random: Random;
  /** By the clock of this clone's host. */
  readonly clock: () => number;
  /** Some time passes, and the process may end. */
  readonly step: () => Promise<void>;
  readonly isDead: (uid: string) => boolean;
  /** What is not decided again is copied: only to see that the laws notice. */
  readonly isBlind: boolean;
}

interface Sum {
  readonly withdrawn: Joined['withdrawn'][number][];
  readonly renamed: Joined['renamed'][number][];
  /** Withdrawn, and told to nobody but the one who waits. */
  readonly silent: string[];
}

const nothing: Joined = { fetched: 0, withdrawn: [], renamed: [], lost: undefined };

export class SimulatedClone implements Clone<Tip> {
  /** Claims whose claimants still wait for the answer; gone with the process. */
  readonly awaited = new Set<string>();
  #tip: Tip = rootTip;
  #synced: Tip | null = null;
  readonly #seenMs = new Map<string, number>();

  constructor(
    readonly host: string,
    private readonly world: CloneWorld,
  ) {}

  get now(): Tip {
    return this.#tip;
  }

  /** What an operation does: decided and durable at once, or refused. */
  transact<T>(agent: Omit<Actor, 'host'>, rule: (draft: Draft, context: Context) => Decision<T>): Decision<T> {
    const actor = { ...agent, host: this.host };
    const { decision, edits } = this.world.checkout.ask(this.#tip, (view) => {
      const draft = new Draft(view);
      return { decision: rule(draft, this.#context(actor, view)), edits: draft.edits() };
    });
    if (!decision.ok || edits.length === 0) return decision;
    const { headline } = decision;
    const past = { ...headline, paths: headline.paths ?? [], agent: actor.name, uid: actor.uid, at: this.#instant() };
    this.#moveTo(this.#add(this.#tip, edits, { past }));
    return decision;
  }

  read<T>(question: (view: View) => T): T {
    return this.world.checkout.ask(this.#tip, question);
  }

  standingOf(claimId: string): 'confirmed' | 'gone' | 'unpushed' {
    const { checkout } = this.world;
    const here = checkout.record(this.#tip, claimPath(claimId));
    if (here === undefined) return 'gone';
    const authority = checkout.record(this.#synced ?? rootTip, claimPath(claimId));
    return authority === undefined || authority !== here ? 'unpushed' : 'confirmed';
  }

  async tip(): Promise<Tip> {
    return this.#tip;
  }

  async synced(): Promise<Tip | null> {
    return this.#synced;
  }

  async ahead(): Promise<number> {
    // After a crash before it was noted, what was agreed with last may be on another line.
    const { commits } = this.world;
    return commits.since(commits.base(this.#synced ?? rootTip, this.#tip), this.#tip).length;
  }

  async isBefore(was: string, tip: Tip): Promise<boolean> {
    const { commits } = this.world;
    return was !== tip && commits.base(was as Tip, tip) === was;
  }

  async noteSynced(tip: Tip): Promise<void> {
    await this.world.step();
    this.#synced = tip;
  }

  async noteUnpushed(): Promise<void> {
    await this.world.step();
  }

  async join(remote: Tip | null): Promise<Joined> {
    const { commits } = this.world;
    const synced = this.#synced;
    if (remote === null) return { ...nothing, lost: synced === null ? undefined : 'deleted' };
    const base = commits.base(this.#tip, remote);
    if (base === this.#tip) {
      const fetched = commits.since(base, remote).length;
      this.#moveTo(remote);
      await this.noteSynced(remote);
      return { ...nothing, fetched };
    }
    if (base === remote) {
      await this.noteSynced(remote);
      return { ...nothing, lost: synced !== null && commits.base(remote, synced) !== synced ? 'rewound' : undefined };
    }
    return this.#decideAgain(remote, base, synced);
  }

  async #decideAgain(remote: Tip, base: Tip, synced: Tip | null): Promise<Joined> {
    const { commits } = this.world;
    const theirs = commits.since(base, remote);
    const held = new Set(theirs.map(({ first }) => first));
    const mine = commits.since(base, this.#tip);
    const local = this.#tip;
    const isRewound = mine.some(({ oid }) => oid === synced);
    for (;;) {
      const sum: Sum = { withdrawn: [], renamed: [], silent: [] };
      const renames = new Renames();
      let next = isRewound ? this.#beginEpoch(remote, local) : remote;
      const all = (own: readonly Commit[]) => {
        for (const each of own) if (!held.has(each.first)) next = this.#again(each, next, renames, sum);
      };
      all(mine);
      await this.world.step();
      all(commits.since(local, this.#tip));
      // Whoever stopped waiting meanwhile was told nothing, and needs the letter.
      if (!sum.silent.every((id) => this.awaited.has(id))) continue;
      this.#moveTo(next);
      await this.noteSynced(remote);
      const { withdrawn, renamed } = sum;
      return { withdrawn, renamed, fetched: theirs.length, lost: isRewound ? 'rewound' : undefined };
    }
  }

  #again(own: Commit, onto: Tip, renames: Renames, sum: Sum): Tip {
    const { past, changes, first } = own;
    if (past === undefined) return onto;
    if (this.world.isBlind) {
      const copied = changes.map(({ path, after }) => ({ path, record: (after ?? null) as Edit['record'] }));
      return this.#add(onto, copied, { past, first });
    }
    const actor = { uid: past.uid, name: past.agent, host: this.host };
    const decided = this.world.checkout.ask(onto, (view) =>
      replay(new Draft(view), { ...past, edits: changes }, this.#context(actor, view), renames, (id) =>
        this.awaited.has(id),
      ),
    );
    sum.withdrawn.push(...decided.withdrawn);
    sum.renamed.push(...decided.renamed);
    sum.silent.push(...decided.withdrawn.flatMap(({ id }) => (this.awaited.has(id) ? [id] : [])));
    if (decided.edits.length === 0) return onto;
    const { headline, agent } = decided;
    return this.#add(onto, decided.edits, {
      past: { ...headline, paths: headline.paths ?? [], agent, uid: past.uid, at: past.at },
      first,
    });
  }

  /** Tokens that the branch had before it was put back may be larger than its counter knows. */
  #beginEpoch(remote: Tip, local: Tip): Tip {
    const fences = [remote, local].map((tip) => this.world.checkout.record(tip, 'fence'));
    const numbers = fences.map((fence) => (fence?.kind === 'fence' ? fence : { epoch: 0, counter: 0 }));
    const epoch = Math.max(...numbers.map((each) => each.epoch)) + 1;
    const counter = Math.max(...numbers.map((each) => each.counter));
    const at = this.#instant();
    const record = { v: 1, id: 'fence', kind: 'fence', agent: 'nobody', at, epoch, counter } as const;
    return this.#add(remote, [{ path: 'fence', record }], { past: undefined });
  }

  #add(parent: Tip, edits: readonly Edit[], parts: Pick<Commit, 'past'> & { readonly first?: Tip }): Tip {
    const { checkout, commits } = this.world;
    const changes = edits.map(({ path, record }): Change => {
      return { path, before: checkout.record(parent, path), after: record ?? undefined };
    });
    return commits.add(parent, { ...parts, changes });
  }

  #moveTo(tip: Tip): void {
    const { commits, clock } = this.world;
    for (const { changes } of commits.since(commits.base(this.#tip, tip), tip)) {
      for (const { after } of changes) {
        if (after?.kind !== 'claim') continue;
        const sight = `${after.id} ${after.expires}`;
        if (!this.#seenMs.has(sight)) this.#seenMs.set(sight, clock());
      }
    }
    this.#tip = tip;
  }

  #context(actor: Actor, view: View): Context {
    const { clock, random, isDead } = this.world;
    const nowMs = clock();
    const now = instantOf(nowMs);
    const evidence = new Map<string, Evidence>();
    for (const { id, host, uid } of view.claimsOver(now)) {
      if (host === this.host) evidence.set(id, { process: isDead(uid) ? 'dead' : 'alive', changes: 'none' });
    }
    return {
      ...{ nowMs, now, actor, policy: defaultPolicy, evidence },
      newId: () => formatId(nowMs, random.bytes(7)),
      processState: () => 'unknown',
      seenSinceMs: (id, expires) => this.#seenMs.get(`${id} ${expires}`),
    };
  }

  #instant(): string {
    return instantOf(this.world.clock());
  }
}
