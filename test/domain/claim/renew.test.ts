import { expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { grant, handoff, release, renew, wait } from './acts.ts';

test('without a name everything that one holds is renewed, and nothing of others', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  grant(world, 'ada', 'b');
  const other = grant(world, 'bob', 'c');
  world.pass(60);
  const { claims } = accepted(renew(world, 'ada'));
  expect(claims.map(({ paths, expires }) => [...paths, expires])).toEqual([
    ['a', '2026-03-01T09:31:00.000Z'],
    ['b', '2026-03-01T09:31:00.000Z'],
  ]);
  expect(world.claim(other.id)).toEqual(other);
});

test('by id or path just that claim is renewed', () => {
  const world = new World();
  const first = grant(world, 'ada', 'a');
  const second = grant(world, 'ada', ['b', 'c']);
  world.pass(60);
  expect(accepted(renew(world, 'ada', first.id.slice(-5))).claims.map(({ id }) => id)).toEqual([first.id]);
  expect(accepted(renew(world, 'ada', 'c')).claims).toMatchObject([{ id: second.id, paths: ['b', 'c'] }]);
});

test('a renewal may change the length of the lease, and keeps it otherwise', () => {
  const world = new World();
  grant(world, 'ada', 'a', { leaseSeconds: 7200 });
  expect(accepted(renew(world, 'ada')).claims[0]?.leaseSeconds).toBe(7200);
  expect(accepted(renew(world, 'ada', [], 60)).claims[0]?.leaseSeconds).toBe(60);
});

test('who holds nothing is told so', () => {
  const world = new World();
  grant(world, 'bob', 'a');
  expect(refusal(renew(world, 'ada')).code).toBe('not-holder');
  expect(refusal(renew(world, 'ada', 'a')).message).toBe('ada does not hold a: bob does.');
});

test('a claim that was released, handed over or taken is withdrawn', () => {
  const world = new World();
  world.greet('bob');
  const released = grant(world, 'ada', 'a');
  const handed = grant(world, 'ada', 'b');
  accepted(release(world, 'ada', 'a'));
  accepted(handoff(world, 'ada', 'bob', 'b'));
  for (const { id } of [released, handed]) {
    expect(refusal(renew(world, 'ada', id))).toMatchObject({ code: 'withdrawn', data: { id } });
  }
});

test('a path that looks like an id is a path to one who holds it', () => {
  const world = new World();
  const { id } = grant(world, 'ada', 'internationalize');
  expect(accepted(renew(world, 'ada', 'internationalize')).claims[0]?.id).toBe(id);
});

test('a lapsed claim that somebody waits for is his by then', () => {
  const world = new World();
  const { id } = grant(world, 'ada', 'a');
  wait(world, 'bob', 'a', { waitSeconds: 7200 });
  world.pass(1801);
  expect(refusal(renew(world, 'ada', id)).code).toBe('withdrawn');
});

test('the commit of a renewal says what, and for how long', () => {
  const world = new World();
  grant(world, 'ada', ['a', 'b']);
  const decision = renew(world, 'ada', [], 600);
  expect(decision.ok && decision.headline).toMatchObject({ op: 'renew', subject: 'renew a and b (ada, 10m)' });
});
