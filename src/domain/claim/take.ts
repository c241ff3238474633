/** A waiter comes back for its place: it takes what it was offered meanwhile, or learns who is still ahead. */
import { namesFor, withName } from '../agent/visibility.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { meansId } from '../id.ts';
import { rememberKey } from '../key.ts';
import { ambiguous, meantBy } from '../meant-id.ts';
import { claimPath, waitingFolder, waitingPath } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { ClaimRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { instantOf, msOf } from '../time.ts';
import { type ClaimOutcome, claimSubject } from './claim.ts';
import { obstacles } from './conflict.ts';
import { ownClaims } from './held.ts';
import { keyedClaim, recallClaim } from './keyed.ts';
import { clockOf, placeSeconds } from './lease.ts';
import { settle } from './settle.ts';
import { nextTurnMs } from './turn.ts';

export interface TakeIntent {
  /** Or the ending of it. */
  readonly id: string;
  /** Keeps the place for this long from now on, when the wait goes on. */
  readonly waitSeconds: number;
  /** That the claim was asked for under: what is taken is its first result. */
  readonly key?: string | undefined;
}

type TakeOutcome = Exclude<ClaimOutcome, { waiting: unknown }> | StillWaiting;

export type StillWaiting = Exclude<ClaimOutcome, { claim: unknown }> & {
  /** The next instant at which time alone may have brought its turn; without end where none does. */
  readonly nextTurnMs: number;
};

/** Writes when it takes an offer or moves the queue; a place is prolonged when less than half a lease is left beyond. */
export function decideTake(draft: Draft, intent: TakeIntent, context: Context): Decision<TakeOutcome> {
  settle(draft, context);
  const claims = ownClaims(draft, context).map(({ claim }) => claim);
  const places = [...draft.folder(waitingFolder)].filter((record) => record.kind === 'waiting');
  const own = [...claims, ...places.filter(({ uid }) => uid === context.actor.uid)];
  const found = meantBy(intent.id, own);
  if (found.length > 1) {
    const candidates = found.map(({ id, paths }) => ({ id, what: oneLine(listed(paths), 80) }));
    return { ok: false, refusal: ambiguous(intent.id, candidates) };
  }
  const [waiting] = found;
  if (waiting?.kind === 'claim') return taken(waiting, intent.key, draft, context);
  // It may be wider than what the key was given for, and is no result of that.
  const handed = claims.find(({ places }) => places?.some((id) => meansId(intent.id, id)));
  if (waiting === undefined && handed !== undefined) return taken(handed, undefined, draft, context);
  if (waiting === undefined) {
    return refuse(
      'unknown-claim',
      `${context.actor.name} neither holds nor waits for ${oneLine(intent.id, 40)}: the place lapsed, or the offer was not taken in time.`,
      'Run git intercom claim with the paths again.',
      { id: intent.id },
    );
  }
  const { id } = waiting;
  const keptMs = placeSeconds(intent.waitSeconds, waiting.leaseSeconds) * 1000;
  if (msOf(waiting.expires) - context.nowMs < keptMs - (waiting.leaseSeconds * 1000) / 2) {
    const expires = instantOf(context.nowMs + keptMs);
    draft.put(waitingPath(id), { ...waiting, ...clockOf(context.actor), expires });
  }
  const patterns = patternsOf(waiting, draft.view.paths);
  const names = namesFor(draft, context.actor.name);
  const rivals = obstacles(draft, { ...waiting, patterns }, context).rivals.map((rival) => withName(rival, names));
  const ahead = rivals.filter(({ state }) => state === 'waits').length;
  return {
    ok: true,
    result: { waiting, ahead, rivals, nextTurnMs: nextTurnMs(draft, id, context) },
    headline: { op: 'wait', subject: `go on waiting (${waiting.agent})`, ids: [id], paths: waiting.paths },
  };
}

function taken(claim: ClaimRecord, key: string | undefined, draft: Draft, context: Context): Decision<TakeOutcome> {
  const keyed = keyedClaim(key, claim);
  const recalled = recallClaim(keyed, draft, context);
  if (recalled?.ok === false) return recalled;
  const after = claim.offeredUntil === undefined ? claim : accepted(claim, context);
  if (after !== claim) draft.put(claimPath(claim.id), after);
  if (recalled === undefined) rememberKey(draft, { ...keyed, result: { claim: after } }, context);
  const subject = after === claim ? claimSubject(claim) : `${claimSubject(after)} [waited]`;
  const paths = after === claim ? {} : { paths: claim.paths };
  return { ok: true, result: { claim: after }, headline: { op: 'claim', subject, ids: [claim.id], ...paths, key } };
}

function accepted(offer: ClaimRecord, { now, nowMs, actor }: Context): ClaimRecord {
  const expires = instantOf(nowMs + offer.leaseSeconds * 1000);
  return { ...offer, at: now, ...clockOf(actor), since: now, expires, offeredUntil: undefined };
}
