import { expect, test } from 'vitest';
import { waitFor } from '../../src/operations/wait-for.ts';
import type { Store } from '../../src/store/port.ts';

/** A tip that moves when the test says so; told one after the other, to whoever asks next. */
function movingTip() {
  const told: (() => void)[] = [];
  let isClosed = false;
  async function* tips(signal: AbortSignal): AsyncIterable<null> {
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    try {
      while (!signal.aborted) {
        await Promise.race([new Promise<void>((resolve) => told.push(resolve)), aborted]);
        if (!signal.aborted) yield null;
      }
    } finally {
      isClosed = true;
    }
  }
  const until = async (count: number) => {
    while (told.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { session: { store: { tips } as unknown as Store, sync: undefined }, told, until, isClosed: () => isClosed };
}

const never = Number.POSITIVE_INFINITY;

test('a move that comes after an alarm is not lost', async () => {
  const tip = movingTip();
  let looks = 0;
  const waited = waitFor(tip.session, {
    waitSeconds: 60,
    signal: undefined,
    look: async () => {
      looks += 1;
      return looks > 2 ? { answer: looks } : { againInMs: looks === 1 ? 5 : never };
    },
    dueInMs: async () => 0,
  });
  await tip.until(1);
  while (looks < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  tip.told[0]?.();
  expect(await waited).toBe(3);
  expect(tip.isClosed()).toBe(true);
});

test('a move that decides nothing costs no look, and an alarm in ages is not at once', async () => {
  const tip = movingTip();
  const ends: unknown[] = [];
  const waited = waitFor(tip.session, {
    waitSeconds: 0.2,
    signal: undefined,
    look: async (end) => {
      ends.push(end);
      return end === undefined ? { againInMs: never } : { answer: 'in vain' };
    },
    dueInMs: async () => never,
  });
  await tip.until(1);
  tip.told[0]?.();
  expect(await waited).toBe('in vain');
  expect(ends).toEqual([undefined, 'deadline']);
});

test('a move that brings the moment nearer is heeded, and one that puts it off costs one look in vain', async () => {
  const tip = movingTip();
  const due = [1, 60_000];
  let looks = 0;
  const waited = waitFor(tip.session, {
    waitSeconds: 60,
    signal: undefined,
    look: async () => {
      looks += 1;
      return looks > 1 ? { answer: due } : { againInMs: 60_000 };
    },
    dueInMs: async () => due.shift() as number,
  });
  await tip.until(1);
  tip.told[0]?.();
  await tip.until(2);
  tip.told[1]?.();
  expect(await waited).toEqual([]);
});

test.each([
  ['no time', 0, undefined, 'deadline'],
  ['a signal that has fired', 60, AbortSignal.abort(), 'interrupted'],
] as const)('with %s there is one look, and it is the last', async (_what, waitSeconds, signal, end) => {
  const look = async (at: unknown) => ({ answer: at });
  expect(await waitFor(movingTip().session, { waitSeconds, signal, look, dueInMs: async () => 0 })).toBe(end);
});

test('what a look throws ends the wait, and the watch', async () => {
  const tip = movingTip();
  let looks = 0;
  const look = async () => {
    looks += 1;
    if (looks > 1) throw new Error('no disk');
    return { againInMs: 1 };
  };
  const wait = { waitSeconds: 60, signal: undefined, look, dueInMs: async () => 0 };
  await expect(waitFor(tip.session, wait)).rejects.toThrow('no disk');
  expect(tip.isClosed()).toBe(true);
});
