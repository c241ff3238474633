import { describe, expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { claim, grant, granted, handoff, release, renew, take, wait } from './acts.ts';

function withBob() {
  const world = new World();
  world.greet('bob');
  return world;
}

test('the other agent holds the claim, with a new token and a lease that begins anew, and is told', () => {
  const world = withBob();
  const held = grant(world, 'ada', ['a', 'b'], { why: 'split login' });
  world.pass(600);
  const [handed] = accepted(handoff(world, 'ada', 'bob', held.id, 'tests are missing')).claims;
  expect(handed).toMatchObject({ id: held.id, agent: 'bob', uid: 'uid-bob', paths: ['a', 'b'], why: 'split login' });
  expect(handed).toMatchObject({ token: '1.2', expires: '2026-03-01T09:40:00.000Z' });
  expect(world.unread('bob')).toMatchObject([{ subject: 'ada handed you a and b', text: 'tests are missing' }]);
  expect(refusal(claim(world, 'ada', 'a')).data.rivals).toMatchObject([{ agent: 'bob' }]);
  accepted(renew(world, 'bob'));
});

test('without a name everything goes, and nothing of others', () => {
  const world = withBob();
  grant(world, 'ada', 'a');
  grant(world, 'ada', 'b');
  grant(world, 'cy', 'c');
  accepted(handoff(world, 'ada', 'bob'));
  expect(world.held()).toEqual(['bob: a', 'bob: b', 'cy: c']);
});

test('part of a claim goes as a claim of its own', () => {
  const world = withBob();
  const held = grant(world, 'ada', ['a', 'b', 'c']);
  const [handed] = accepted(handoff(world, 'ada', 'bob', 'b')).claims;
  expect(handed?.id).not.toBe(held.id);
  expect(world.claim(held.id)).toEqual({ ...held, paths: ['a', 'c'] });
  expect(world.held()).toEqual(['ada: a, c', 'bob: b']);
});

test('somebody unknown is refused, with near names', () => {
  const world = withBob();
  grant(world, 'ada', 'a');
  const refused = refusal(handoff(world, 'ada', 'bo', 'a'));
  expect(refused).toMatchObject({ code: 'unknown-recipient', data: { nearest: ['bob'] } });
  expect(world.held()).toEqual(['ada: a']);
});

test('to oneself there is nothing to hand over, and the token stays', () => {
  const world = new World();
  const held = grant(world, 'ada', 'a');
  const refused = refusal(handoff(world, 'ada', 'ada'));
  expect(refused).toMatchObject({ code: 'handoff-self', message: 'ada is you: what you hold is yours already.' });
  expect(world.claim(held.id)).toEqual(held);
  expect(world.notices('ada')).toEqual([]);
});

test('what one does not hold cannot be handed over', () => {
  const world = withBob();
  grant(world, 'bob', 'b');
  expect(refusal(handoff(world, 'ada', 'bob')).code).toBe('not-holder');
  expect(refusal(handoff(world, 'ada', 'bob', 'b')).code).toBe('not-holder');
});

test('an offer that is handed over needs not be taken any more', () => {
  const world = withBob();
  grant(world, 'cy', 'a');
  wait(world, 'ada', 'a');
  accepted(release(world, 'cy', 'a'));
  accepted(handoff(world, 'ada', 'bob'));
  world.pass(61);
  refusal(claim(world, 'cy', 'a'));
  expect(world.held()).toEqual(['bob: a']);
});

test('an offer that is over cannot be handed over', () => {
  const world = withBob();
  grant(world, 'cy', 'a');
  wait(world, 'ada', 'a');
  accepted(release(world, 'cy', 'a'));
  world.pass(61);
  expect(refusal(handoff(world, 'ada', 'bob')).code).toBe('not-holder');
});

test('who waited for it finds that it is his', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  const { id } = wait(world, 'bob', 'a');
  accepted(handoff(world, 'ada', 'bob', 'a'));
  expect('claim' in accepted(take(world, 'bob', id))).toBe(true);
});

