import { expect, test } from 'vitest';
import { expiredMailMax } from '../../../src/domain/limits.ts';
import { accepted, World } from '../world.ts';
import { ack, sent, tidy } from './acts.ts';

function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

test('a message whose time is over leaves the inbox, stays in its thread, and the sender gets a receipt', () => {
  const world = withThree();
  const { id } = sent(world, 'ada', ['bob', 'cy'], 'lunch?', { expiresInSeconds: 600 });
  expect(world.message(id)?.expires).toBe('2026-03-01T09:10:00.000Z');
  accepted(ack(world, 'cy', id));
  world.pass(600 - 0.001);
  accepted(tidy(world));
  expect(world.unread('bob')).toHaveLength(1);
  world.pass(0.001);
  accepted(tidy(world));
  expect(world.unread('bob')).toEqual([]);
  expect(world.message(id)?.text).toBe('lunch?');
  expect(world.receipt(id)?.expired).toEqual([{ agent: 'bob', at: '2026-03-01T09:10:00.000Z' }]);
});

test('a message to all expires for those who have not acknowledged it', () => {
  const world = withThree();
  const { id } = sent(world, 'ada', 'all', 'lunch?', { expiresInSeconds: 600 });
  accepted(ack(world, 'cy', id));
  world.pass(600);
  accepted(tidy(world));
  expect(world.unread('bob')).toEqual([]);
  expect(world.receipt(id)?.expired).toMatchObject([{ agent: 'bob' }]);
  expect(world.receipt(id)?.acknowledged).toMatchObject([{ agent: 'cy' }]);
});

test('a backlog goes in several commits, each of which other writers need not wait long for', () => {
  const world = withThree();
  const count = 2 * expiredMailMax + 1;
  for (let n = 0; n < count; n++) sent(world, 'ada', n % 2 === 0 ? 'bob' : 'cy', `${n}`, { expiresInSeconds: 600 });
  world.pass(600);
  const unread = () => world.unread('bob').length + world.unread('cy').length;
  const steps: (readonly [left: number, hasMore: boolean])[] = [];
  for (let hasMore = true; hasMore; steps.push([unread(), hasMore])) {
    const before = unread();
    ({ hasMore } = accepted(tidy(world)));
    expect(before - unread()).toBeLessThanOrEqual(expiredMailMax);
  }
  expect(steps).toEqual([
    [count - expiredMailMax, true],
    [1, true],
    [0, false],
  ]);
});

test('mail without an end never expires', () => {
  const world = withThree();
  sent(world, 'ada', 'bob', 'important');
  sent(world, 'ada', 'all', 'important, too');
  world.pass(10 * 365 * 86_400);
  accepted(tidy(world));
  expect(world.unread('bob')).toHaveLength(2);
});
