import { expect, test } from 'vitest';
import { attentionAfter } from '../../../src/domain/guard/attention.ts';
import { mayWake } from '../../../src/domain/guard/wake.ts';

const minute = 60_000;
const normal = { from: 'bob', importance: 'normal', isAsk: false, isDamped: false } as const;

function wakes(from: string, count: number, everyMs = 1_000) {
  return Array.from({ length: count }, (_, n) => ({ from, atMs: n * everyMs }));
}

test('a message wakes, a quiet one does not', () => {
  expect(mayWake(normal, [], 0)).toBe(true);
  expect(mayWake({ ...normal, importance: 'low' }, [], 0)).toBe(false);
});

test('two agents that answer each other come to an end: the sixth message within ten minutes waits', () => {
  expect(mayWake(normal, wakes('bob', 4), 5_000)).toBe(true);
  expect(mayWake(normal, wakes('bob', 5), 5_000)).toBe(false);
  expect(mayWake(normal, wakes('eve', 5), 5_000)).toBe(true);
  expect(mayWake(normal, wakes('bob', 5), 11 * minute)).toBe(true);
});

test('an ask wakes all the same, and what is urgent twice as often and no more', () => {
  expect(mayWake({ ...normal, isAsk: true }, wakes('bob', 19), 19_000)).toBe(true);
  expect(mayWake({ ...normal, importance: 'urgent' }, wakes('bob', 9), 9_000)).toBe(true);
  expect(mayWake({ ...normal, importance: 'urgent' }, wakes('bob', 10), 10_000)).toBe(false);
});

test('what is damped wakes nobody, however urgent it says it is', () => {
  expect(mayWake({ ...normal, importance: 'urgent', isDamped: true }, [], 0)).toBe(false);
});

test('a session is idle from its start, and from the end of a turn that was not told to go on', () => {
  expect(attentionAfter({ kind: 'session-start' }, {})).toBe('idle');
  expect(attentionAfter({ kind: 'turn-end' }, {})).toBe('idle');
  expect(attentionAfter({ kind: 'turn-end' }, { goOn: 'mail' })).toBe('busy');
  expect(attentionAfter({ kind: 'prompt' }, {})).toBe('busy');
});