describe('who is handed what it waits for', () => {
  const inLine = () => {
    const world = new World();
    grant(world, 'ada', 'src');
    const [bob, cy] = [wait(world, 'bob', 'src/a.ts'), wait(world, 'cy', 'src/a.ts')];
    return { world, bob: bob.id, cy: cy.id };
  };

  test('stands in line for it no more, and nobody is passed over by the place', () => {
    const { world, bob, cy } = inLine();
    accepted(handoff(world, 'ada', 'cy'));
    expect(world.queue().map(({ id }) => id)).toEqual([bob]);
    expect(granted(take(world, 'cy', cy)).paths).toEqual(['src']);
    world.greet('cy');
    expect(world.held()).toEqual(['cy: src']);
    accepted(release(world, 'cy', 'all'));
    expect(world.held()).toEqual(['bob: src/a.ts']);
  });

  test('hands it on once, and finds nothing by the place then', () => {
    const { world, cy } = inLine();
    accepted(handoff(world, 'ada', 'cy'));
    accepted(handoff(world, 'cy', 'bob'));
    expect(world.unread('bob')).toMatchObject([{ subject: 'cy handed you src' }]);
    expect(world.held()).toEqual(['bob: src']);
    expect(refusal(take(world, 'cy', cy)).code).toBe('unknown-claim');
  });

  test('keeps a place for more than that', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    grant(world, 'cy', 'b');
    const { id } = wait(world, 'bob', ['a', 'b']);
    accepted(handoff(world, 'ada', 'bob'));
    expect(world.queue()).toMatchObject([{ id }]);
  });
});

test('what the hand-over itself offers to the giver stays with it', () => {
  const world = withBob();
  grant(world, 'ada', 'a');
  grant(world, 'cy', 'b', { leaseSeconds: 10 });
  wait(world, 'ada', 'b');
  world.pass(10);
  expect(accepted(handoff(world, 'ada', 'bob')).claims.map(({ paths }) => paths)).toEqual([['a']]);
  expect(world.held()).toEqual(['ada: b', 'bob: a']);
});

describe('what would leave both with overlapping paths is refused', () => {
  test.each([
    ['a claim of its own', [['src'], ['src/a.ts']], 'src/a.ts'],
    ['a path of the same claim', [['src', 'src/a.ts']], 'src/a.ts'],
  ])('by %s', (_, claims, handed) => {
    const world = withBob();
    for (const paths of claims) grant(world, 'ada', paths);
    const before = world.held();
    const refused = refusal(handoff(world, 'ada', 'bob', handed));
    expect(refused.code).toBe('claim-conflict');
    expect(refused.data.rivals).toMatchObject([{ agent: 'ada', overlap: ['src/a.ts'] }]);
    expect(world.held()).toEqual(before);
  });

  test('but not what can be shared', () => {
    const world = withBob();
    grant(world, 'ada', 'src', { mode: 'shared' });
    const { id } = grant(world, 'ada', 'src/a.ts', { mode: 'shared' });
    accepted(handoff(world, 'ada', 'bob', id));
    expect(world.held()).toEqual(['ada: src', 'bob: src/a.ts']);
  });
});

test('on another host the lease is judged by the clock that set it, until the receiver renews', () => {
  const world = new World();
  world.actor('bob', { host: 'there' });
  world.greet('bob');
  world.skewSecondsByHost.set('there', 10_800);
  grant(world, 'ada', 'a');
  const [handed] = accepted(handoff(world, 'ada', 'bob')).claims;
  world.actor('cy', { host: 'there' });
  refusal(claim(world, 'cy', 'a'));
  expect(handed?.host).toBe('here');
  expect(accepted(renew(world, 'bob')).claims[0]?.host).toBe('there');
});

test('a long reason and many paths can be read', () => {
  const world = withBob();
  for (let n = 0; n < 3; n += 1)
    grant(
      world,
      'ada',
      Array.from({ length: 60 }, (_, at) => `${n}/${at}/${'x'.repeat(900)}`),
    );
  accepted(handoff(world, 'ada', 'bob', '0', 'because '.repeat(20_000)));
  accepted(handoff(world, 'ada', 'bob'));
  expect(world.unread('bob')).toHaveLength(2);
});
