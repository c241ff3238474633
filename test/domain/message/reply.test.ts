import { expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { ack, reply, sent } from './acts.ts';

function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

test('a reply goes to the sender, in the same thread, and acknowledges what it answers', () => {
  const world = withThree();
  const original = sent(world, 'ada', 'bob', 'ready?', { importance: 'urgent' });
  const decision = reply(world, 'bob', 'yes');
  const { message } = accepted(decision);
  expect(message).toMatchObject({ agent: 'bob', to: ['ada'], thread: original.id, replyTo: original.id });
  expect(message.importance).toBe('normal');
  expect(world.unread('ada')).toEqual([message]);
  expect(world.unread('bob')).toEqual([]);
  expect(world.receipt(original.id)?.acknowledged).toMatchObject([{ agent: 'bob' }]);
  expect(world.records.get(`threads/${original.id}/${message.id}`)).toEqual(message);
  expect(decision.ok && decision.headline).toMatchObject({ op: 'reply', subject: 'reply bob → ada: yes' });
});

test('replies to replies stay in the thread of the first', () => {
  const world = withThree();
  const original = sent(world, 'ada', 'bob', 'ready?');
  accepted(reply(world, 'bob', 'almost'));
  const last = accepted(reply(world, 'ada', 'tell me', { importance: 'high' })).message;
  expect(last).toMatchObject({ thread: original.id, to: ['bob'], importance: 'high' });
});

test('an id, or an ending of it, picks the message', () => {
  const world = withThree();
  const first = sent(world, 'ada', 'bob', 'one');
  const second = sent(world, 'cy', 'bob', 'two');
  expect(accepted(reply(world, 'bob', 'x', { reference: first.id.slice(-4) })).message.to).toEqual(['ada']);
  expect(accepted(reply(world, 'bob', 'x', { reference: second.id })).message.to).toEqual(['cy']);
  expect(world.unread('bob')).toEqual([]);
});

test('what was acknowledged already can still be answered, by its whole id', () => {
  const world = withThree();
  const original = sent(world, 'ada', 'bob', 'ready?');
  accepted(ack(world, 'bob', 'all'));
  expect(accepted(reply(world, 'bob', 'yes', { reference: original.id })).message.thread).toBe(original.id);
});

test('a reply may go to others, and acknowledges all the same', () => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'who knows?');
  expect(accepted(reply(world, 'bob', 'cy does', { to: ['ada', 'cy'] })).message.to).toEqual(['ada', 'cy']);
  expect(world.unread('bob')).toEqual([]);
});

test('a reply to a message to all goes to its sender', () => {
  const world = withThree();
  sent(world, 'ada', 'all', 'who is here?');
  expect(accepted(reply(world, 'bob', 'I am')).message.to).toEqual(['ada']);
  expect(world.unread('cy')).toHaveLength(1);
});

test('without an id the one unread message is meant; several are listed', () => {
  const world = withThree();
  expect(refusal(reply(world, 'bob', 'x')).code).toBe('nothing-to-reply');
  const one = sent(world, 'ada', 'bob', 'one', { subject: 'first' });
  const two = sent(world, 'cy', 'bob', 'two');
  const { code, data } = refusal(reply(world, 'bob', 'x'));
  expect(code).toBe('ambiguous');
  expect(data.unread).toEqual([
    { id: one.id, from: 'ada', subject: 'first' },
    { id: two.id, from: 'cy', subject: 'two' },
  ]);
});

test.each(['nope', 'aaaaaaaaaaaaaaaa', ''])('%j means no message, and nothing is acknowledged', (reference) => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'one');
  expect(refusal(reply(world, 'bob', 'x', { reference })).code).toBe('unknown-message');
  expect(world.unread('bob')).toHaveLength(1);
});

test('a reply that is refused acknowledges nothing', () => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'one');
  expect(refusal(reply(world, 'bob', 'x'.repeat(70_000))).code).toBe('too-large');
  expect(refusal(reply(world, 'bob', 'x', { to: ['nobody'] })).code).toBe('unknown-recipient');
  expect(world.unread('bob')).toHaveLength(1);
});
