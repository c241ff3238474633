import { describe, expect, test } from 'vitest';
import { isOver, isTakeable } from '../../../src/domain/claim/lease.ts';
import { defaultPolicy } from '../../../src/domain/policy.ts';
import { accepted, refusal, World } from '../world.ts';
import { claim, grant, release, renew, wait } from './acts.ts';

const minute = 60;
const hour = 60 * minute;

/** Ada is on another host than the others. */
function apart(): World {
  const world = new World();
  world.actor('ada', { host: 'there' });
  return world;
}

describe('the length of a lease', () => {
  test.each([
    [undefined, 1800],
    [600, 600],
    [90.4, 90],
    [0.2, 1],
    [999_999_999, 86_400],
    [Number.POSITIVE_INFINITY, 86_400],
  ])('asked for %s seconds it has %s, by claim and by renew', (asked, given) => {
    const world = new World();
    expect(grant(world, 'ada', 'a', { leaseSeconds: asked }).leaseSeconds).toBe(given);
    expect(accepted(renew(world, 'ada', 'a', asked)).claims[0]?.leaseSeconds).toBe(given);
  });

  test.each([
    [{ leaseSeconds: 60 }, 60],
    [{ leaseSeconds: 7200, leaseSecondsMax: 3600 }, 3600],
    [{ leaseSecondsMax: 0 }, 1],
    [{ leaseSeconds: 1e10, leaseSecondsMax: 1e10 }, 31_536_000],
  ])('under the policy %j it is %s seconds', (policy, given) => {
    const world = new World({ policy });
    expect(grant(world, 'ada', 'a').leaseSeconds).toBe(given);
  });
});

describe('on one host', () => {
  test('a claim holds until its lease ends and not a moment longer', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    world.pass(30 * minute - 0.001);
    refusal(claim(world, 'bob', 'a'));
    world.pass(0.001);
    grant(world, 'bob', 'a');
    expect(world.held()).toEqual(['bob: a']);
  });

  test('a renewed claim holds a whole lease from then on, and keeps its token', () => {
    const world = new World();
    const first = grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
    world.pass(9 * minute);
    const [renewed] = accepted(renew(world, 'ada')).claims;
    expect(renewed).toMatchObject({ id: first.id, token: first.token, expires: '2026-03-01T09:19:00.000Z' });
    world.pass(9 * minute);
    refusal(claim(world, 'bob', 'a'));
  });

  test('a lapsed claim that nobody took can be renewed', () => {
    const world = new World();
    const first = grant(world, 'ada', 'a');
    world.pass(hour);
    const [renewed] = accepted(renew(world, 'ada')).claims;
    expect(renewed).toMatchObject({ id: first.id, token: first.token });
    refusal(claim(world, 'bob', 'a'));
  });

  test('who finds a lapsed claim taken is told by whom, at once and when renewing', () => {
    const world = new World();
    const lost = grant(world, 'ada', ['a', 'b']);
    world.pass(hour);
    grant(world, 'bob', 'b');
    expect(world.notices('ada')).toEqual(['Your claim on a and b was taken by bob']);
    expect(refusal(renew(world, 'ada', lost.id)).code).toBe('withdrawn');
    expect(refusal(renew(world, 'ada')).code).toBe('not-holder');
  });

  test('the paths of a lapsed claim that were not asked for are free as well', () => {
    const world = new World();
    grant(world, 'ada', ['a', 'b']);
    world.pass(hour);
    grant(world, 'bob', 'b');
    grant(world, 'cy', 'a');
  });

  test('a lapsed claim that is in nobody’s way stays', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    world.pass(hour);
    grant(world, 'bob', 'b');
    expect(world.held()).toEqual(['ada: a', 'bob: b']);
  });
});

