import { describe, expect, test } from 'vitest';
import type { WaitingRecord } from '../../../src/domain/record/record.ts';
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

  test('goes on by the ending of its id, which is what is shown, until it is taken', () => {
    const { world, places } = queueFor('bob', 'cy');
    const [shown, others] = places.map((id) => id.slice(-7)) as [string, string];
    expect(accepted(take(world, 'bob', shown))).toMatchObject({ waiting: { id: places[0] } });
    expect(refusal(take(world, 'bob', others)).code).toBe('unknown-claim');
    accepted(release(world, 'ada', 'a'));
    expect(accepted(take(world, 'bob', shown))).toMatchObject({ claim: { id: places[0] } });
  });

  test('is not guessed by an ending that several have', () => {
    const { world, places } = queueFor('bob');
    const [id] = places;
    const twin = `${id.slice(0, 4)}zz${id.slice(6)}`;
    const place = world.records.get(`waiting/${id}`) as WaitingRecord;
    world.put(`waiting/${twin}`, { ...place, id: twin });
    expect(refusal(take(world, 'bob', id.slice(-7))).code).toBe('ambiguous');
    expect(accepted(take(world, 'bob', id))).toMatchObject({ waiting: { id } });
  });

  test('of another cannot be taken or left', () => {
    const { world, places } = queueFor('bob');
    expect(outcomeOf(world, 'cy', places[0])).toBe('cy is out: unknown-claim');
    expect(refusal(release(world, 'cy', places[0])).code).toBe('not-holder');
    accepted(release(world, 'ada', 'a'));
    expect(outcomeOf(world, 'cy', places[0])).toBe('cy is out: unknown-claim');
  });
});
