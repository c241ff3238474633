/** A lease that ended, and that nobody renewed: the claim holds its paths no more, and the next one may take them. */
import type { ClaimRecord } from '../record/record.ts';
import { formatDuration, msOf } from '../time.ts';
import { aboutClaim, pathsInWords, releaseOf } from './about-claim.ts';
import type { CheckFinding } from './finding.ts';
import type { Seen, SeenClaim } from './seen.ts';

type Clock = Pick<Seen, 'nowMs' | 'clockDriftSeconds'>;

export function leaseOver(seen: SeenClaim, clock: Clock): CheckFinding | undefined {
  const { claim } = seen;
  if (!isLeaseOver(claim, clock)) return undefined;
  const ago = formatDuration((clock.nowMs - msOf(claim.expires)) / 1000);
  return aboutClaim('lease-over', seen, {
    what: `The lease of ${claim.agent} on ${pathsInWords(claim.paths)} ended ${ago} ago.`,
    next: `As ${claim.agent}, run git intercom renew ${claim.id} to go on; otherwise run ${releaseOf(seen)} to free it.`,
  });
}

/** By more than two clocks may differ, whoever holds it: the check may run on any machine. */
export function isLeaseOver({ expires }: Pick<ClaimRecord, 'expires'>, { nowMs, clockDriftSeconds }: Clock): boolean {
  return msOf(expires) + clockDriftSeconds * 1000 < nowMs;
}
