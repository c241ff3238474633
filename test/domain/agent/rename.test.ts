import { describe, expect, test } from 'vitest';
import { decideStatus } from '../../../src/domain/agent/status.ts';
import { decideSubscribe } from '../../../src/domain/subscription/subscribe.ts';
import { ask, asked, stateOf } from '../ask/acts.ts';
import { grant, handoff, wait } from '../claim/acts.ts';
import { ack, done, reply, send, sent } from '../message/acts.ts';
import { create, invite, join } from '../room/acts.ts';
import { accepted, refusal, World } from '../world.ts';
import { rename } from './acts.ts';

function worldOf(...names: readonly string[]): World {
  const world = new World();
  world.greet(...names);
  return world;
}

test('an agent that takes another name is the same agent, and its record says what it was called', () => {
  const world = worldOf('fox');
  const before = world.agent('fox');
  const { agent } = accepted(rename(world, 'fox', 'owl'));
  expect(agent).toMatchObject({ agent: 'owl', uid: before?.uid, at: before?.at, formerly: ['fox'] });
  expect(world.agent('fox')).toBeUndefined();
  accepted(rename(world, 'owl', 'elk'));
  expect(world.agent('elk')?.formerly).toEqual(['owl', 'fox']);
});

test('what else is said with it is said under the new name, and its own name is no change', () => {
  const world = worldOf('fox');
  const intent = { name: 'owl', activity: 'tests', visibility: 'hidden' } as const;
  const decision = world.decide('fox', (draft, context) => decideStatus(draft, intent, context));
  expect(decision).toMatchObject({ headline: { op: 'rename', subject: 'fox is called owl now' } });
  expect(world.agent('owl')).toMatchObject({ activity: 'tests', visibility: 'hidden' });
  world.actor('owl', { uid: 'uid-fox' });
  expect(rename(world, 'owl', 'owl')).toMatchObject({ headline: { op: 'status' } });
  expect(world.agent('owl')?.formerly).toEqual(['fox']);
});

describe('a name is refused that', () => {
  test.each([
    ['ada', 'an agent is called ada'],
    ['Ada', 'an agent is called ada, and names differ by more than the case of their letters'],
    ['Fox', 'an agent is called fox, and names differ by more than the case of their letters'],
    ['bob', 'cy was called bob before, and is still reached by it'],
    ['ops', 'a room is called @ops'],
  ])('is taken: %s', (name, why) => {
    const world = worldOf('fox', 'ada', 'bob');
    accepted(create(world, 'ada', 'ops'));
    accepted(rename(world, 'bob', 'cy'));
    const refused = refusal(rename(world, 'fox', name));
    expect(refused).toMatchObject({ code: 'name-taken', message: `The name ${name} is taken: ${why}.` });
    expect(world.agent('fox')?.uid).toBe('uid-fox');
  });

  test.each(['all', '@ops', '', '../x', 'a b', 'x'.repeat(65)])('can be none: %j', (name) => {
    const world = worldOf('fox');
    expect(refusal(rename(world, 'fox', name)).code).toBe('bad-name');
    expect(world.edits).toEqual([]);
  });

  test('the same name is free when who had it has left', () => {
    const world = worldOf('fox', 'bob');
    accepted(rename(world, 'bob', 'cy'));
    const left = { ...world.agent('cy'), left: '2026-03-01T09:00:00.000Z' };
    world.put('agents/cy', left as never);
    expect(rename(world, 'fox', 'bob').ok).toBe(true);
  });
});

test('one may take an earlier name again', () => {
  const world = worldOf('fox');
  accepted(rename(world, 'fox', 'owl'));
  accepted(rename(world, 'owl', 'fox'));
  expect(world.agent('fox')).toMatchObject({ uid: 'uid-fox', formerly: ['owl'] });
});

test('what it holds, waits for, is told of and is in goes with it', () => {
  const world = worldOf('fox', 'ada');
  grant(world, 'fox', 'a', { key: 'once' });
  grant(world, 'ada', 'b');
  const place = wait(world, 'fox', 'b');
  const intent = { add: { paths: ['lib'] }, remove: [], removeAll: false };
  accepted(world.decide('fox', (draft, context) => decideSubscribe(draft, intent, context)));
  accepted(create(world, 'ada', 'ops'));
  accepted(join(world, 'fox', 'ops'));
  accepted(rename(world, 'fox', 'owl'));
  expect(world.held()).toEqual(['ada: b', 'owl: a']);
  expect(world.queue()).toMatchObject([{ id: place.id, agent: 'owl' }]);
  expect(world.records.get('subscriptions/owl')).toMatchObject({ agent: 'owl', paths: ['lib'] });
  expect(world.records.has('subscriptions/fox')).toBe(false);
  expect(world.records.get('rooms/ops')).toMatchObject({
    members: [{ agent: 'ada' }, { agent: 'owl', uid: 'uid-fox' }],
  });
  const again = grant(world, 'owl', 'a', { key: 'once' });
  expect(again).toMatchObject({ agent: 'owl' });
});

