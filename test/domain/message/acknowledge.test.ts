import { describe, expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { ack, deliver, send, sent } from './acts.ts';

function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

const at = '2026-03-01T09:00:00.000Z';

test('what is acknowledged leaves the inbox, its text stays, and the sender sees who and when', () => {
  const world = withThree();
  const { id } = sent(world, 'ada', ['bob', 'cy'], 'hello');
  world.pass(60);
  expect(accepted(ack(world, 'bob', id)).acknowledged).toEqual([id]);
  expect(world.unread('bob')).toEqual([]);
  expect(world.unread('cy')).toHaveLength(1);
  expect(world.message(id)?.text).toBe('hello');
  const mark = { agent: 'bob', at: '2026-03-01T09:01:00.000Z' };
  expect(world.receipt(id)).toMatchObject({ agent: 'ada', thread: id, delivered: [mark], acknowledged: [mark] });
});

test('an ending of an id, several of them, or all', () => {
  const world = withThree();
  const ids = ['one', 'two', 'three'].map((text) => sent(world, 'ada', 'bob', text).id);
  accepted(ack(world, 'bob', ids[0]?.slice(-4) as string));
  expect(world.unread('bob').map(({ text }) => text)).toEqual(['two', 'three']);
  expect(accepted(ack(world, 'bob', 'all')).acknowledged).toEqual(ids.slice(1));
  expect(accepted(ack(world, 'bob', 'all')).acknowledged).toEqual([]);
});

test('the earliest mark stays', () => {
  const world = withThree();
  const message = sent(world, 'ada', 'bob', 'hello');
  deliver(world, 'bob', message);
  world.pass(60);
  deliver(world, 'bob', message);
  accepted(ack(world, 'bob', message.id));
  expect(world.receipt(message.id)).toMatchObject({
    delivered: [{ agent: 'bob', at }],
    acknowledged: [{ agent: 'bob', at: '2026-03-01T09:01:00.000Z' }],
  });
});

describe('a message to all', () => {
  test('stays for the others until the last has acknowledged it', () => {
    const world = withThree();
    const { id } = sent(world, 'ada', 'all', 'hello');
    accepted(ack(world, 'bob', id));
    expect(world.unread('bob')).toEqual([]);
    expect(world.unread('cy')).toHaveLength(1);
    expect(world.records.has(`broadcast/${id}`)).toBe(true);
    accepted(ack(world, 'cy', id));
    expect(world.records.has(`broadcast/${id}`)).toBe(false);
  });
});

describe('again', () => {
  test('what is acknowledged already is done, and nothing is written', () => {
    const world = withThree();
    const { id } = sent(world, 'ada', 'bob', 'hello');
    const other = sent(world, 'ada', 'bob', 'more');
    accepted(ack(world, 'bob', id));
    expect(accepted(ack(world, 'bob', [id, id])).acknowledged).toEqual([id]);
    expect(world.edits).toEqual([]);
    expect(accepted(ack(world, 'bob', [id, other.id])).acknowledged.toSorted()).toEqual([id, other.id].sort());
  });

  test('what one never had is refused, and nothing else is acknowledged', () => {
    const world = withThree();
    const mine = sent(world, 'ada', 'bob', 'hello');
    const other = sent(world, 'ada', 'cy', 'hello');
    const refused = refusal(ack(world, 'bob', [mine.id, other.id, 'nope']));
    expect(refused).toMatchObject({ code: 'unknown-message', data: { unknown: [other.id, 'nope'] } });
    expect(world.unread('bob')).toHaveLength(1);
  });
});

test('acknowledging what was superseded meanwhile acknowledges only that', () => {
  const world = withThree();
  const old = sent(world, 'ada', ['bob', 'cy'], 'at five');
  const now = sent(world, 'ada', ['bob', 'cy'], 'at six', { supersedes: old.id });
  expect(accepted(ack(world, 'bob', [old.id, old.id])).acknowledged).toEqual([old.id]);
  expect(world.receipt(old.id)?.acknowledged).toMatchObject([{ agent: 'bob' }]);
  expect(world.unread('bob').map(({ id }) => id)).toEqual([now.id]);
  expect(world.receipt(now.id)).toBeUndefined();
  world.greet('dan');
  expect(refusal(ack(world, 'dan', old.id)).code).toBe('unknown-message');
});

test.each([
  [1, 'ack ada: hello (bob)'],
  [2, 'ack 2 messages (bob)'],
])('the commit of acknowledging %s says so', (count, subject) => {
  const world = withThree();
  for (let n = 0; n < count; n += 1) accepted(send(world, 'ada', 'bob', 'hello'));
  const decision = ack(world, 'bob', 'all');
  expect(decision.ok && decision.headline).toMatchObject({ op: 'ack', subject });
});