describe('a claim of another host', () => {
  test('is taken when it is over by the own clock, drift allowed for, and was seen unrenewed a whole lease', () => {
    const world = apart();
    grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
    world.look('here');
    world.pass(12 * minute - 0.001);
    refusal(claim(world, 'bob', 'a'));
    world.pass(0.001);
    grant(world, 'bob', 'a');
    expect(world.notices('ada')).toHaveLength(1);
  });

  test('is not taken by one who has never seen it before', () => {
    const world = apart();
    grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
    world.pass(hour);
    expect(refusal(claim(world, 'bob', 'a')).message).toBe('a is claimed by ada, lapsed 50m ago.');
    world.pass(10 * minute - 0.001);
    refusal(claim(world, 'bob', 'a'));
    world.pass(0.001);
    grant(world, 'bob', 'a');
  });

  test('is seen anew after a renewal', () => {
    const world = apart();
    grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
    world.look('here');
    world.pass(9 * minute);
    accepted(renew(world, 'ada'));
    world.pass(12 * minute);
    refusal(claim(world, 'bob', 'a'));
  });

  test.each([3, 24, 24 * 365])('is safe from a clock that is %s hours fast', (hours) => {
    const world = apart();
    world.skewSecondsByHost.set('here', hours * hour);
    for (let n = 0; n < 20; n += 1) {
      grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
      world.look('here');
      world.pass(5 * minute);
      refusal(claim(world, 'bob', 'a'));
    }
    expect(world.held()).toEqual(['ada: a']);
  });

  test('is safe from a fast clock also when somebody waits for it', () => {
    const world = apart();
    world.skewSecondsByHost.set('here', 3 * hour);
    grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
    wait(world, 'bob', 'a');
    world.pass(5 * minute);
    world.greet('bob');
    grant(world, 'cy', 'b');
    expect(world.held()).toEqual(['ada: a', 'cy: b']);
  });

  test('is lost in the end by a holder whose clock is slow, after it was seen a whole lease', () => {
    const world = apart();
    world.skewSecondsByHost.set('there', -3 * hour);
    grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
    world.look('here');
    world.pass(9 * minute);
    refusal(claim(world, 'bob', 'a'));
    world.pass(1 * minute);
    grant(world, 'bob', 'a');
  });

  test('is released by force at any time', () => {
    const world = apart();
    grant(world, 'ada', 'a');
    accepted(release(world, 'bob', 'a', { why: 'she is on holiday', evidence: 'none' }));
    grant(world, 'bob', 'a');
  });

  test('that was renewed from another host is judged by the clock of that host', () => {
    const world = apart();
    grant(world, 'ada', 'a', { leaseSeconds: 10 * minute });
    world.actor('ada', { host: 'elsewhere' });
    world.skewSecondsByHost.set('elsewhere', -3 * hour);
    accepted(renew(world, 'ada'));
    world.actor('bob', { host: 'there' });
    refusal(claim(world, 'bob', 'a'));
  });
});

describe('a lease by itself', () => {
  const now = '2026-03-01T09:00:00.000Z';
  const nowMs = Date.parse(now);
  const lease = { id: 'c', host: 'there', expires: '2026-03-01T08:58:00.000Z', leaseSeconds: 600 };
  const context = (parts: object) => ({
    nowMs,
    now,
    actor: { uid: 'u', name: 'bob', host: 'here' },
    policy: defaultPolicy,
    newId: () => '',
    processState: () => 'unknown' as const,
    evidence: new Map(),
    seenSinceMs: () => undefined as number | undefined,
    ...parts,
  });

  test('of another host is over after the drift, of this one at once', () => {
    expect(isOver(lease, context({}))).toBe(true);
    expect(isOver({ ...lease, expires: '2026-03-01T08:58:00.001Z' }, context({}))).toBe(false);
    expect(isOver({ ...lease, host: 'here', expires: now }, context({}))).toBe(true);
    expect(isOver({ ...lease, host: 'here', expires: '2026-03-01T09:00:00.001Z' }, context({}))).toBe(false);
  });

  test('of a machine with the name of this one is judged like one of another host', () => {
    const here = context({ actor: { uid: 'u', name: 'bob', host: 'here', boot: 'this' } });
    const later = '2026-03-01T08:58:00.001Z';
    expect(isOver({ ...lease, host: 'here', boot: 'other', expires: later }, here)).toBe(false);
    expect(isTakeable({ ...lease, host: 'here', boot: 'other' }, here)).toBe(false);
    for (const boot of ['this', undefined]) {
      expect(isTakeable({ ...lease, host: 'here', boot, expires: later }, here)).toBe(true);
    }
  });

  test('that is over is takeable when it was seen long enough', () => {
    expect(isTakeable(lease, context({}))).toBe(false);
    expect(isTakeable(lease, context({ seenSinceMs: () => nowMs - 599_999 }))).toBe(false);
    expect(isTakeable(lease, context({ seenSinceMs: () => nowMs - 600_000 }))).toBe(true);
  });

  test('is takeable at once when its holder is proven dead, but not before it is over', () => {
    const evidence = new Map([['c', { process: 'dead', changes: 'some' }]]);
    expect(isTakeable(lease, context({ evidence }))).toBe(true);
    expect(isTakeable({ ...lease, expires: now }, context({ evidence }))).toBe(false);
    const alive = new Map([['c', { process: 'alive', changes: 'none' }]]);
    expect(isTakeable(lease, context({ evidence: alive }))).toBe(false);
  });
});
