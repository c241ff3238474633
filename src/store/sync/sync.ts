/** A clone and its remote: one exchange at a time, which all who wait for one share. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { IntercomError } from '../../domain/failure.ts';
import { claimPath } from '../../domain/record/path.ts';
import type { Branch } from '../git/branch.ts';
import { findEntry } from '../git/record-tree.ts';
import { readRef } from '../git/refs.ts';
import { unconfirmedClaims } from '../git/unconfirmed.ts';
import { acquireWriteLock } from '../local/write-lock.ts';
import { Awaited } from './awaited.ts';
import { beginRole } from './background.ts';
import { waitForLull } from './burst.ts';
import type { Pace } from './exchange.ts';
import { exchangeInTurn } from './exchange-in-turn.ts';
import { GitClone } from './git-clone.ts';
import type { Confirmation, Exchange, Standing, Sync } from './port.ts';
import { ReachMemo } from './reach.ts';
import { shownRemote } from './said.ts';
import type { Transport, Unreached } from './transport.ts';
import { Turns } from './turns.ts';

export interface SyncOptions {
  readonly branch: Branch;
  readonly transport: Transport;
  /** A name that git knows, or a URL. */
  readonly remote: string;
  readonly clock: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
  /** How long to wait for another process that is at it. */
  readonly deadlineMs: number;
  /** Where clones of this machine take turns at this branch of this remote. */
  readonly turnsDir: string;
}

export function openSync(options: SyncOptions): Sync {
  return new GitSync(options);
}

/** A remote that did not answer is not asked again for a claim before this; `sync` asks at once. */
const offlineSeconds = 15;

/** Who does not wait for a claim waits for whoever is at it: that one moves on, or is gone and taken over. */
const patientMs = 120_000;

/** A push takes longer, so waiting so long for one fewer is worth it. Who waits in line waits longer and is not waited for. */
const gatherMsMax = 40;
const gatherLookMs = 2;

class GitSync implements Sync {
  readonly remote: string;
  readonly #branch: Branch;
  readonly #clone: GitClone;
  readonly #awaited: Awaited;
  readonly #memo: ReachMemo;
  readonly #turns: Turns;
  #awaitedCount = 0;
  #hasFetched: boolean | undefined;
  #askingCount = 0;

