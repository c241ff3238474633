/**
 * Who stands in the way of a claim: claims of others that overlap, and waiters that came before. What lies inside of one's
 * own live claims passes the waiters: it takes nothing from them, and they get nothing before that is released.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { narrower } from '../pattern/narrower.ts';
import { overlaps } from '../pattern/overlap.ts';
import type { Pattern } from '../pattern/parse.ts';
import { type Claimed, patternsOf } from '../record/patterns.ts';
import type { ClaimMode, ClaimRecord, UnreadableRecord, WaitingRecord } from '../record/record.ts';
import { isTakeable } from './lease.ts';
import { isHeldAlready } from './own.ts';

export interface Wanted {
  readonly uid: string;
  readonly patterns: readonly Pattern[];
  readonly mode: ClaimMode;
  /** Waiters with a smaller ticket come before; a newcomer has none and stands behind all. */
  readonly ticket: number;
}

/** As it is told to people and in JSON. */
export interface Rival {
  readonly id: string;
  readonly agent: string;
  readonly uid: string | null;
  readonly paths: readonly string[];
  /** For each pair of patterns that meet, the narrower one. */
  readonly overlap: readonly string[];
  readonly mode: ClaimMode;
  readonly why: string | null;
  readonly branch: string | null;
  /** Null where nobody can tell: the record is unreadable. */
  readonly expires: string | null;
  readonly state: 'holds' | 'waits' | 'unreadable';
}

export interface Obstacles {
  readonly rivals: readonly Rival[];
  /** Claims that are over and would be superseded by the grant. */
  readonly lapsed: readonly ClaimRecord[];
}

export function obstacles(draft: Draft, wanted: Wanted, context: Context): Obstacles {
  const { holders, ahead, lapsed } = inTheWay(draft, wanted, context);
  const rivals = [
    ...holders.map((claim) =>
      claim.kind === 'unreadable' ? unreadableRival(claim, wanted) : rival(claim, wanted, draft, 'holds'),
    ),
    ...ahead.map((waiting) => rival(waiting, wanted, draft, 'waits')),
  ];
  rivals.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { rivals, lapsed };
}

/** The records themselves, which cost less than what is told of them. */
export function inTheWay(draft: Draft, wanted: Wanted, context: Context) {
  const holders: (ClaimRecord | UnreadableRecord)[] = [];
  const lapsed: ClaimRecord[] = [];
  for (const claim of draft.claimsOverlapping(wanted.patterns)) {
    if (claim.kind === 'unreadable') holders.push(claim);
    else if (claim.uid === wanted.uid || (claim.mode === 'shared' && wanted.mode === 'shared')) continue;
    else if (isTakeable(claim, context)) lapsed.push(claim);
    else holders.push(claim);
  }
  const before = draft.waitingOverlapping(wanted.patterns).filter((waiting) => isAhead(waiting, wanted));
  const ahead = before.length > 0 && !isHeldAlready(wanted, draft, context) ? before : [];
  return { holders, ahead, lapsed };
}

function isAhead({ uid, ticket, mode }: WaitingRecord, wanted: Wanted): boolean {
  if (uid === wanted.uid || ticket >= wanted.ticket) return false;
  return mode === 'exclusive' || wanted.mode === 'exclusive';
}

function rival(record: ClaimRecord | WaitingRecord, wanted: Wanted, draft: Draft, state: 'holds' | 'waits'): Rival {
  const { id, agent, uid, paths, mode, expires } = record;
  return {
    id,
    agent,
    uid,
    paths,
    overlap: meetings(record, wanted, draft),
    mode,
    why: record.why ?? null,
    branch: record.branch ?? null,
    expires,
    state,
  };
}

function unreadableRival(record: UnreadableRecord, wanted: Wanted): Rival {
  return {
    id: record.id,
    agent: 'unknown',
    uid: null,
    paths: record.paths,
    overlap: wanted.patterns.map((pattern) => pattern.source),
    mode: 'exclusive',
    why: `its record cannot be read: ${record.reason}`,
    branch: null,
    expires: null,
    state: 'unreadable',
  };
}

function meetings(record: Claimed, wanted: Wanted, draft: Draft): string[] {
  const met = new Set<string>();
  for (const own of patternsOf(record, draft.view.paths)) {
    for (const pattern of wanted.patterns) if (overlaps(own, pattern)) met.add(narrower(own, pattern));
  }
  return [...met];
}
