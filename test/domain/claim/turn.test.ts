/** Who looks only when it is told to has its turn as early as who looks all the time. */
import { describe, expect, test } from 'vitest';
import { isTurn, nextTurnMs } from '../../../src/domain/claim/turn.ts';
import type { Draft } from '../../../src/domain/draft.ts';
import { accepted, refusal, World } from '../world.ts';
import { claim, grant, granted, handoff, queueFor, release, renew, take, wait } from './acts.ts';

const hour = 3600;

function turn(world: World, name: string, id: string) {
  const decision = world.rehearse(name, (draft: Draft, context) => ({
    ok: true,
    result: { isNow: isTurn(draft, id, context), seconds: (nextTurnMs(draft, id, context) - context.nowMs) / 1000 },
    headline: { op: 'wait', subject: 'look', ids: [] },
  }));
  return accepted(decision);
}

const outOfSight = Number.POSITIVE_INFINITY;

describe('the next look is due', () => {
  test('when the lease of the holder ends, however it was made shorter or longer', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: hour });
    const { id } = wait(world, 'bob', 'a');
    expect(turn(world, 'bob', id)).toEqual({ isNow: false, seconds: hour });
    accepted(renew(world, 'ada', [], 3));
    expect(turn(world, 'bob', id)).toEqual({ isNow: false, seconds: 3 });
    world.pass(3);
    expect(turn(world, 'bob', id).isNow).toBe(true);
  });

  test('when the offer to a waiter ahead is over, and nobody took it', () => {
    const { world, places } = queueFor('bob', 'cy');
    const [, cy = ''] = places;
    accepted(release(world, 'ada', 'a'));
    expect(turn(world, 'cy', cy)).toEqual({ isNow: false, seconds: 60 });
    world.pass(60);
    expect(turn(world, 'cy', cy).isNow).toBe(true);
    granted(take(world, 'cy', cy));
  });

  test('when the short lease of a waiter ahead ends, once it has had its turn', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: hour });
    const bob = wait(world, 'bob', 'a', { leaseSeconds: 10 });
    const cy = wait(world, 'cy', 'a');
    accepted(release(world, 'ada', 'a'));
    granted(take(world, 'bob', bob.id));
    expect(turn(world, 'cy', cy.id)).toEqual({ isNow: false, seconds: 10 });
  });

  test('when the place of a waiter ahead is over', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: hour });
    wait(world, 'bob', 'a', { waitSeconds: 0, leaseSeconds: 10 });
    const { id } = wait(world, 'cy', 'a');
    expect(turn(world, 'cy', id).seconds).toBe(10);
  });

  test('when time runs out for who keeps a waiter ahead from its paths, for nobody may be left to look for that one', () => {
    const world = new World();
    grant(world, 'ada', 'a', { leaseSeconds: 20 });
    wait(world, 'bob', ['a', 'b'], { waitSeconds: hour });
    const { id } = wait(world, 'cy', 'b');
    expect(turn(world, 'cy', id).seconds).toBe(20);
  });

  test('at once when nobody stands in the way, and when the place is gone', () => {
    const { world, places } = queueFor('bob');
    const [bob] = places;
    const [held] = world.claims();
    world.put(`claims/${held?.id}`, undefined);
    expect(turn(world, 'bob', bob)).toEqual({ isNow: true, seconds: outOfSight });
    accepted(release(world, 'bob', bob));
    expect(turn(world, 'bob', bob)).toEqual({ isNow: true, seconds: outOfSight });
  });

  test('at once when the agent holds by another claim what it waits for', () => {
    const { world, places } = queueFor('bob', 'cy');
    accepted(handoff(world, 'ada', 'cy'));
    expect(turn(world, 'cy', places[1] as string).isNow).toBe(true);
  });

  test('never by time where a claim cannot be read', () => {
    const world = new World();
    const held = grant(world, 'ada', 'a');
    const { id } = wait(world, 'bob', 'a');
    world.putFile(`claims/${held.id}`, { ...held, mode: 'odd' });
    expect(turn(world, 'bob', id)).toEqual({ isNow: false, seconds: outOfSight });
  });

  test('of a lease of another host after the drift, and then when it was seen for all of its length', () => {
    const world = new World();
    world.actor('bob', { host: 'there' });
    grant(world, 'ada', 'a', { leaseSeconds: 600 });
    world.pass(300);
    const { id } = wait(world, 'bob', 'a', { waitSeconds: hour });
    expect(turn(world, 'bob', id)).toEqual({ isNow: false, seconds: 420 });
    world.pass(420);
    expect(turn(world, 'bob', id)).toEqual({ isNow: false, seconds: 180 });
    world.pass(179);
    expect('waiting' in accepted(take(world, 'bob', id))).toBe(true);
    world.pass(1);
    granted(take(world, 'bob', id));
  });
});

test('an answer that the wait goes on says when to look again', () => {
  const { world, places } = queueFor('bob');
  expect(accepted(take(world, 'bob', places[0]))).toMatchObject({ nextTurnMs: world.nowMs + 86_400_000 });
  refusal(claim(world, 'cy', 'a'));
});
