/** Claims as answers show them: the same keys in the command's JSON, in tools and in the library. */
import type { ClaimRecord, WaitingRecord } from '../record/record.ts';
import { msOf } from '../time.ts';

/** What a claim and a place in the queue have in common. */
interface ShownWish {
  readonly id: string;
  readonly agent: string;
  readonly uid: string;
  readonly paths: readonly string[];
  readonly mode: 'exclusive' | 'shared';
  readonly why: string | null;
  readonly branch: string | null;
  readonly since: string;
  readonly expires: string;
}

export interface ShownClaim extends ShownWish {
  readonly worktree: string | null;
  readonly token: string | null;
  /** Confirmed: the authority holds it. A provisional claim has no token yet. */
  readonly state: 'confirmed' | 'provisional';
  /** The lease is over, or the offer was not taken, and nobody has taken the paths yet. */
  readonly lapsed: boolean;
  /** Granted to a waiter who has until then to take it. */
  readonly offeredUntil: string | null;
  /** There, and true, when a guard made the claim at the first edit. */
  readonly auto?: true;
}

export interface ShownWaiting extends ShownWish {
  readonly ticket: number;
}

/** An offer that nobody takes ends before its lease. */
function endOf({ expires, offeredUntil }: ClaimRecord): string {
  return offeredUntil !== undefined && offeredUntil < expires ? offeredUntil : expires;
}

/** `provisional` are the ids of claims that the authority has not confirmed: their tokens may still change. */
export function shownClaim(claim: ClaimRecord, nowMs: number, provisional: ReadonlySet<string>): ShownClaim {
  const isProvisional = claim.token === null || provisional.has(claim.id);
  return {
    id: claim.id,
    agent: claim.agent,
    uid: claim.uid,
    paths: claim.paths,
    mode: claim.mode,
    why: claim.why ?? null,
    branch: claim.branch ?? null,
    worktree: claim.worktree ?? null,
    token: isProvisional ? null : claim.token,
    since: claim.since,
    expires: claim.expires,
    state: isProvisional ? 'provisional' : 'confirmed',
    lapsed: msOf(endOf(claim)) <= nowMs,
    offeredUntil: claim.offeredUntil ?? null,
    ...(claim.auto && { auto: true as const }),
  };
}

export function shownWaiting(waiting: WaitingRecord): ShownWaiting {
  return {
    id: waiting.id,
    agent: waiting.agent,
    uid: waiting.uid,
    paths: waiting.paths,
    mode: waiting.mode,
    why: waiting.why ?? null,
    branch: waiting.branch ?? null,
    ticket: waiting.ticket,
    since: waiting.at,
    expires: waiting.expires,
  };
}
