import { describe, expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { claim, grant, granted, outcomeOf, queueFor, release, renew, take, wait } from './acts.ts';

const minute = 60;

describe('an offer', () => {
  test('is made by the transaction that frees the paths, under the waiter’s id and with a new token', () => {
    const { world, places } = queueFor('bob');
    accepted(release(world, 'ada', 'a'));
    expect(world.queue()).toEqual([]);
    expect(world.claim(places[0])).toMatchObject({
      agent: 'bob',
      uid: 'uid-bob',
      offeredUntil: '2026-03-01T09:01:00.000Z',
      token: '1.3',
    });
    expect(world.claim(places[0])).not.toHaveProperty('ticket');
  });

  test('binds the others until it is over', () => {
    const { world } = queueFor('bob');
    accepted(release(world, 'ada', 'a'));
    world.pass(60 - 0.001);
    refusal(claim(world, 'cy', 'a'));
    world.pass(0.001);
    grant(world, 'cy', 'a');
  });

  test('that is taken is a claim like any, with a whole lease from then on', () => {
    const { world, places } = queueFor('bob');
    accepted(release(world, 'ada', 'a'));
    world.pass(59);
    const offered = world.claim(places[0]);
    const taken = granted(take(world, 'bob', places[0]));
    expect(taken).toMatchObject({ token: offered?.token, since: '2026-03-01T09:00:59.000Z' });
    expect(taken.expires).toBe('2026-03-01T09:30:59.000Z');
    expect(world.claim(places[0])?.offeredUntil).toBeUndefined();
    world.pass(25 * minute);
    refusal(claim(world, 'cy', 'a'));
    expect(granted(take(world, 'bob', places[0]))).toEqual(world.claim(places[0]));
  });

  test('is taken by a claim of the same paths, and by renewing, too', () => {
    for (const how of ['claim', 'renew']) {
      const { world, places } = queueFor('bob');
      accepted(release(world, 'ada', 'a'));
      if (how === 'claim') grant(world, 'bob', 'a');
      else accepted(renew(world, 'bob'));
      expect(world.claim(places[0])?.offeredUntil).toBeUndefined();
    }
  });

  test('that nobody takes passes on to the next one', () => {
    const { world, places } = queueFor('bob', 'cy', 'dan');
    accepted(release(world, 'ada', 'a'));
    world.pass(59);
    expect(outcomeOf(world, 'cy', places[1] as string)).toBe('cy waits behind 0');
    world.pass(1);
    world.greet('cy');
    expect(outcomeOf(world, 'cy', places[1] as string)).toBe('cy takes');
    expect(outcomeOf(world, 'bob', places[0])).toBe('bob is out: unknown-claim');
    expect(outcomeOf(world, 'dan', places[2] as string)).toBe('dan waits behind 0');
  });

  test('that nobody takes is over although no other has come since', () => {
    const { world, places } = queueFor('bob');
    accepted(release(world, 'ada', 'a'));
    world.pass(60);
    expect(outcomeOf(world, 'bob', places[0])).toBe('bob is out: unknown-claim');
  });

  test('is made by whoever writes next when the freer died', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
    const place = wait(world, 'bob', 'a');
    world.pass(11 * minute);
    grant(world, 'cy', 'elsewhere');
    expect(world.claim(place.id)).toMatchObject({ agent: 'bob', offeredUntil: '2026-03-01T09:12:00.000Z' });
    expect(world.notices('ada')).toEqual(['Your claim on a was taken by bob']);
  });

  test('is made to a waiter by its own retry', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
    const place = wait(world, 'bob', 'a');
    world.pass(11 * minute);
    granted(take(world, 'bob', place.id));
  });

  test('of a short lease can be claimed by others when the lease ends', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    wait(world, 'bob', 'a', { leaseSeconds: 10 });
    accepted(release(world, 'ada', 'a'));
    world.pass(10);
    grant(world, 'cy', 'a');
  });
});

describe('between hosts whose clocks differ', () => {
  function apart(skewSeconds: number) {
    const world = new World();
    world.actor('bob', { host: 'there' });
    world.skewSecondsByHost.set('there', skewSeconds);
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    const first = wait(world, 'bob', 'a').id;
    const second = wait(world, 'cy', 'a').id;
    return { world, first, second };
  }

  test.each([-10_800, -60, 60, 10_800])('%s seconds ahead, a waiter takes what it was offered elsewhere', (skew) => {
    const { world, first, second } = apart(skew);
    accepted(release(world, 'ada', 'a'));
    world.look('there');
    world.pass(50);
    expect(outcomeOf(world, 'bob', first)).toBe('bob takes');
    refusal(claim(world, 'cy', 'a'));
    expect(world.queue().map(({ id }) => id)).toEqual([second]);
  });

  test.each([0, 60, 10_800])('%s seconds ahead, nobody is passed over before his minute is over', (skew) => {
    const world = new World();
    world.actor('cy', { host: 'there' });
    world.skewSecondsByHost.set('there', skew);
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    const bob = wait(world, 'bob', 'a').id;
    const cy = wait(world, 'cy', 'a', { leaseSeconds: 86_400 }).id;
    accepted(release(world, 'ada', 'a'));
    world.look('there');
    for (let n = 0; n < 5; n += 1) {
      world.pass(11);
      expect(outcomeOf(world, 'cy', cy)).toBe('cy waits behind 0');
    }
    expect(outcomeOf(world, 'bob', bob)).toBe('bob takes');
  });

  test('an offer made elsewhere passes on, drift allowed for', () => {
    const world = new World();
    world.actor('cy', { host: 'there' });
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    wait(world, 'bob', 'a');
    const cy = wait(world, 'cy', 'a').id;
    accepted(release(world, 'ada', 'a'));
    world.look('there');
    world.pass(179);
    expect(outcomeOf(world, 'cy', cy)).toBe('cy waits behind 0');
    world.pass(1);
    expect(outcomeOf(world, 'cy', cy)).toBe('cy takes');
  });

  test('a place of another host is kept for a day beyond its lease', () => {
    const world = new World();
    world.actor('bob', { host: 'there' });
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    wait(world, 'bob', 'a', { waitSeconds: 60, leaseSeconds: 60 });
    world.pass(80_000);
    accepted(renew(world, 'ada'));
    world.pass(6519);
    grant(world, 'ada', 'b');
    expect(world.queue()).toHaveLength(1);
    world.pass(1);
    grant(world, 'ada', 'c');
    expect(world.queue()).toEqual([]);
  });
});
