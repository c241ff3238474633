/**
 * When a lease is over, and for whom.
 *
 * A clock is only compared with itself. For the claims of this host the host's own clock judges; for those of another
 * host a drift is allowed, and nothing is taken from it that this clone has not seen unrenewed for a whole lease.
 * So a clock that is hours fast steals nothing.
 */
import type { Actor, Context } from '../decision.ts';
import {
  foreignPlaceSlackSeconds,
  leaseSecondsLimit,
  leaseSecondsMin,
  offerSeconds,
  waitSecondsMax,
} from '../limits.ts';
import type { Policy } from '../policy.ts';
import type { ClaimRecord } from '../record/record.ts';
import { msOf } from '../time.ts';

/** What was asked for, as whole seconds within the bounds of the policy. */
export function leaseLength(askedSeconds: number, { leaseSecondsMax }: Policy): number {
  const mostSeconds = Math.min(leaseSecondsMax, leaseSecondsLimit);
  return Math.max(Math.round(Math.min(askedSeconds, mostSeconds)), leaseSecondsMin);
}

/** `host` and `boot` are of the one whose clock set `expires`. */
type Ending = Pick<ClaimRecord, 'host' | 'boot' | 'expires'>;
type Leased = Ending & Pick<ClaimRecord, 'id' | 'leaseSeconds'>;
type Offered = Pick<ClaimRecord, 'offeredUntil'>;

/** How long a place in the queue is kept for one who is going to wait: a lease beyond the wait. */
export function placeSeconds(waitSeconds: number, leaseSeconds: number): number {
  return Math.min(Math.max(waitSeconds, 0), waitSecondsMax) + leaseSeconds;
}

/**
 * Whether a place in the queue is lost. That of another host outlives its lease by a day, for nobody has watched it: when
 * its turn comes it is offered what it waited for, and if nobody is there the offer passes on within minutes.
 */
export function isPlaceOver(place: Ending, context: Context): boolean {
  return placeEndMs(place, context) <= context.nowMs;
}

/** The instant from which on the place is lost. */
export function placeEndMs(place: Ending, context: Context): number {
  const slackMs = isOfThisHost(place, context) ? 0 : foreignPlaceSlackSeconds * 1000;
  return msOf(place.expires) + slackMs;
}

/** Whose clock it is now, and by how much another may differ. */
export interface Clock {
  readonly nowMs: number;
  readonly actor: Pick<Actor, 'host' | 'boot'>;
  readonly policy: Pick<Policy, 'clockDriftSeconds'>;
}

/** Lapsed: it may be superseded when `isTakeable` says so too. Everybody who calls a claim stale asks here. */
export function isOver(lease: Ending, context: Clock): boolean {
  return endMs(lease, context) <= context.nowMs;
}

function endMs(lease: Ending, context: Clock): number {
  const driftMs = isOfThisHost(lease, context) ? 0 : context.policy.clockDriftSeconds * 1000;
  return msOf(lease.expires) + driftMs;
}

/** Whether the next claimant may have it. Evidence that its process is dead spares the wait. */
export function isTakeable(claim: Leased, context: Context): boolean {
  return isOver(claim, context) && (isProven(claim, context) || wasSeen(claim, claim.leaseSeconds, context));
}

/** Whether an offer passes on to the next in line; judged like a lease of a minute. */
export function isOfferOver({ offeredUntil, ...claim }: Leased & Offered, context: Context): boolean {
  if (offeredUntil === undefined || !isOver({ ...claim, expires: offeredUntil }, context)) return false;
  return isProven(claim, context) || wasSeen(claim, offerSeconds, context);
}

/**
 * The next instant at which time alone may free what is claimed: the lease is over then, or the offer, or it was seen for
 * long enough. Always to come; without end where nothing of the kind is.
 */
export function nextEndMs(claim: Leased & Offered, context: Context): number {
  const { offeredUntil } = claim;
  const ends = [...endsOf(claim, claim.leaseSeconds, context)];
  if (offeredUntil !== undefined) ends.push(...endsOf({ ...claim, expires: offeredUntil }, offerSeconds, context));
  return Math.min(...ends.filter((ms) => ms > context.nowMs));
}

/** Evidence may spare the wait after the lease, so that its end counts by itself. */
function endsOf(claim: Leased, seconds: number, context: Context): number[] {
  const end = endMs(claim, context);
  if (end > context.nowMs || isProven(claim, context)) return [end];
  const seenSinceMs = context.seenSinceMs(claim.id, claim.expires) ?? context.nowMs;
  return [end, seenSinceMs + seconds * 1000];
}

function isProven(claim: Leased, context: Context): boolean {
  return isOfThisHost(claim, context) || context.evidence.get(claim.id)?.process === 'dead';
}

function wasSeen({ id, expires }: Leased, seconds: number, context: Context): boolean {
  const seenSinceMs = context.seenSinceMs(id, expires);
  return seenSinceMs !== undefined && context.nowMs - seenSinceMs >= seconds * 1000;
}

/** Whose clock writes the instants of a lease that this actor begins. */
export function clockOf({ host, boot }: Actor): Pick<ClaimRecord, 'host' | 'boot'> {
  return { host, boot };
}

/** A name alone may be another machine's, cloned or called like most are; what was begun before a restart counts as theirs. */
function isOfThisHost({ host, boot }: Ending, { actor }: Pick<Clock, 'actor'>): boolean {
  return host === actor.host && (boot === undefined || actor.boot === undefined || boot === actor.boot);
}
