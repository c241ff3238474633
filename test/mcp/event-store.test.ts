import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { RecentEvents } from '../../src/mcp/event-store.ts';

const bounds = { ageMsMax: 1_000, eventsMax: 4, bytesMax: 1_000 };

function told(n: number, text = ''): JSONRPCMessage {
  return { jsonrpc: '2.0', method: 'told', params: { n, text } };
}

function numbers(events: RecentEvents, after: string): unknown[] {
  return events.after(after).map(({ message }) => (message as { params?: { n?: number } }).params?.n);
}

test('after an event come those of its stream alone, in order', async () => {
  const events = new RecentEvents(() => 0);
  const first = await events.storeEvent('a', told(1));
  await events.storeEvent('b', told(2));
  await events.storeEvent('a', told(3));
  await events.storeEvent('a', told(4));
  expect(numbers(events, first)).toEqual([3, 4]);
  const sent: unknown[] = [];
  const stream = await events.replayEventsAfter(first, { send: async (id) => void sent.push(id) });
  expect([stream, sent]).toEqual(['a', ['a.3', 'a.4']]);
});

test('the event that only says where a stream begins is not sent again', async () => {
  const events = new RecentEvents(() => 0);
  await events.storeEvent('a', told(1));
  await events.storeEvent('a', {} as JSONRPCMessage);
  expect(numbers(events, 'a.0')).toEqual([1]);
});

test('a stream is over when its answer is among its events', async () => {
  const events = new RecentEvents(() => 0);
  const first = await events.storeEvent('a', told(1));
  await events.storeEvent('b', { jsonrpc: '2.0', id: 7, result: {} });
  expect(events.isAnswered(first)).toBe(false);
  await events.storeEvent('a', { jsonrpc: '2.0', id: 8, error: { code: 1, message: 'no' } });
  expect(events.isAnswered(first)).toBe(true);
});

test('the oldest go when there are too many, when they are too large, and when they are too old', async () => {
  let nowMs = 0;
  const events = new RecentEvents(() => nowMs, bounds);
  for (let n = 1; n <= 6; n++) await events.storeEvent('a', told(n));
  expect(numbers(events, 'a.0')).toEqual([3, 4, 5, 6]);
  await events.storeEvent('a', told(7, 'x'.repeat(900)));
  expect(numbers(events, 'a.0')).toEqual([7]);
  nowMs = 1_001;
  await events.storeEvent('a', told(8));
  expect(numbers(events, 'a.0')).toEqual([8]);
});

test('a forgotten stream is not known; the one that is of no call always is', async () => {
  let nowMs = 0;
  const events = new RecentEvents(() => nowMs, bounds);
  await events.storeEvent('a', told(1));
  await events.storeEvent('_GET_stream', told(2));
  expect(['a.1', '_GET_stream.2', 'b.1', 'a', 'a.x', ''].map((id) => events.knows(id))).toEqual([
    ...[true, true, false, false, false, false],
  ]);
  nowMs = 2_000;
  await events.storeEvent('c', told(3));
  expect(['a.1', '_GET_stream.2', events.here()].map((id) => events.knows(id))).toEqual([false, true, true]);
});
