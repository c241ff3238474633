/** Clocks that are hours apart, found by what is dated later than now. Leases do not suffer; what people read does. */
import { formatDuration, msOf } from '../domain/time.ts';
import type { Finding } from '../store/port.ts';
import type { Session } from './session.ts';

/** What is wrong now shows in what was recorded lately. */
const commitsLookedAt = 200;
/** A drift that the policy allows for is no finding; neither is one that nobody would notice. */
const secondsMin = 300;

export async function clockFindings({ store }: Pick<Session, 'store'>, nowMs: number): Promise<Finding[]> {
  const allowedMs = Math.max(store.policy.clockDriftSeconds, secondsMin) * 1000;
  let left = commitsLookedAt;
  for await (const { at, agent, oid } of store.history()) {
    if (left-- === 0) break;
    const aheadMs = msOf(at) - nowMs;
    if (aheadMs <= allowedMs) continue;
    const who = agent === undefined ? 'a commit made by hand' : `what ${agent} recorded`;
    return [
      {
        level: 'warning',
        what: `Clocks differ: ${who} (${oid.slice(0, 12)}) is dated ${formatDuration(aheadMs / 1000)} after now. Either that machine's clock is fast, or this one's is slow.`,
        next: 'Set the clocks by the network. No lease is taken over by a wrong clock: others are watched for a whole lease first.',
      },
    ];
  }
  return [];
}
