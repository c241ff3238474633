/** How often a remote is asked, by an imagined clock: whoever of a clone asked it last. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { keepInTouch } from '../../src/operations/in-touch.ts';
import type { Store, Sync } from '../../src/store/port.ts';

const [intervalSeconds, idleSeconds] = [15, 120];
const sync = { ...defaultPolicy.sync, intervalSeconds, idleIntervalSeconds: idleSeconds };

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-03-02T09:00:00Z') }));
afterEach(() => void vi.useRealTimers());

/** A clone whose processes note when one of them was at the remote, and whether something came. */
class Noted {
  readonly asked: number[] = [];
  readonly begunMs = Date.now();
  atMs = 0;
  movedMs: number;

  constructor(
    isActive: boolean,
    private readonly isKept = true,
  ) {
    this.movedMs = isActive ? this.begunMs : 0;
  }

  readonly sync = {
    restMs: (seconds: number) => Math.max(0, seconds * 1000 - (Date.now() - this.atMs)),
    look: async (seconds: number) => {
      if (this.sync.restMs(seconds) > 0) return 'same';
      this.asked.push((Date.now() - this.begunMs) / 1000);
      if (this.isKept) this.atMs = Date.now();
      return 'same';
    },
    hasFetched: async () => true,
    standing: async () => ({ unpushed: 0, movedMs: this.movedMs, unreached: undefined, lost: undefined }),
    keeping: () => () => {},
  } as unknown as Sync;

  /** Another process of the clone is at the remote. */
  beThere(): void {
    this.atMs = Date.now();
    this.movedMs = Date.now();
  }

  async keep(seconds: number, others: readonly number[] = []): Promise<void> {
    const end = new AbortController();
    const store = { policy: { ...defaultPolicy, sync }, tips: nothing } as unknown as Store;
    for (const at of others) setTimeout(() => this.beThere(), at * 1000);
    const kept = keepInTouch({ store, sync: this.sync }, end.signal);
    await vi.advanceTimersByTimeAsync(seconds * 1000);
    end.abort();
    await kept;
  }
}

async function* nothing(): AsyncIterable<never> {}

test('while others are at work the remote is asked once an interval, whoever of the clone was there in between', async () => {
  const times = fc.array(fc.double({ min: 0.1, max: 290, noNaN: true }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(times, async (others) => {
      const clone = new Noted(true);
      await clone.keep(300, others);
      const all = [...clone.asked, ...others, 300].sort((a, b) => a - b);
      const gaps = all.map((at, n) => at - (all[n - 1] ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual(intervalSeconds + 0.01);
      const contacts = clone.asked.map((at) => at - Math.max(-intervalSeconds, ...all.filter((other) => other < at)));
      expect(Math.min(...contacts)).toBeGreaterThanOrEqual(intervalSeconds - 0.01);
    }),
  );
});

test('a quiet remote is asked seldom, and often from when somebody of the clone was there', async () => {
  const quiet = new Noted(false);
  await quiet.keep(300);
  expect(quiet.asked).toEqual([0, 120, 240]);
  const woken = new Noted(false);
  await woken.keep(100, [40]);
  expect(woken.asked).toEqual([0, 55, 70, 85, 100]);
});

test('where nothing can be noted it is asked no more often', async () => {
  const clone = new Noted(true, false);
  await clone.keep(60);
  expect(clone.asked).toEqual([0, 15, 30, 45, 60]);
});
