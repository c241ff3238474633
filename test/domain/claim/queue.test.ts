import { describe, expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { claim, grant, granted, outcomeOf, queueFor, release, take, wait } from './acts.ts';

const minute = 60;

describe('joining', () => {
  test('a place holds what was asked for, and the answer who is in the way', () => {
    const world = new World();
    const held = grant(world, 'ada', 'a');
    wait(world, 'bob', 'a');
    const decision = claim(world, 'cy', ['a', 'b'], {
      waitSeconds: 600,
      leaseSeconds: 900,
      why: 'tidy',
      mode: 'shared',
    });
    const outcome = accepted(decision);
    if ('claim' in outcome) throw new Error('granted');
    expect(outcome.ahead).toBe(1);
    expect(outcome.rivals).toMatchObject([
      { id: held.id, state: 'holds' },
      { agent: 'bob', state: 'waits' },
    ]);
    expect(outcome.waiting).toMatchObject({ paths: ['a', 'b'], mode: 'shared', why: 'tidy', leaseSeconds: 900 });
    expect(decision.ok && decision.headline.subject).toBe('wait for a and b (cy, behind ada and bob)');
  });

  test('tickets rise', () => {
    const { world } = queueFor('bob', 'cy', 'dan');
    const tickets = world.queue().map(({ ticket }) => ticket);
    expect(tickets).toEqual([...new Set(tickets)].sort((a, b) => a - b));
    expect(world.queue().map(({ agent }) => agent)).toEqual(['bob', 'cy', 'dan']);
  });

  test('free paths are granted to one who would have waited', () => {
    const world = new World();
    granted(claim(world, 'ada', 'a', { waitSeconds: 600 }));
    expect(world.queue()).toEqual([]);
  });

  test('a place is kept for the wait and a lease beyond it', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    const place = wait(world, 'bob', 'a', { waitSeconds: 60 * minute, leaseSeconds: 5 * minute });
    expect(place.expires).toBe('2026-03-01T10:05:00.000Z');
  });

  test.each([-5, Number.POSITIVE_INFINITY, 1e300])('a wait of %s seconds is bounded', (waitSeconds) => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    const { id, expires } = wait(world, 'bob', 'a', { waitSeconds });
    expect(expires >= '2026-03-01T09:30' && expires <= '2026-03-02T09:30:00.000Z').toBe(true);
    accepted(take(world, 'bob', id, waitSeconds));
  });
});

describe('joining again', () => {
  test('keeps place and ticket, in whatever order the paths are named', () => {
    const world = new World();
    grant(world, 'ada', ['a', 'b'], { leaseSeconds: 86_400 });
    const place = wait(world, 'bob', ['a', 'b']);
    world.pass(minute);
    const again = wait(world, 'bob', ['b', 'a']);
    expect(again).toMatchObject({ id: place.id, ticket: place.ticket });
    expect(world.queue()).toHaveLength(1);
  });

  test('is no cycle for one whom others wait behind, and they are not ahead', () => {
    const { world, places } = queueFor('bob', 'cy');
    const outcome = accepted(claim(world, 'bob', 'a', { waitSeconds: 600 }));
    expect(outcome).toMatchObject({ waiting: { id: places[0] }, ahead: 0, rivals: [{ agent: 'ada' }] });
  });

  test('in another mode is another place, at the end', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    const shared = wait(world, 'bob', 'a', { mode: 'shared' });
    wait(world, 'cy', 'a', { mode: 'shared' });
    wait(world, 'bob', 'a');
    expect(world.queue().map(({ agent, mode }) => `${agent} ${mode}`)).toEqual([
      'bob shared',
      'cy shared',
      'bob exclusive',
    ]);
    expect(world.queue()[0]?.ticket).toBe(shared.ticket);
  });
});

describe('the queue is fair', () => {
  test('a newcomer conflicts with those who wait', () => {
    const { world } = queueFor('bob');
    accepted(release(world, 'ada', 'a'));
    expect(refusal(claim(world, 'cy', 'a')).data.rivals).toMatchObject([{ agent: 'bob', state: 'holds' }]);
  });

  test('also where only the waiter’s other paths are taken', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    wait(world, 'bob', ['a', 'b']);
    const refused = refusal(claim(world, 'cy', 'b'));
    expect(refused.data.rivals).toMatchObject([{ agent: 'bob', state: 'waits' }]);
    expect(refused.message).toBe('bob already waits for b.');
  });

  test('a newcomer that shares passes one who waits to share', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    wait(world, 'bob', ['a', 'b'], { mode: 'shared' });
    grant(world, 'cy', 'b', { mode: 'shared' });
  });

  test('sharers do not starve one who waits to be alone', () => {
    const world = new World();
    grant(world, 'ada', 'a', { mode: 'shared' });
    const place = wait(world, 'bob', 'a');
    refusal(claim(world, 'cy', 'a', { mode: 'shared' }));
    accepted(release(world, 'ada', 'a'));
    granted(take(world, 'bob', place.id));
  });

  test('those in line get their turn in the order in which they came', () => {
    const { world, places } = queueFor('bob', 'cy', 'dan');
    accepted(release(world, 'ada', 'a'));
    const names = ['bob', 'cy', 'dan'];
    for (const [n, name] of names.entries()) {
      expect(names.map((each, at) => (at < n ? '' : outcomeOf(world, each, places[at] as string)))).toEqual(
        names.map((each, at) => (at < n ? '' : at === n ? `${each} takes` : `${each} waits behind ${at - n - 1}`)),
      );
      accepted(release(world, name, 'a'));
    }
    expect(world.held()).toEqual([]);
  });

  test('several whose paths are apart, or shared, get their turn at once', () => {
    const world = new World();
    grant(world, 'ada', ['a', 'b']);
    wait(world, 'bob', 'a', { mode: 'shared' });
    wait(world, 'cy', 'b');
    wait(world, 'dan', 'a', { mode: 'shared' });
    wait(world, 'eve', 'a');
    accepted(release(world, 'ada', 'all'));
    expect(world.held()).toEqual(['bob: a', 'cy: b', 'dan: a']);
    expect(world.queue().map(({ agent }) => agent)).toEqual(['eve']);
  });

  test('one whose paths are free passes one who still waits for others', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    grant(world, 'bob', 'b');
    wait(world, 'cy', 'a');
    wait(world, 'dan', 'b');
    accepted(release(world, 'bob', 'b'));
    expect(world.held()).toEqual(['ada: a', 'dan: b']);
  });
});
