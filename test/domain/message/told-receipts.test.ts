import { expect, test } from 'vitest';
import { toldReceipts } from '../../../src/domain/message/told-receipts.ts';

const at = '2026-03-02T09:00:00.000Z';
const nowMs = Date.parse(at) + 120_000;
const mark = (agent: string) => ({ agent, at });

test('each recipient is named once, by the most that it did, and when', () => {
  const receipts = {
    delivered: [mark('ada'), mark('bob'), mark('cy')],
    acknowledged: [mark('bob'), mark('cy')],
    completed: [mark('cy')],
  };
  expect(toldReceipts(receipts, nowMs)).toEqual([
    'done by cy (2m ago)',
    'acknowledged by bob (2m ago)',
    'seen by ada (2m ago)',
  ]);
});

test('nothing is said where nobody has it', () => {
  expect(toldReceipts({ delivered: [], acknowledged: [], completed: [] }, nowMs)).toEqual([]);
});
