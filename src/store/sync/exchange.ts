/**
 * One exchange with the remote: what this clone has and the authority lacks goes there, and the other way round.
 *
 * The protocol, over a port of a clone and one of a remote, so that the simulation runs the same code as git does:
 * push what is here; where the remote has moved, fetch, let the clone decide its own again on what came, and push that.
 * A claim is never merged and a push never forced. Whoever loses a race decides again, after a pause that grows and is
 * drawn by lot, so that many clones do not meet at the same instant for ever.
 *
 * After a crash between any two steps the next exchange goes on: a local tip that is not pushed is offered again, and a
 * push whose answer was lost is found to be there by the next fetch.
 */
import type { Moved, Pushed, Reached, Unreached } from './transport.ts';

export interface Clone<Tip> {
  /** Null where there is no branch yet. */
  tip(): Promise<Tip | null>;
  /** The last tip of the authority that this clone agreed with. */
  synced(): Promise<Tip | null>;
  /**
   * Makes the local branch contain all that the remote's tip has, by compare-and-swap: followed as it is where nothing
   * was recorded here, else with our own decided again on top. Recording goes on meanwhile. Rejects where the two have
   * no common history that is known here.
   */
  join(remote: Tip | null): Promise<Joined>;
  /** Commits here that the authority lacked when this clone agreed with it last. */
  ahead(): Promise<number>;
  /** Whether `tip` came after the commit of this id, which may be abbreviated. */
  isBefore(was: string, tip: Tip): Promise<boolean>;
  /** The authority holds `tip`. */
  noteSynced(tip: Tip): Promise<void>;
  /** Something is recorded here that the authority lacks. */
  noteUnpushed(): Promise<void>;
}

export interface Remote<Tip> {
  fetch(): Promise<Reached<Tip | null> | Unreached>;
  push(next: Tip): Promise<Pushed | Moved | Unreached>;
}

export interface Withdrawn {
  readonly id: string;
  readonly agent: string;
  readonly uid: string;
  readonly paths: readonly string[];
  readonly rival: { readonly id: string; readonly agent: string };
}

export interface Renamed {
  readonly uid: string;
  readonly from: string;
  readonly to: string;
}

export interface Joined {
  /** Commits that came. */
  readonly fetched: number;
  readonly withdrawn: readonly Withdrawn[];
  readonly renamed: readonly Renamed[];
  /** The remote's branch was deleted, or put back to an older state, since this clone saw it last. */
  readonly lost: 'deleted' | 'rewound' | undefined;
}

export interface Exchanged extends Omit<Joined, 'lost'> {
  readonly lost: readonly NonNullable<Joined['lost']>[];
  /** Commits that went. */
  readonly pushed: number;
  /** Undefined: this clone and the authority agree, but for what was recorded here since the exchange began. */
  readonly unreached: Unreached | undefined;
}

export interface Pace {
  /** Whether to try a push before a fetch: one round trip less where nobody else has written. */
  readonly pushFirst: boolean;
  readonly attemptsMax: number;
  /** Before another attempt; the first has number 1. */
  pause(attempt: number): Promise<void>;
}

export async function exchange<Tip>(clone: Clone<Tip>, remote: Remote<Tip>, pace: Pace): Promise<Exchanged> {
  const sum = { fetched: 0, withdrawn: [] as Withdrawn[], renamed: [] as Renamed[] };
  const lost = new Set<NonNullable<Joined['lost']>>();
  let pushed = 0;
  const end = async (unreached: Unreached | undefined): Promise<Exchanged> => {
    if (unreached !== undefined) await clone.noteUnpushed();
    return { ...sum, lost: [...lost], pushed, unreached };
  };
  for (let attempt = 0; attempt < pace.attemptsMax; attempt++) {
    if (attempt > 0) await pace.pause(attempt);
    const synced = await clone.synced();
    const isBlind = attempt === 0 && pace.pushFirst && synced !== null && synced !== (await clone.tip());
    let isThere = true;
    if (!isBlind) {
      const fetched = await remote.fetch();
      if (fetched.status !== 'reached') return end(fetched);
      isThere = fetched.value !== null;
      const joined = await clone.join(fetched.value);
      sum.fetched += joined.fetched;
      sum.withdrawn.push(...joined.withdrawn);
      sum.renamed.push(...joined.renamed);
      if (joined.lost !== undefined) lost.add(joined.lost);
    }
    const mine = await clone.tip();
    if (mine === null || (isThere && mine === (await clone.synced()))) return end(undefined);
    const ahead = await clone.ahead();
    const answer = await remote.push(mine);
    if (answer.status === 'accepted') {
      pushed = ahead;
      const mended = isBlind ? await mendedBy(answer, synced, clone) : undefined;
      if (mended !== undefined) lost.add(mended);
      await clone.noteSynced(mine);
      return end(undefined);
    }
    if (answer.status !== 'moved') return end(answer);
  }
  return end({
    status: 'offline',
    why: `Others moved the remote's branch ${pace.attemptsMax} times in a row.`,
    next: 'Run git intercom sync.',
  });
}

/** What a push without a look has put right by itself; who looks after the remote should hear of it all the same. */
async function mendedBy<Tip>(
  { was }: Pushed,
  synced: Tip,
  clone: Pick<Clone<Tip>, 'isBefore'>,
): Promise<Joined['lost']> {
  if (was === null) return 'deleted';
  return was !== undefined && (await clone.isBefore(was, synced)) ? 'rewound' : undefined;
}
