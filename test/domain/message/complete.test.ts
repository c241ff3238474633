import { describe, expect, test } from 'vitest';
import { stateOf } from '../../../src/domain/message/state.ts';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { rename } from '../agent/acts.ts';
import { asked, cancel } from '../ask/acts.ts';
import { accepted, refusal, World } from '../world.ts';
import { ack, done, reply, sent, tidy } from './acts.ts';

function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

const stateIn = (world: World, { id }: Pick<MessageRecord, 'id'>) =>
  stateOf(world.message(id) as MessageRecord, world.receipt(id), { isEscalated: false, nowMs: world.nowMs });

test('a message is pending, then acknowledged, then completed, and its sender is told of the last', () => {
  const world = withThree();
  const message = sent(world, 'ada', 'bob', 'please review src/auth.ts');
  expect(stateIn(world, message)).toBe('pending');
  accepted(ack(world, 'bob', message.id));
  expect(stateIn(world, message)).toBe('acknowledged');
  expect(world.notices('ada')).toEqual([]);
  world.pass(60);
  expect(accepted(done(world, 'bob', message.id))).toEqual({ acknowledged: [message.id], completed: [message.id] });
  expect(stateIn(world, message)).toBe('completed');
  expect(world.receipt(message.id)).toMatchObject({
    acknowledged: [{ agent: 'bob', at: '2026-03-01T09:00:00.000Z' }],
    completed: [{ agent: 'bob', at: '2026-03-01T09:01:00.000Z' }],
  });
  expect(world.notices('ada')).toEqual(['bob has done: please review src/auth.ts']);
  expect(world.unread('ada')).toMatchObject([{ importance: 'low' }]);
});

test('completing what is unread acknowledges it, too', () => {
  const world = withThree();
  const message = sent(world, 'ada', 'bob', 'hello');
  accepted(done(world, 'bob', 'all'));
  expect(world.unread('bob')).toEqual([]);
  expect(world.receipt(message.id)).toMatchObject({
    delivered: [{ agent: 'bob' }],
    acknowledged: [{ agent: 'bob' }],
    completed: [{ agent: 'bob' }],
  });
});

test('completing again writes nothing, and tells nobody again', () => {
  const world = withThree();
  const { id } = sent(world, 'ada', 'bob', 'hello');
  accepted(done(world, 'bob', id));
  world.pass(60);
  expect(accepted(done(world, 'bob', id)).completed).toEqual([id]);
  expect(world.edits).toEqual([]);
  expect(world.notices('ada')).toHaveLength(1);
});

test('what went to several is what all of them have done at least', () => {
  const world = withThree();
  const message = sent(world, 'ada', ['bob', 'cy'], 'update your tests');
  accepted(done(world, 'bob', message.id));
  expect(stateIn(world, message)).toBe('pending');
  accepted(ack(world, 'cy', message.id));
  expect(stateIn(world, message)).toBe('acknowledged');
  accepted(done(world, 'cy', message.id));
  expect(stateIn(world, message)).toBe('completed');
});

test('several at once are one notice to each sender, and none to who completes a notice or something of their own', () => {
  const world = withThree();
  for (const text of ['one', 'two']) sent(world, 'ada', 'cy', text);
  sent(world, 'bob', ['cy', 'bob'], 'three');
  accepted(done(world, 'cy', 'all'));
  expect(world.notices('ada')).toEqual(['cy has done: one and two']);
  accepted(done(world, 'ada', 'all'));
  accepted(done(world, 'bob', 'all'));
  expect([world.unread('cy'), world.unread('ada'), world.unread('bob')]).toEqual([[], [], []]);
});

test('a reply that completes tells by itself; one that goes to others leaves a notice', () => {
  const world = withThree();
  const first = sent(world, 'ada', 'bob', 'one');
  accepted(reply(world, 'bob', 'merged', { reference: first.id, done: true }));
  expect(stateIn(world, first)).toBe('completed');
  expect(world.unread('ada').map(({ text }) => text)).toEqual(['merged']);
  const second = sent(world, 'ada', 'bob', 'two');
  accepted(reply(world, 'bob', 'see two', { reference: second.id, to: ['cy'], done: true }));
  expect(world.notices('ada')).toEqual(['bob has done: two']);
});

describe('what is over unread says how', () => {
  test('expired by the clock, and also when it has left the inbox', () => {
    const world = withThree();
    const message = sent(world, 'ada', ['bob', 'cy'], 'lunch?', { expiresInSeconds: 600 });
    accepted(ack(world, 'cy', message.id));
    expect(stateIn(world, message)).toBe('pending');
    world.pass(600);
    expect(stateIn(world, message)).toBe('expired');
    accepted(tidy(world));
    expect(stateIn(world, message)).toBe('expired');
  });

  test('superseded, where somebody had not acknowledged it', () => {
    const world = withThree();
    const [unread, read] = [sent(world, 'ada', 'bob', 'lunch at 12?'), sent(world, 'ada', 'cy', 'lunch at 12?')];
    accepted(ack(world, 'cy', read.id));
    sent(world, 'ada', 'bob', 'lunch at 13?', { supersedes: unread.id });
    sent(world, 'ada', 'cy', 'lunch at 13?', { supersedes: read.id });
    expect(stateIn(world, unread)).toBe('superseded');
    expect(stateIn(world, read)).toBe('acknowledged');
  });

  test('an ask that was taken back is cancelled', () => {
    const world = withThree();
    const ask = asked(world, 'ada', 'bob');
    accepted(cancel(world, 'ada', ask.id));
    expect(stateIn(world, ask)).toBe('cancelled');
  });
});