describe('mail', () => {
  test('that is unread is unread under the new name, from whomever it came, and to whomever it went', () => {
    const world = worldOf('fox', 'ada', 'bob');
    const named = sent(world, 'ada', ['fox', 'bob'], 'to two');
    const all = sent(world, 'ada', 'all', 'to all');
    const read = sent(world, 'bob', 'all', 'read already');
    accepted(ack(world, 'fox', read.id));
    const own = sent(world, 'fox', 'ada', 'from the fox');
    accepted(rename(world, 'fox', 'owl'));
    expect(world.unread('owl').map(({ id }) => id)).toEqual([named.id, all.id]);
    expect(world.unread('fox')).toEqual([]);
    for (const path of [`inbox/owl/${named.id}`, `inbox/bob/${named.id}`, `messages/${named.id}`]) {
      expect(world.records.get(path)).toMatchObject({ to: ['owl', 'bob'] });
    }
    expect(world.unread('ada').find(({ id }) => id === own.id)).toMatchObject({ agent: 'owl' });
    expect(world.receipt(read.id)?.acknowledged).toMatchObject([{ agent: 'owl' }]);
    accepted(ack(world, 'owl', 'all'));
    accepted(ack(world, 'bob', 'all'));
    expect(world.records.has(`broadcast/${all.id}`)).toBe(false);
  });

  test('to the old name reaches the agent until somebody else takes that', () => {
    const world = worldOf('fox', 'ada');
    accepted(rename(world, 'fox', 'owl'));
    expect(sent(world, 'ada', ['fox', 'owl'], 'hello').to).toEqual(['owl']);
    grant(world, 'ada', 'a');
    accepted(handoff(world, 'ada', 'fox', 'a'));
    expect(world.held()).toEqual(['owl: a']);
    accepted(create(world, 'ada', 'ops'));
    accepted(invite(world, 'ada', 'ops', 'fox'));
    expect(world.records.get('rooms/ops')).toMatchObject({ invited: [{ agent: 'owl' }] });
    world.actor('fox', { uid: 'another' });
    world.greet('fox');
    expect(sent(world, 'ada', 'fox', 'hello, fox').to).toEqual(['fox']);
    expect(world.agent('fox')?.uid).toBe('another');
  });

  test('of several that were called so, it reaches whose last change of name it was', () => {
    const world = worldOf('fox', 'bob', 'ada');
    accepted(rename(world, 'fox', 'owl'));
    accepted(rename(world, 'owl', 'elk'));
    world.actor('fox', { uid: 'another' });
    world.greet('fox');
    accepted(rename(world, 'fox', 'yak'));
    expect(sent(world, 'ada', 'fox', 'hello').to).toEqual(['yak']);
  });

  test('a reply goes to who wrote, and not to who took the name since', () => {
    const world = worldOf('fox', 'ada');
    const letter = sent(world, 'fox', 'ada', 'hello');
    accepted(ack(world, 'ada', letter.id));
    accepted(rename(world, 'fox', 'owl'));
    world.actor('fox', { uid: 'another' });
    world.greet('fox');
    const { message } = accepted(reply(world, 'ada', 'yes', { reference: letter.id }));
    expect(message.to).toEqual(['owl']);
    accepted(done(world, 'ada', letter.id));
    expect(world.notices('fox')).toEqual([]);
  });

  test('a notice for who is called otherwise by now reaches it', () => {
    const world = worldOf('fox', 'ada');
    const letter = sent(world, 'fox', 'ada', 'please');
    accepted(ack(world, 'ada', letter.id));
    accepted(rename(world, 'fox', 'owl'));
    accepted(done(world, 'ada', letter.id));
    expect(world.notices('owl')).toEqual(['ada has done: please']);
  });
});

describe('asks', () => {
  test('of the agent and to it stay open, and are answered', () => {
    const world = worldOf('fox', 'ada', 'bob');
    const mine = asked(world, 'fox', 'ada');
    const theirs = asked(world, 'bob', 'fox');
    accepted(rename(world, 'fox', 'owl'));
    accepted(reply(world, 'ada', '8080'));
    expect(stateOf(world, mine.id)).toBe('answered');
    expect(world.unread('owl').map(({ agent }) => agent)).toContain('ada');
    accepted(reply(world, 'owl', 'yes', { reference: theirs.id }));
    expect(stateOf(world, theirs.id)).toBe('answered');
  });

  test('by the former name close no cycle unseen', () => {
    const world = worldOf('fox', 'ada');
    accepted(rename(world, 'fox', 'owl'));
    expect(refusal(ask(world, 'owl', 'fox')).code).toBe('ask-self');
    asked(world, 'owl', 'ada');
    expect(refusal(ask(world, 'ada', 'fox')).code).toBe('ask-cycle');
  });
});

test('a ghost is not found by its former name', () => {
  const world = worldOf('fox', 'ada');
  accepted(world.decide('fox', (draft, context) => decideStatus(draft, { visibility: 'ghost' }, context)));
  accepted(rename(world, 'fox', 'owl'));
  expect(refusal(send(world, 'ada', 'fox', 'hello')).code).toBe('unknown-recipient');
});
