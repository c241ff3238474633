/** When mail wakes a session by a plugin of ours: the same for every harness that has one. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Waking } from '../../src/plugins/waking.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A session that is idle, and a guard with the texts that it answers in turn. */
function session(...texts: (string | undefined)[]) {
  const heard: string[] = [];
  const world = { isIdle: true, asked: 0, whileAsked: () => {} };
  const waking: Waking = new Waking({
    isIdle: () => world.isIdle,
    unread: async () => {
      world.asked++;
      world.whileAsked();
      return texts.shift();
    },
    beginTurn: async (text) => void heard.push(text),
  });
  const begins = () => {
    world.isIdle = false;
    return waking.noteTurn();
  };
  const ends = () => {
    world.isIdle = true;
    waking.noteTurnEnd();
  };
  return {
    waking,
    world,
    heard,
    begins,
    ends,
    comes: () => waking.noteMail(),
    soon: () => vi.advanceTimersByTimeAsync(1),
  };
}

test('mail wakes an idle session, once until its turn has begun', async () => {
  const { world, heard, begins, ends, comes, soon } = session('first', 'second');
  comes();
  await soon();
  comes();
  await soon();
  expect([world.asked, heard]).toEqual([1, ['first']]);
  expect(begins()).toBe(true);
  ends();
  await soon();
  expect(heard).toEqual(['first', 'second']);
});

test('a session that works is not disturbed; what it was not told by then wakes it when it is done', async () => {
  const { waking, world, heard, begins, ends, comes, soon } = session('mail');
  expect(begins()).toBe(false);
  comes();
  await soon();
  expect([world.asked, waking.hasMail]).toEqual([0, true]);
  ends();
  await soon();
  expect(heard).toEqual(['mail']);
});

test('what it was told meanwhile wakes nobody', async () => {
  const { waking, world, begins, ends, comes, soon } = session('mail');
  begins();
  comes();
  waking.noteAsked();
  ends();
  await soon();
  expect([world.asked, waking.hasMail]).toEqual([0, false]);
});

test('where the guard has nothing to say, no turn begins, and the next mail is asked about', async () => {
  const { world, heard, comes, soon } = session(undefined, 'mail');
  comes();
  await soon();
  expect([world.asked, heard]).toEqual([1, []]);
  comes();
  await soon();
  expect(heard).toEqual(['mail']);
});

test('mail that comes while the guard is asked is asked about as well', async () => {
  const { world, heard, comes, soon } = session(undefined, 'mail');
  world.whileAsked = () => {
    if (world.asked === 1) comes();
  };
  comes();
  await soon();
  expect([world.asked, heard]).toEqual([2, ['mail']]);
});

test('mail that the guard has told, when somebody else had begun a turn by then, is heard in that turn', async () => {
  const { waking, world, heard, begins, comes, soon } = session('mail');
  world.whileAsked = begins;
  comes();
  await soon();
  expect(heard).toEqual([]);
  expect(waking.hasMail).toBe(true);
  expect(waking.told('and what is new')).toBe('mail\n\nand what is new');
  expect([waking.hasMail, waking.told(undefined)]).toEqual([false, undefined]);
});

test('or it wakes the session when that turn is over', async () => {
  const { world, heard, begins, ends, comes, soon } = session('mail');
  world.whileAsked = () => {
    if (world.asked === 1) begins();
  };
  comes();
  await soon();
  ends();
  await soon();
  expect(heard).toEqual(['mail']);
});

test('a turn that could not be begun loses no mail, and holds up none', async () => {
  const heard: string[] = [];
  const beginTurn = vi.fn(async (text: string) => void heard.push(text)).mockRejectedValueOnce(new Error('busy'));
  const texts = ['first', 'second'];
  const waking = new Waking({ isIdle: () => true, unread: async () => texts.shift(), beginTurn });
  for (const _ of texts.slice()) {
    waking.noteMail();
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(heard).toEqual(['first\n\nsecond']);
});

test('after five turns that no person began each waits twice as long, at most a minute; a person begins anew', async () => {
  const texts = Array.from({ length: 20 }, (_, n) => `${n}`);
  const { heard, begins, ends, comes } = session(...texts);
  const secondsUntilWoken = async () => {
    const before = heard.length;
    comes();
    await vi.advanceTimersByTimeAsync(1);
    let seconds = 0;
    for (; heard.length === before; seconds++) await vi.advanceTimersByTimeAsync(1000);
    expect(begins()).toBe(true);
    ends();
    return seconds;
  };
  const waits: number[] = [];
  for (let n = 0; n < 13; n++) waits.push(await secondsUntilWoken());
  expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
  expect(begins()).toBe(false);
  ends();
  expect(await secondsUntilWoken()).toBe(0);
});

test('a session that is over is not woken', async () => {
  const { waking, world, comes, soon } = session('mail');
  comes();
  waking.end();
  await soon();
  expect(world.asked).toBe(0);
});
