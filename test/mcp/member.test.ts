/** The sign of life of a session: many calls, one writing. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Member } from '../../src/mcp/member.ts';
import type { Session } from '../../src/operations/session.ts';
import { sessionOf } from '../store/session-of.ts';

const beatMs = 30_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const nothing = { pending: () => [], forget: () => {} };

/** A store that counts who wants to write, and fails as often as told. */
function countingSession(failures = 0): { readonly session: Session; readonly written: () => number } {
  let written = 0;
  const store = {
    journals: { delivered: nothing, reads: nothing },
    transact: async () => {
      written += 1;
      if (written <= failures) throw Object.assign(new Error('disk full'), { code: 'ENOSPC' });
      return { ok: true, result: { renewed: [] }, nowMs: 0 };
    },
  };
  return { session: sessionOf(store as never, 'ada'), written: () => written };
}

test('a session that does nothing writes nothing', async () => {
  const { session, written } = countingSession();
  new Member(session, false);
  await vi.advanceTimersByTimeAsync(10 * beatMs);
  expect(written()).toBe(0);
});

test('a hundred calls in half a minute are one sign of life', async () => {
  const { session, written } = countingSession();
  const member = new Member(session, false);
  for (let n = 0; n < 100; n++) member.noteActivity();
  await vi.advanceTimersByTimeAsync(10 * beatMs);
  expect(written()).toBe(1);
});

test('a sign of life that could not be written is tried again', async () => {
  const { session, written } = countingSession(1);
  const member = new Member(session, false);
  member.noteActivity();
  await vi.advanceTimersByTimeAsync(2 * beatMs);
  expect(written()).toBe(2);
});

test('a session of a server that only reads writes nothing, whatever it does', async () => {
  const { session, written } = countingSession();
  const member = new Member(session, true);
  member.noteActivity();
  await vi.advanceTimersByTimeAsync(2 * beatMs);
  await member.end();
  expect(written()).toBe(0);
});

test('who has ended gives no more signs of life', async () => {
  const { session, written } = countingSession();
  const member = new Member(session, false);
  member.noteActivity();
  await member.end();
  const left = written();
  await vi.advanceTimersByTimeAsync(10 * beatMs);
  expect(written()).toBe(left);
});
