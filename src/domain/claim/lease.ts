/**
 * When a lease is over, and for whom.
 *
 * A clock is only compared with itself. For the claims of this host the host's own clock judges; for those of another
 * host a drift is allowed, and nothing is taken from it that this clone has not seen unrenewed for a whole lease.
 * So a clock that is hours fast steals nothing.
 */
import type { Context } from '../decision.ts';
import type { ClaimRecord } from '../record/record.ts';
import { msOf } from '../time.ts';

type Leased = Pick<ClaimRecord, 'id' | 'host' | 'expires' | 'leaseSeconds'>;

/** Lapsed: it may be superseded when `isTakeable` says so too. */
export function isOver(claim: Leased, context: Context): boolean {
  const driftMs = isOfThisHost(claim, context) ? 0 : context.policy.clockDriftSeconds * 1000;
  return msOf(claim.expires) + driftMs <= context.nowMs;
}

/** Whether the next claimant may have it. Evidence that its process is dead spares the wait. */
export function isTakeable(claim: Leased, context: Context): boolean {
  if (!isOver(claim, context)) return false;
  if (isOfThisHost(claim, context)) return true;
  if (context.evidence.get(claim.id)?.process === 'dead') return true;
  const seenSinceMs = context.seenSinceMs(claim.id, claim.expires);
  return seenSinceMs !== undefined && context.nowMs - seenSinceMs >= claim.leaseSeconds * 1000;
}

function isOfThisHost(claim: Leased, { actor }: Context): boolean {
  return claim.host === actor.host;
}
