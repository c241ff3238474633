/**
 * A clone's side of an exchange, over its git repository: following the remote's tip, or deciding again on top of it what
 * was recorded here.
 *
 * Nothing that was acknowledged is out of reach at any step: the branch names the old commits until it names those that
 * record the same on the new tip, and what could not be pushed is kept by unpushedRef too.
 */
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import { Ancestry, type OwnCommit } from '../git/ancestry.ts';
import type { Branch } from '../git/branch.ts';
import { firstParents } from '../git/first-parents.ts';
import { areManyPacks } from '../git/kept-packs.ts';
import { compareAndSwapRef, readRef } from '../git/refs.ts';
import { syncedRef, unpushedRef } from '../git/synced-refs.ts';
import { unlessWorldFails } from '../git/unless-world-fails.ts';
import { publish } from '../git/unpublished.ts';
import type { Clone, Joined } from './exchange.ts';
import { type Replay, Replaying } from './replaying.ts';

export interface GitCloneOptions {
  readonly branch: Branch;
  /** Somebody waits for the answer about this claim, and needs no letter about it. */
  readonly isAwaited: (claimId: string) => boolean;
  /** Brings more of the history into a shallow clone. False where that did not help. */
  readonly deepen: () => Promise<boolean>;
}

/** A writer that never stops is slower than deciding its commits again, so these rounds bring it near; the rest waits for us. */
const roundsMax = 8;
const underLockMax = 8;

const nothing: Joined = { fetched: 0, withdrawn: [], renamed: [], lost: undefined };

export class GitClone implements Clone<Oid> {
  readonly #branch: Branch;
  readonly #replaying: Replaying;
  /** For one exchange: who goes on for weeks must not keep all that it has walked over. */
  #ancestry: Ancestry;
  /** Known without a walk, when the branch was just decided again. */
  #aheadThen: { readonly tip: Oid; readonly synced: Oid; readonly commits: number } | undefined;

  constructor(private readonly options: GitCloneOptions) {
    this.#branch = options.branch;
    this.#replaying = new Replaying(options.branch, options.isAwaited);
    this.#ancestry = new Ancestry(this.#branch);
  }

