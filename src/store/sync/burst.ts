/**
 * How long what is recorded waits for more to be brought along. Each time it is brought while others write, too, all of
 * it is decided again on top of theirs, so a burst is worth waiting for: until nobody has recorded anything for a moment,
 * and no longer than a few times as long as the policy has one wait.
 */
export interface Pulse {
  readonly tip: () => Promise<unknown>;
  /** May end early when nobody wants the answer any more. */
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** Agents that write by turns, some at once, leave no longer pauses than that. */
const lullMs = 300;
export const burstMax = 3;

/** Waits so long where nothing is recorded at the end of it. */
export async function waitForLull(seconds: number, { tip, sleep }: Pulse): Promise<void> {
  const [wantedMs, longestMs] = [seconds * 1000, seconds * 1000 * burstMax];
  const lookMs = Math.min(lullMs, wantedMs);
  await sleep(wantedMs - lookMs);
  let before = await tip();
  for (let waitedMs = wantedMs; ; waitedMs += lookMs) {
    await sleep(lookMs);
    const now = await tip();
    if (now === before || waitedMs + lookMs > longestMs || lookMs === 0) return;
    before = now;
  }
}