  constructor(private readonly options: SyncOptions) {
    const { branch, transport, remote } = options;
    this.remote = shownRemote(remote);
    this.#branch = branch;
    this.#awaited = new Awaited(branch.dir);
    this.#memo = new ReachMemo(branch.dir);
    this.#turns = new Turns(options.turnsDir, options.deadlineMs);
    this.#clone = new GitClone({
      branch,
      isAwaited: (claimId) => this.#awaited.has(claimId),
      deepen: async () => (await transport.deepen()).status === 'reached',
    });
  }

  awaiting(claimId: string): () => void {
    const end = this.#awaited.begin(claimId);
    this.#awaitedCount += 1;
    return () => {
      this.#awaitedCount -= 1;
      end();
    };
  }

  isAwaiting(): boolean {
    return this.#awaitedCount > 0;
  }

  exchange(): Promise<Exchange> {
    return this.#underLock(() => this.#exchange({ pushFirst: false }), patientMs);
  }

  push(): Promise<Exchange | undefined> {
    return this.#underLock(async () => {
      const isThere = (await this.#clone.tip()) === (await this.#clone.synced());
      return isThere ? undefined : this.#exchange({ pushFirst: true });
    }, patientMs);
  }

  async bringInBatch(seconds: number): Promise<Exchange | undefined> {
    let brought: Exchange | undefined;
    do {
      const end = beginRole(this.#branch.repository, 'courier');
      if (end === undefined) return brought;
      try {
        await this.untilLull(seconds);
        brought = (await this.push()) ?? brought;
      } finally {
        end();
      }
      // Whoever recorded something until then saw that somebody has the role, and started nobody.
    } while (brought?.unreached === undefined && (await this.#clone.tip()) !== (await this.#clone.synced()));
    return brought ?? ((await this.look(seconds)) === 'moved' ? this.exchange() : undefined);
  }

  untilLull(seconds: number, signal?: AbortSignal): Promise<void> {
    const pause = (ms: number) => sleep(ms, undefined, signal && { signal }).catch(() => {});
    return waitForLull(seconds, { tip: () => this.#clone.tip(), sleep: pause });
  }

  isNeglected(seconds: number): boolean {
    return this.restMs(seconds) === 0;
  }

  async hasFetched(): Promise<boolean> {
    this.#hasFetched ??=
      this.#memo.read().isEmpty ||
      (await this.#clone.synced()) !== null ||
      (await readRef(this.#branch.repository, this.#branch.remoteRef)) !== null;
    return this.#hasFetched;
  }

  keeping(): () => void {
    return beginRole(this.#branch.repository, 'keeper') ?? (() => {});
  }

  async confirm(claimId: string): Promise<Confirmation> {
    const reach = this.#memo.read();
    const isOffline = reach.unreached !== undefined && this.restMs(offlineSeconds) > 0;
    const first = await this.#standingOf(claimId);
    if (first !== 'unpushed') return { status: first };
    if (isOffline && reach.unreached !== undefined) return this.#unlessGone(claimId, reach.unreached);
    this.#askingCount += 1;
    try {
      return await this.#underLock(async () => {
        await this.#gather();
        for (;;) {
          const standing = await this.#standingOf(claimId);
          if (standing !== 'unpushed') return { status: standing };
          const { unreached } = await this.#exchange({ pushFirst: true });
          if (unreached !== undefined) return await this.#unlessGone(claimId, unreached);
        }
      });
    } catch (cause) {
      if (!(cause instanceof IntercomError)) throw cause;
      return this.#unlessGone(claimId, { status: 'offline', why: cause.message, next: cause.next });
    } finally {
      this.#askingCount -= 1;
    }
  }

  /** Claims that this process is just recording go along with the one that is there already. */
  async #gather(): Promise<void> {
    const endMs = performance.now() + gatherMsMax;
    while (this.#awaitedCount > this.#askingCount && performance.now() < endMs) await sleep(gatherLookMs);
  }

  /**
   * This clone may have learnt that another has it, and written no letter, before the remote was out of reach. From here on
   * it would write one, and under the write lock nobody is about to.
   */
  async #unlessGone(claimId: string, unreached: Unreached): Promise<Confirmation> {
    this.#awaited.end(claimId);
    const branch = this.#branch;
    const look = () => branch.underLock(() => this.#standingOf(claimId), 'without a look at the tip');
    return (await branch.inTurn(look)) === 'gone' ? { status: 'gone' } : { status: 'provisional', unreached };
  }

  async look(seconds: number): Promise<'same' | 'moved' | Unreached> {
    const reach = this.#memo.read();
    const { clock, transport } = this.options;
    if (this.restMs(seconds) > 0) return reach.unreached ?? 'same';
    this.#memo.write({ ...reach, atMs: clock() });
    const looked = await transport.look();
    if (looked.status !== 'reached') {
      this.#memo.write({ ...reach, atMs: clock(), unreached: looked });
      return looked;
    }
    // Who may look may not push for that.
    const isRefused = reach.unreached?.status === 'forbidden' && (await this.#clone.ahead()) > 0;
    if (looked.value === null) this.#hasFetched = true;
    const unreached = isRefused ? reach.unreached : undefined;
    this.#memo.write({ ...reach, atMs: clock(), unreached, isEmpty: looked.value === null });
    return looked.value === (await this.#clone.synced()) ? 'same' : 'moved';
  }

  restMs(seconds: number): number {
    const sinceMs = this.options.clock() - this.#memo.read().atMs;
    // A clock that was set back since then says nothing.
    return sinceMs < 0 ? 0 : Math.max(0, seconds * 1000 - sinceMs);
  }

  async standing(): Promise<Standing> {
    const { movedMs, unreached, lost } = this.#memo.read();
    return { unpushed: await this.#clone.ahead(), movedMs, unreached, lost };
  }

  async #underLock<T>(act: () => Promise<T>, waitMsMin = 0): Promise<T> {
    const waitMsMax = Math.max(waitMsMin, this.options.deadlineMs * 2);
    const lock = await acquireWriteLock(join(this.#branch.dir, 'sync'), { waitMsMax });
    try {
      return await act();
    } finally {
      await lock.release();
    }
  }

  async #exchange(wanted: Pick<Pace, 'pushFirst'>): Promise<Exchange> {
    const before = await this.#unconfirmed();
    const exchanged = await exchangeInTurn(this.#clone, this.#turns, this.options, wanted);
    const after = await this.#unconfirmed();
    const reach = this.#memo.read();
    const { unreached, lost, fetched, pushed } = exchanged;
    const nowMs = this.options.clock();
    const [what] = lost;
    const isFetched = (await this.#clone.synced()) !== null;
    if (isFetched || unreached === undefined) this.#hasFetched = true;
    this.#memo.write({
      isEmpty: unreached === undefined && !isFetched,
      atMs: nowMs,
      unreached,
      movedMs: fetched > 0 || pushed > 0 ? nowMs : reach.movedMs,
      lost: what === undefined ? reach.lost : { what, atMs: nowMs },
    });
    const gone = new Set(exchanged.withdrawn.map(({ id }) => id));
    const confirmed = [...before].filter((id) => !after.has(id) && !gone.has(id)).sort();
    return { ...exchanged, confirmed };
  }

  async #unconfirmed(): Promise<ReadonlySet<string>> {
    const { trees, snapshot } = this.#branch;
    const [authority, here] = await Promise.all([this.#clone.synced(), this.#clone.tip()]);
    if (authority === here) return new Set();
    return unconfirmedClaims(trees, await snapshot.rootOf(authority), await snapshot.rootOf(here));
  }

  async #standingOf(claimId: string): Promise<'confirmed' | 'gone' | 'unpushed'> {
    const { trees, snapshot } = this.#branch;
    const [here, authority] = await Promise.all(
      [await this.#clone.tip(), await this.#clone.synced()].map(async (tip) =>
        findEntry(trees, await snapshot.rootOf(tip), claimPath(claimId)),
      ),
    );
    if (here === undefined) return 'gone';
    // A renewal counts when the authority has it: the claim may have lapsed there, and be another's by now.
    return authority?.oid === here.oid ? 'confirmed' : 'unpushed';
  }
}
