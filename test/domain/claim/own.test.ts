/** What lies inside of what one holds, or waits for, oneself. */
import { describe, expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { claim, grant, granted, handoff, outcomeOf, release, take, wait } from './acts.ts';

describe('a claim inside one’s own live claim passes those who wait for it', () => {
  test.each([
    ['src/**', 'src/auth.ts'],
    ['src', 'src/*.ts'],
    ['src/*.ts', 'src/a*.ts'],
  ])('of %s: %s', (held, wanted) => {
    const world = new World();
    const outer = grant(world, 'ada', held);
    const place = wait(world, 'bob', held);
    const inner = grant(world, 'ada', wanted);
    accepted(release(world, 'ada', [outer.id]));
    expect(outcomeOf(world, 'bob', place.id)).toBe('bob waits behind 0');
    accepted(release(world, 'ada', [inner.id]));
    expect(outcomeOf(world, 'bob', place.id)).toBe('bob takes');
  });

  test('also where several claims of one’s own hold it together', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    grant(world, 'ada', 'b');
    wait(world, 'bob', ['a', 'b']);
    grant(world, 'ada', ['a/x', 'b/x']);
  });

  test('to share of what one holds alone, and of what one shares', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    grant(world, 'ada', 'b', { mode: 'shared' });
    wait(world, 'bob', ['a', 'b']);
    grant(world, 'ada', ['a/x', 'b/x'], { mode: 'shared' });
  });

  test('but not alone of what one shares', () => {
    const world = new World();
    grant(world, 'ada', 'a', { mode: 'shared' });
    wait(world, 'bob', 'a');
    expect(refusal(claim(world, 'ada', 'a/x')).code).toBe('claim-conflict');
  });

  test('but not one that is only partly inside', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    grant(world, 'bob', 'b');
    wait(world, 'cy', ['a', 'b', 'c']);
    expect(refusal(claim(world, 'ada', ['a/x', 'c'])).code).toBe('claim-conflict');
  });

  test('but not once the lease of what one holds is over', () => {
    const world = new World();
    grant(world, 'ada', ['a', 'b'], { leaseSeconds: 60 });
    grant(world, 'bob', 'c', { leaseSeconds: 3600 });
    wait(world, 'cy', ['a', 'c']);
    world.pass(61);
    expect(refusal(claim(world, 'ada', 'a/x')).data.rivals).toMatchObject([{ agent: 'cy', state: 'waits' }]);
  });

  test('but not through a path of one’s own that is no pattern', () => {
    const world = new World();
    const held = grant(world, 'ada', 'a');
    world.putFile(`claims/${held.id}`, { ...held, paths: ['../up'] });
    wait(world, 'bob', 'b');
    expect(refusal(claim(world, 'ada', 'b')).data.rivals).toMatchObject([{ agent: 'bob', state: 'waits' }]);
  });

  test('nor a record that nobody can read', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    world.put('claims/bad', { kind: 'unreadable', id: 'bad', reason: 'torn', paths: ['a'] });
    expect(refusal(claim(world, 'ada', 'a/x')).data.rivals).toMatchObject([{ id: 'bad', state: 'unreadable' }]);
  });
});

test('a place inside what one was handed meanwhile has its turn at once', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  wait(world, 'cy', 'a');
  const place = wait(world, 'bob', 'a/x');
  accepted(handoff(world, 'ada', 'bob'));
  granted(take(world, 'bob', place.id));
});

describe('a wait behind one who waits for one’s own kept place', () => {
  test('is no cycle inside of that place: both come at once', () => {
    const world = new World();
    grant(world, 'ada', 'src/**');
    const kept = wait(world, 'bob', 'src/a*');
    wait(world, 'cy', 'src/**');
    const inner = wait(world, 'bob', 'src/auth.ts');
    accepted(release(world, 'ada', 'all'));
    granted(take(world, 'bob', inner.id));
    granted(take(world, 'bob', kept.id));
  });

  test('nor where that one waits for what one holds, too: it is passed', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    grant(world, 'bob', 'b');
    wait(world, 'bob', 'a');
    wait(world, 'cy', ['a', 'b']);
    const inner = wait(world, 'bob', 'a/x');
    accepted(release(world, 'ada', 'all'));
    granted(take(world, 'bob', inner.id));
  });

  test('is one beside it, and the way on is that place', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    const kept = wait(world, 'bob', 'a');
    wait(world, 'cy', ['a', 'b']);
    const { code, next, data, message } = refusal(claim(world, 'bob', 'b', { waitSeconds: 60 }));
    expect(code).toBe('wait-cycle');
    expect(data.cycle).toEqual(['bob', 'cy', 'bob']);
    expect(message).toBe('Waiting for b would never end: bob waits for cy, who waits for bob.');
    expect(next).toBe(
      `Go on with your own place for a first: git intercom claim --id ${kept.id}; or give it up: git intercom release ${kept.id}.`,
    );
  });
});
