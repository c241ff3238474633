/** A lease that ended, and that nobody renewed: the claim holds its paths no more, and the next one may take them. */
import { isOver } from '../claim/lease.ts';
import type { ClaimRecord } from '../record/record.ts';
import { formatDuration, msOf } from '../time.ts';
import { aboutClaim, pathsInWords, releaseOf } from './about-claim.ts';
import type { CheckFinding } from './finding.ts';
import type { Seen, SeenClaim } from './seen.ts';

type Clock = Pick<Seen, 'nowMs' | 'clockDriftSeconds' | 'host' | 'boot'>;

export function leaseOver(seen: SeenClaim, clock: Clock): CheckFinding | undefined {
  const { claim } = seen;
  if (!isLeaseOver(claim, clock)) return undefined;
  const ago = formatDuration((clock.nowMs - msOf(claim.expires)) / 1000);
  return aboutClaim('lease-over', seen, {
    what: `The lease of ${claim.agent} on ${pathsInWords(claim.paths)} ended ${ago} ago.`,
    next: `As ${claim.agent}, run git intercom renew ${claim.id} to go on; otherwise run ${releaseOf(seen)} to free it.`,
  });
}

/** As a transaction judges it that would take the paths: of another machine, as in a CI, only by more than two clocks may differ. */
export function isLeaseOver(claim: Pick<ClaimRecord, 'expires' | 'host' | 'boot'>, clock: Clock): boolean {
  const { nowMs, clockDriftSeconds, host, boot } = clock;
  return isOver(claim, { nowMs, actor: { host, boot }, policy: { clockDriftSeconds } });
}