describe('refused, and nothing written', () => {
  test('an ask is completed by its answer alone', () => {
    const world = withThree();
    const ask = asked(world, 'ada', 'bob');
    const other = sent(world, 'ada', 'bob', 'hello');
    expect(refusal(done(world, 'bob', 'all'))).toMatchObject({ code: 'ask-open', data: { open: [ask.id] } });
    expect(world.unread('bob').map(({ id }) => id)).toEqual([ask.id, other.id]);
    expect(refusal(reply(world, 'bob', 'to cy', { reference: ask.id, to: ['cy'], done: true })).code).toBe('ask-open');
    accepted(reply(world, 'bob', '8080', { reference: ask.id }));
    expect(stateIn(world, ask)).toBe('completed');
  });

  test('only who got a message completes it', () => {
    const world = withThree();
    const { id } = sent(world, 'ada', 'bob', 'hello');
    expect(refusal(done(world, 'cy', id)).code).toBe('unknown-message');
    expect(refusal(reply(world, 'cy', 'mine?', { reference: id, done: true })).code).toBe('not-recipient');
    expect(world.receipt(id)).toBeUndefined();
  });
});

describe('several open asks', () => {
  test('of different agents are told apart by whom the answer goes to', () => {
    const world = withThree();
    const [one, two] = [asked(world, 'ada', 'cy'), asked(world, 'bob', 'cy')];
    const { next, data } = refusal(reply(world, 'cy', '8080'));
    expect(next).toContain('reply --to ada');
    expect(data).toMatchObject({
      asks: [
        { id: one.id, from: 'ada' },
        { id: two.id, from: 'bob' },
      ],
    });
    expect(accepted(reply(world, 'cy', '8080', { to: ['bob'] })).message.replyTo).toBe(two.id);
    expect(world.message(two.id)?.ask?.answer).toBeDefined();
    expect(world.message(one.id)?.ask?.answer).toBeUndefined();
  });

  test('of one agent are not, and the list is given', () => {
    const world = withThree();
    asked(world, 'ada', 'cy');
    asked(world, 'ada', 'cy');
    expect(refusal(reply(world, 'cy', '8080', { to: ['ada'] }))).toMatchObject({ code: 'ambiguous' });
  });
});

describe('who has another name since', () => {
  const renamed = (world: World) => {
    accepted(rename(world, 'bob', 'owl'));
    world.pass(60);
  };

  test('completes what it acknowledged before, and its sender is told by the name of now', () => {
    const world = withThree();
    const message = sent(world, 'ada', 'bob', 'please review src/auth.ts');
    accepted(ack(world, 'bob', message.id));
    renamed(world);
    expect(accepted(done(world, 'owl', message.id)).completed).toEqual([message.id]);
    expect(stateIn(world, message)).toBe('completed');
    const { acknowledged, completed } = world.receipt(message.id) ?? {};
    expect(acknowledged).toMatchObject([{ agent: 'bob' }]);
    expect(completed).toEqual([{ agent: 'owl', at: '2026-03-01T09:01:00.000Z', as: 'bob' }]);
    expect(world.notices('ada')).toEqual(['owl has done: please review src/auth.ts']);
  });

  test('completes by a reply, too', () => {
    const world = withThree();
    const message = sent(world, 'ada', 'bob', 'please review src/auth.ts');
    accepted(ack(world, 'bob', message.id));
    renamed(world);
    accepted(reply(world, 'owl', 'reviewed', { reference: message.id, done: true }));
    expect(stateIn(world, message)).toBe('completed');
  });

  test('tells nobody again of what it had completed', () => {
    const world = withThree();
    const { id } = sent(world, 'ada', 'bob', 'hello');
    accepted(done(world, 'bob', id));
    renamed(world);
    accepted(done(world, 'owl', id));
    expect(world.receipt(id)?.completed).toMatchObject([{ agent: 'bob' }]);
    expect(world.notices('ada')).toHaveLength(1);
  });

  test('is not taken for who has that name now', () => {
    const world = withThree();
    const { id } = sent(world, 'ada', 'bob', 'hello');
    accepted(ack(world, 'bob', id));
    renamed(world);
    world.greet('bob');
    expect(refusal(done(world, 'owl', id)).code).toBe('unknown-message');
  });
});
