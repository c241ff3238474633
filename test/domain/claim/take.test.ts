import { describe, expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { grant, outcomeOf, queueFor, release, take, wait } from './acts.ts';

const minute = 60;

describe('a wait', () => {
  test('that ran out keeps its place for the waiter’s lease, and goes on', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    const { id } = wait(world, 'bob', 'a', { waitSeconds: 20 * minute, leaseSeconds: 10 * minute });
    world.pass(20 * minute);
    expect(outcomeOf(world, 'bob', id)).toBe('bob waits behind 0');
    world.pass(10 * minute - 1);
    expect(outcomeOf(world, 'bob', id)).toBe('bob waits behind 0');
  });

  test('as long as the lease is not over before it has run out', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    const { id } = wait(world, 'bob', 'a', { waitSeconds: 30 * minute });
    world.pass(30 * minute);
    expect(outcomeOf(world, 'bob', id)).toBe('bob waits behind 0');
  });

  test('that goes on is covered by its place, however little was left', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
    const { id } = wait(world, 'bob', 'a', { waitSeconds: 60, leaseSeconds: 60 * minute });
    world.pass(10 * minute);
    accepted(take(world, 'bob', id, 55 * minute));
    world.pass(55 * minute);
    expect(outcomeOf(world, 'bob', id)).toBe('bob waits behind 0');
  });

  test('that looks again and again writes nothing while its place is long enough', () => {
    const { world, places } = queueFor('bob');
    for (let n = 0; n < 10; n += 1) {
      world.pass(30);
      accepted(take(world, 'bob', places[0]));
      expect(world.edits).toEqual([]);
    }
  });

  test('whose place is over is out, and the next ones move up', () => {
    const { world, places } = queueFor('bob', 'cy');
    accepted(take(world, 'cy', places[1] as string, 86_400));
    world.pass(41 * minute);
    expect(outcomeOf(world, 'cy', places[1] as string)).toBe('cy waits behind 0');
    expect(outcomeOf(world, 'bob', places[0])).toBe('bob is out: unknown-claim');
  });

  test('is left by its id, an ending of it, or with everything', () => {
    for (const what of [(id: string) => id, (id: string) => id.slice(-5), () => 'all']) {
      const { world, places } = queueFor('bob', 'cy');
      const decision = release(world, 'bob', what(places[0]));
      expect(decision.ok && decision.headline.ids).toEqual([places[0]]);
      expect(world.queue().map(({ agent }) => agent)).toEqual(['cy']);
    }
  });

  test('that is left frees those behind', () => {
    const world = new World();
    grant(world, 'ada', 'a', { mode: 'shared' });
    const bob = wait(world, 'bob', 'a');
    const cy = wait(world, 'cy', 'a', { mode: 'shared' });
    accepted(release(world, 'bob', bob.id));
    expect(world.claim(cy.id)?.agent).toBe('cy');
  });

  test('of another cannot be taken or left', () => {
    const { world, places } = queueFor('bob');
    expect(outcomeOf(world, 'cy', places[0])).toBe('cy is out: unknown-claim');
    expect(refusal(release(world, 'cy', places[0])).code).toBe('not-holder');
    accepted(release(world, 'ada', 'a'));
    expect(outcomeOf(world, 'cy', places[0])).toBe('cy is out: unknown-claim');
  });
});
