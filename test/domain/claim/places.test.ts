import { expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { grant, release, wait } from './acts.ts';

/** Ada holds `a` and `lib/b.ts`, and bob waits for both. */
function bobWaits() {
  const world = new World();
  grant(world, 'ada', ['a', 'lib/b.ts']);
  return { world, place: wait(world, 'bob', ['a', 'lib/b.ts']) };
}

test('who waits for a path and releases it leaves the line', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  const place = wait(world, 'bob', 'a');
  expect(accepted(release(world, 'bob', 'a'))).toEqual({ claims: [], left: [place] });
  accepted(release(world, 'ada', 'a'));
  expect(world.held()).toEqual([]);
});

test('a place for several paths is left by all of them, by a pattern that takes them in, or by its id', () => {
  for (const words of [['lib/b.ts', 'a'], ['lib/*', 'a'], 'its id']) {
    const { world, place } = bobWaits();
    expect(accepted(release(world, 'bob', words === 'its id' ? place.id : words)).left).toEqual([place]);
  }
});

test('some of the paths of a place mean none: nothing is left', () => {
  const { world, place } = bobWaits();
  expect(refusal(release(world, 'bob', 'a'))).toMatchObject({
    code: 'not-holder',
    message: 'bob does not hold a: ada does.',
  });
  expect(world.queue()).toEqual([place]);
});

test('what is held and what is waited for go together', () => {
  const { world, place } = bobWaits();
  const own = grant(world, 'bob', 'c');
  expect(accepted(release(world, 'bob', ['c', 'lib/b.ts', 'a']))).toEqual({ claims: [own], left: [place] });
});

test('by force a path is the claim of another, and the place in line for it is served', () => {
  const { world } = bobWaits();
  accepted(release(world, 'bob', ['a', 'lib/b.ts'], { why: 'gone', evidence: 'c' }));
  expect(world.claims().map(({ agent }) => agent)).toEqual(['bob']);
});