  tip(): Promise<Oid | null> {
    return readRef(this.#branch.repository, this.#branch.ref);
  }

  synced(): Promise<Oid | null> {
    return readRef(this.#branch.repository, syncedRef);
  }

  async ahead(): Promise<number> {
    const [tip, synced] = [await this.tip(), await this.synced()];
    if (tip === null || tip === synced) return 0;
    const then = this.#aheadThen;
    if (then?.tip === tip && then.synced === synced) return then.commits;
    return (await this.#ancestry.since(synced, tip)).length;
  }

  async isBefore(was: string, tip: Oid): Promise<boolean> {
    if (tip.startsWith(was)) return false;
    for await (const { oid } of firstParents(this.#branch.objects, tip)) if (oid.startsWith(was)) return true;
    return false;
  }

  async noteSynced(tip: Oid): Promise<void> {
    await this.#set(syncedRef, tip);
    await this.#keepInstead();
  }

  async noteUnpushed(): Promise<void> {
    const tip = await this.tip();
    if (tip !== null && tip !== (await this.synced())) await this.#set(unpushedRef, tip);
  }

  /** What came is read by three: who decides again, the projection, and the view. */
  join(remote: Oid | null): Promise<Joined> {
    return this.#branch.records.keeping(() => this.#join(remote));
  }

  async #join(remote: Oid | null): Promise<Joined> {
    const synced = await this.synced();
    this.#ancestry = new Ancestry(this.#branch, synced);
    await this.#recover();
    if (remote === null) return { ...nothing, lost: synced === null ? undefined : 'deleted' };
    for (let deepened = false; ; ) {
      const local = await this.tip();
      const joined =
        local === null
          ? await this.#agree(remote, await this.#follow(local, remote))
          : await this.#joinFrom(local, remote, synced);
      if (joined !== 'moved' && joined !== 'cut') return joined;
      if (joined === 'moved') continue;
      if (deepened || !(await this.options.deepen())) throw tooShallow(this.#branch.ref);
      deepened = true;
    }
  }

  async #joinFrom(local: Oid, remote: Oid, synced: Oid | null): Promise<Joined | 'moved' | 'cut'> {
    const relation = await this.#ancestry.relate(local, remote);
    switch (relation.kind) {
      case 'same':
        await this.noteSynced(remote);
        return nothing;
      case 'ahead': {
        const lost = synced !== null && (await this.#isBehind(remote, synced)) ? 'rewound' : undefined;
        await this.#set(syncedRef, remote);
        return { ...nothing, lost };
      }
      case 'behind':
        return this.#agree(remote, await this.#follow(local, remote));
      case 'diverged':
        return this.#decideAgain(local, remote, relation.base, synced);
      case 'cut':
        return 'cut';
      case 'unrelated':
        throw unrelated(this.#branch.ref, remote);
    }
  }

  /** There is nothing of our own on top, so nothing is to be pushed. */
  async #agree(remote: Oid, joined: Joined | 'moved'): Promise<Joined | 'moved'> {
    if (joined !== 'moved') await this.noteSynced(remote);
    return joined;
  }

  /** As it is; `local` is null where the remote's branch is the first that this clone sees of it. */
  async #follow(local: Oid | null, remote: Oid): Promise<Joined | 'moved'> {
    await this.#branch.snapshot.rootOf(remote);
    const fetched = (await this.#ancestry.since(local, remote)).length;
    await unlessWorldFails(() => this.#branch.projector.prepare(remote));
    return (await this.#move(local ?? 'absent', remote, fetched)) === 'moved' ? 'moved' : { ...nothing, fetched };
  }

  #move(from: Oid | 'absent', to: Oid, commits: number): Promise<'moved' | 'done'> {
    const { inTurn, underLock } = bound(this.#branch);
    return inTurn(() => underLock(() => this.#land(compareAndSwapRef, { from, to, commits })));
  }

  /** Under the write lock. What was decided again is published; what came is so already. */
  async #land(
    swap: typeof publish,
    { from, to, commits }: { readonly from: Oid | 'absent'; readonly to: Oid; readonly commits: number },
  ): Promise<'moved' | 'done'> {
    const { repository, ref, dir, projector, snapshot, options } = this.#branch;
    if ((await swap(repository, ref, from, to, dir)) !== 'swapped') return 'moved';
    await unlessWorldFails(async () => {
      const packing = await projector.refresh(to, options.clock(), commits);
      if (packing === 'due' || areManyPacks(repository)) options.onPackingDue?.();
      await snapshot.moveTo(to);
      await this.#branch.signal(options.clock());
    });
    return 'done';
  }

  /**
   * Decides without the write lock what was there at the beginning and came meanwhile, and under it the last few, so that
   * others go on recording for as long as this takes.
   */
  async #decideAgain(local: Oid, remote: Oid, base: Oid, synced: Oid | null): Promise<Joined | 'moved'> {
    const theirs = await this.#ancestry.since(base, remote);
    const mine = await this.#ancestry.since(base, local);
    const isRewound = synced !== null && mine.some(({ oid }) => oid === synced);
    const { inTurn, underLock } = bound(this.#branch);
    const decide = async (replay: Replay): Promise<Joined | 'moved'> => {
      await replay.all(mine);
      let decided: Oid = local;
      for (let round = 0; round < roundsMax; round++) {
        const since = await this.#since(decided);
        if (since === 'moved') return 'moved';
        if (since.length <= underLockMax) break;
        await replay.all(since);
        decided = since.at(-1)?.oid ?? decided;
      }
      await replay.prepare();
      const ended = await underLock(async () => {
        const since = await this.#since(decided);
        if (since === 'moved') return 'moved';
        await replay.all(since);
        const now = since.at(-1)?.oid ?? decided;
        const known = await this.tip();
        return replay.land(now, (next) =>
          this.#land(publish, { from: known ?? 'absent', to: next, commits: theirs.length }),
        );
      });
      if (ended === 'moved') return 'moved';
      const { tip } = replay;
      this.#aheadThen = tip === null ? undefined : { tip, synced: remote, commits: replay.commits };
      await this.#set(syncedRef, remote);
      await this.#keepInstead();
      const { withdrawn, renamed } = replay;
      return { fetched: theirs.length, withdrawn, renamed, lost: isRewound ? 'rewound' : undefined };
    };
    return inTurn(() => this.#replaying.on(remote, { theirs, lost: isRewound ? local : undefined }, decide));
  }

  /** What the branch records on top of this commit by now; `moved` where it does not stand on it. A branch that is gone counts as one that stands still. */
  async #since(decided: Oid): Promise<readonly OwnCommit[] | 'moved'> {
    const now = await this.tip();
    if (now === null || now === decided) return [];
    const since = await this.#ancestry.since(decided, now);
    return since[0]?.commit.parents[0] === decided ? since : 'moved';
  }

  /** What was kept is decided again, and must not be a second time: it may come out otherwise. */
  async #keepInstead(): Promise<void> {
    const tip = await this.tip();
    if (tip !== null && (await readRef(this.#branch.repository, unpushedRef)) !== null)
      await this.#set(unpushedRef, tip);
  }

  /** Somebody put the branch back to where it was before: what is kept by unpushedRef is offered again. */
  async #recover(): Promise<void> {
    const { repository } = this.#branch;
    for (;;) {
      const kept = await readRef(repository, unpushedRef);
      const local = await this.tip();
      if (kept === null || kept === local || local === null) return;
      const relation = await this.#ancestry.relate(local, kept);
      if (relation.kind === 'behind') await this.#follow(local, kept);
      else if (relation.kind !== 'diverged') return;
      else if ((await this.#decideAgainKept(kept, local, relation.base)) === 'done') return this.#keepInstead();
    }
  }

  /** `moved`: nothing was done, and unpushedRef still keeps it. */
  async #decideAgainKept(kept: Oid, local: Oid, base: Oid): Promise<'moved' | 'done'> {
    const lost = await this.#ancestry.since(base, kept);
    const known = await this.#ancestry.since(base, local);
    const { inTurn, underLock } = bound(this.#branch);
    const decide = async (replay: Replay) => {
      await replay.all(lost);
      return underLock(() => replay.land(local, (next) => this.#land(publish, { from: local, to: next, commits: 0 })));
    };
    return inTurn(() => this.#replaying.on(local, { theirs: known }, decide));
  }

  async #isBehind(tip: Oid, other: Oid): Promise<boolean> {
    return (await this.#ancestry.relate(tip, other)).kind === 'behind';
  }

  async #set(ref: string, tip: Oid): Promise<void> {
    const { repository, dir } = this.#branch;
    for (;;) {
      const now = await readRef(repository, ref);
      if (now === tip) return;
      // An older tip of the authority is followed by the next exchange; what is kept for it must not be lost.
      const how = ref === syncedRef ? { onMoved: () => {} } : {};
      if ((await compareAndSwapRef(repository, ref, now ?? 'absent', tip, dir, how)) === 'swapped') return;
    }
  }
}

function bound(branch: Branch) {
  return {
    inTurn: <T>(act: () => Promise<T>) => branch.inTurn(act),
    underLock: <T>(act: () => Promise<T>) => branch.underLock(act, 'without a look at the tip'),
  };
}

function tooShallow(ref: string): IntercomError {
  return new IntercomError({
    code: 'unsupported-repository',
    message: `This clone is shallow, and too little of ${ref} is here to join it with the remote's. Nothing was changed.`,
    next: 'Run git fetch --unshallow, and then git intercom sync.',
  });
}

function unrelated(ref: string, remote: Oid): IntercomError {
  return new IntercomError({
    code: 'ref-conflict',
    message: `${ref} here and at the remote (${remote.slice(0, 12)}) have no common beginning, so they are not one coordination. Nothing was changed.`,
    next: 'Set another branch: in .intercom/config.yaml on one of the two sides, or name the right remote with git intercom init --remote <name>.',
    data: { ref, remote },
  });
}
