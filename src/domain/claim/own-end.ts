/**
 * Until when its own holder may count on a claim. Other clones know the lease as the authority has it: a renewal that does
 * not get there prolongs nothing for them, and their clocks may be ahead.
 */
import { type Instant, msOf } from '../time.ts';

interface Lease {
  readonly expires: Instant;
  readonly leaseSeconds: number;
}

/**
 * `confirmed` is the expiry that the authority had when this clone agreed with it last; undefined where there is no authority,
 * or it has never heard of the claim: then the expiry counts as it is. Of a short lease half is left.
 */
export function ownEndMs(
  { expires, leaseSeconds }: Lease,
  confirmed: Instant | undefined,
  driftSeconds: number,
): number {
  if (confirmed === undefined) return msOf(expires);
  const allowanceMs = Math.min(driftSeconds, leaseSeconds / 2) * 1000;
  return Math.min(msOf(expires), msOf(confirmed) - allowanceMs);
}
