/** A claim that is older than the team allows, however often its lease was renewed. */
import { formatDuration, msOf } from '../time.ts';
import { aboutClaim, pathsInWords, releaseOf } from './about-claim.ts';
import type { CheckFinding } from './finding.ts';
import type { Seen, SeenClaim } from './seen.ts';

export function tooOld(
  seen: SeenClaim,
  { nowMs, maxAgeSeconds }: Pick<Seen, 'nowMs' | 'maxAgeSeconds'>,
): CheckFinding | undefined {
  const { claim } = seen;
  const ageSeconds = (nowMs - msOf(claim.since)) / 1000;
  if (maxAgeSeconds === undefined || !(ageSeconds > maxAgeSeconds)) return undefined;
  const [age, allowed] = [ageSeconds, maxAgeSeconds].map(formatDuration);
  return aboutClaim('too-old', seen, {
    what: `${claim.agent} has claimed ${pathsInWords(claim.paths)} for ${age}, and ${allowed} is allowed.`,
    next: `Ask with git intercom send ${claim.agent} "…" what it is still needed for, or run ${releaseOf(seen)}.`,
  });
}
