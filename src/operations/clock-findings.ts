/**
 * Clocks that are hours apart: found by what is dated later than now, and, as one commit was made after the other, by one
 * that is dated before the one it stands on. Leases do not suffer; what people read does.
 */
import { formatDuration, msOf } from '../domain/time.ts';
import type { Finding, HistoryEntry } from '../store/port.ts';
import type { Session } from './session.ts';

/** What is wrong now shows in what was recorded lately. */
const commitsLookedAt = 200;
/** A drift that the policy allows for is no finding; neither is one that nobody would notice. */
const secondsMin = 300;

const next =
  'Set the clocks by the network. No lease is taken over by a wrong clock: others are watched for a whole lease first.';

export async function clockFindings({ store }: Pick<Session, 'store'>, nowMs: number): Promise<Finding[]> {
  const allowedMs = Math.max(store.policy.clockDriftSeconds, secondsMin) * 1000;
  let left = commitsLookedAt;
  let later: HistoryEntry | undefined;
  for await (const entry of store.history()) {
    if (left-- === 0) break;
    const { at, agent, oid } = entry;
    const backMs = later === undefined ? 0 : msOf(at) - msOf(later.at);
    const aheadMs = msOf(at) - nowMs;
    if (aheadMs <= allowedMs && backMs > allowedMs && later?.agent !== undefined && agent !== undefined) {
      const what = `Clocks differ: what ${later.agent} recorded (${later.oid.slice(0, 12)}) is dated ${formatDuration(backMs / 1000)} before what ${agent} had recorded by then (${oid.slice(0, 12)}).`;
      return [{ level: 'warning', what, next }];
    }
    later = entry;
    if (aheadMs <= allowedMs) continue;
    const who = agent === undefined ? 'a commit made by hand' : `what ${agent} recorded`;
    return [
      {
        level: 'warning',
        what: `Clocks differ: ${who} (${oid.slice(0, 12)}) is dated ${formatDuration(aheadMs / 1000)} after now. Either that machine's clock is fast, or this one's is slow.`,
        next,
      },
    ];
  }
  return [];
}
