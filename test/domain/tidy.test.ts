import { expect, test } from 'vitest';
import { grant, wait } from './claim/acts.ts';
import { ack, reply, sent, tidy } from './message/acts.ts';
import { accepted, World } from './world.ts';

const day = 86_400;

function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

function files(world: World): string[] {
  return [...world.records.keys()].filter((path) => !/^(agents\/|fence$)/.test(path)).sort();
}

test('what everybody has acknowledged leaves the tree after the retention, replies and receipts included', () => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'ready?');
  accepted(reply(world, 'bob', 'yes'));
  accepted(ack(world, 'ada', 'all'));
  sent(world, 'ada', 'all', 'done');
  accepted(ack(world, 'bob', 'all'));
  accepted(ack(world, 'cy', 'all'));
  world.pass(30 * day - 0.001);
  expect(accepted(tidy(world)).removed).toBe(0);
  world.pass(0.001);
  expect(files(world)).toHaveLength(7);
  expect(accepted(tidy(world)).removed).toBe(7);
  expect(files(world)).toEqual([]);
});

test('what is unread stays, however old, and what somebody else has read of it, too', () => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'ready?');
  sent(world, 'ada', 'all', 'done');
  sent(world, 'ada', ['bob', 'cy'], 'both');
  accepted(ack(world, 'cy', 'all'));
  const before = files(world);
  world.pass(400 * day);
  accepted(tidy(world));
  expect(files(world)).toEqual(before);
  expect(world.unread('bob')).toHaveLength(3);
});

test('what one has unread stays although his record cannot be read', () => {
  const world = withThree();
  const { id } = sent(world, 'ada', 'bob', 'ready?');
  world.putFile('agents/bob', { v: 2 });
  world.pass(400 * day);
  accepted(tidy(world));
  expect(world.message(id)?.text).toBe('ready?');
  expect(world.unread('bob')).toHaveLength(1);
});

test('a superseded message goes like one that was acknowledged', () => {
  const world = withThree();
  const old = sent(world, 'ada', 'bob', 'at five');
  sent(world, 'ada', 'bob', 'at six', { supersedes: old.id });
  world.pass(31 * day);
  accepted(tidy(world));
  expect(world.message(old.id)).toBeUndefined();
  expect(world.unread('bob')).toHaveLength(1);
});

test('a thread that goes on stays whole, and goes as a whole', () => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'ready?');
  world.pass(20 * day);
  accepted(reply(world, 'bob', 'yes'));
  accepted(ack(world, 'ada', 'all'));
  const before = files(world);
  world.pass(30 * day - 1);
  expect(accepted(tidy(world)).removed).toBe(0);
  expect(files(world)).toEqual(before);
  world.pass(1);
  accepted(tidy(world));
  expect(files(world)).toEqual([]);
});

test('the retention is the team’s', () => {
  const world = withThree();
  world.policy = { ...world.policy, threadRetentionDays: 1 };
  sent(world, 'ada', 'bob', 'ready?');
  accepted(ack(world, 'bob', 'all'));
  world.pass(day);
  accepted(tidy(world));
  expect(files(world)).toEqual([]);
});

test('keys go after their day', () => {
  const world = withThree();
  grant(world, 'ada', 'a', { key: 'k', leaseSeconds: 2 * day });
  world.pass(day - 0.001);
  accepted(tidy(world));
  expect(files(world).filter((path) => path.startsWith('keys/'))).toHaveLength(1);
  world.pass(0.001);
  accepted(tidy(world));
  expect(files(world).filter((path) => path.startsWith('keys/'))).toEqual([]);
});

test('tidying moves the queue, like every decision on claims', () => {
  const world = withThree();
  grant(world, 'ada', 'a');
  const place = wait(world, 'bob', 'a', { waitSeconds: 3600 });
  world.pass(3600);
  accepted(tidy(world));
  expect(world.claim(place.id)?.agent).toBe('bob');
});

test('the commit says how much went', () => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'ready?');
  accepted(ack(world, 'bob', 'all'));
  world.pass(31 * day);
  const decision = tidy(world, 'cy');
  expect(decision.ok && decision.headline).toMatchObject({ op: 'gc', subject: 'tidy: 2 records that are over (cy)' });
});
