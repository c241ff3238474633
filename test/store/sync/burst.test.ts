/** How long a batch waits for more, by an imagined clock. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { burstMax, waitForLull } from '../../../src/store/sync/burst.ts';

/** Seconds that a batch waits while somebody records at these seconds. */
async function waited(seconds: number, recordedAt: readonly number[]): Promise<number> {
  let nowMs = 0;
  await waitForLull(seconds, {
    tip: async () => recordedAt.filter((at) => at * 1000 <= nowMs).length,
    sleep: async (ms) => {
      nowMs += ms;
    },
  });
  return nowMs / 1000;
}

const often = (from: number, to: number) => Array.from({ length: (to - from) * 10 }, (_, n) => from + n / 10);

test('what is alone is brought after the time of the policy, and not a moment later', async () => {
  expect(await waited(2, [])).toBe(2);
  expect(await waited(2, often(0, 1.6))).toBe(2);
  expect(await waited(0, often(0, 9))).toBe(0);
});

test('a burst is brought once, when it is over', async () => {
  expect(await waited(2, often(0, 4))).toBeCloseTo(4.4, 1);
});

test('who never stops is brought all the same', async () => {
  expect(await waited(2, often(0, 60))).toBe(2 * burstMax - 0.1);
});

test('no wait is shorter than the policy has it, nor longer than a few times that', async () => {
  const times = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 8 }), times, async (seconds, recordedAt) => {
      const took = await waited(seconds, recordedAt);
      expect(took).toBeGreaterThanOrEqual(seconds - 1e-9);
      expect(took).toBeLessThanOrEqual(seconds * burstMax + 1e-9);
    }),
  );
});
