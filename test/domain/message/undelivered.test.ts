import { expect, test } from 'vitest';
import { decideLeave } from '../../../src/domain/agent/leave.ts';
import { asked } from '../ask/acts.ts';
import { apart, arrive, cloneOf } from '../replay/clones.ts';
import { accepted, World } from '../world.ts';
import { ack, sent, tidy } from './acts.ts';

const day = 86_400;

function leave(world: World, name: string): void {
  accepted(world.decide(name, decideLeave));
}

function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

test('mail of one who left comes back after two weeks, with its text, and its receipt says so', () => {
  const world = withThree();
  const { id } = sent(world, 'ada', 'bob', 'is the port open?');
  leave(world, 'bob');
  world.pass(14 * day - 1);
  accepted(tidy(world));
  expect(world.unread('bob')).toHaveLength(1);
  world.pass(1);
  accepted(tidy(world));
  expect(world.unread('bob')).toEqual([]);
  expect(world.notices('ada')).toEqual(['undelivered: bob left: is the port open?']);
  expect(world.unread('ada')[0]?.text).toContain('is the port open?');
  expect(world.receipt(id)?.expired?.map(({ agent }) => agent)).toEqual(['bob']);
  accepted(tidy(world));
  expect(world.notices('ada')).toHaveLength(1);
});

test('who comes back in time has the mail, and what is younger than two weeks waits on', () => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'one');
  leave(world, 'bob');
  world.pass(13 * day);
  world.greet('bob');
  world.pass(13 * day);
  accepted(tidy(world));
  expect(world.unread('bob').map(({ text }) => text)).toEqual(['one']);
  leave(world, 'bob');
  world.pass(10 * day);
  sent(world, 'ada', 'bob', 'two');
  world.pass(4 * day);
  accepted(tidy(world));
  expect(world.unread('bob').map(({ text }) => text)).toEqual(['two']);
});

test('what nobody would get back stays: of a sender that left, too, and notices', () => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'one');
  sent(world, 'cy', 'ada', 'two');
  for (const name of ['ada', 'bob']) leave(world, name);
  world.pass(15 * day);
  accepted(tidy(world));
  expect(world.unread('bob')).toHaveLength(1);
  leave(world, 'cy');
  accepted(tidy(world));
  expect(world.notices('cy')).toHaveLength(1);
  world.pass(400 * day);
  accepted(tidy(world));
  expect(world.notices('cy')).toHaveLength(1);
  expect(world.unread('bob')).toHaveLength(1);
});

test('an ask ends by itself, and is then given back like mail', () => {
  const world = withThree();
  asked(world, 'ada', 'bob', { waitSeconds: 20 * day });
  leave(world, 'bob');
  world.pass(1);
  accepted(tidy(world));
  expect(world.unread('bob')).toHaveLength(1);
});

test('a message to all does not wait for those who left, and goes when the others have read it', () => {
  const world = withThree();
  const { id } = sent(world, 'ada', 'all', 'noon');
  accepted(ack(world, 'cy', 'all'));
  leave(world, 'bob');
  world.pass(14 * day);
  accepted(tidy(world));
  expect(world.records.has(`broadcast/${id}`)).toBe(false);
  expect(world.receipt(id)?.expired?.map(({ agent }) => agent)).toEqual(['bob']);
  expect(world.notices('ada')).toEqual([]);
});

test('two clones that give back the same mail tell its sender once', () => {
  const { authority } = apart('ada', 'bob');
  sent(authority, 'ada', 'bob', 'one');
  leave(authority, 'bob');
  authority.pass(15 * day);
  const [here, there] = [cloneOf(authority), cloneOf(authority)];
  for (const clone of [here, there]) accepted(tidy(clone));
  for (const clone of [here, there]) arrive(authority, clone.commits);
  expect(authority.notices('ada')).toHaveLength(1);
  expect(authority.unread('bob')).toEqual([]);
});

test('who came back meanwhile on the authority keeps the mail, and its sender is not told otherwise', () => {
  const { authority } = apart('ada', 'bob');
  sent(authority, 'ada', 'bob', 'one');
  leave(authority, 'bob');
  authority.pass(15 * day);
  const here = cloneOf(authority);
  accepted(tidy(here));
  authority.greet('bob');
  arrive(authority, here.commits);
  expect(authority.unread('bob').map(({ text }) => text)).toEqual(['one']);
  expect(authority.notices('ada')).toEqual([]);
});
