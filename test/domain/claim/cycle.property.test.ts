/** Agents claim, wait and release as they like, also beside and inside of what they hold and wait for already. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accepted, World } from '../world.ts';
import { claim, release, take } from './acts.ts';

const names = ['ada', 'bob', 'cy', 'dan'];
const day = 86_400;

const step = fc.record({
  who: fc.constantFrom(...names),
  paths: fc.uniqueArray(fc.constantFrom('a', 'a/x', 'a/x/1', 'a/*', 'b', 'b/x', 'c'), { minLength: 1, maxLength: 2 }),
  mode: fc.constantFrom('exclusive' as const, 'exclusive' as const, 'shared' as const),
  isRelease: fc.nat(5).map((n) => n === 0),
});

/** Whoever waits for nothing lets go of everything, again and again: those whose turn never comes. */
function stuck(world: World): string[] {
  for (;;) {
    for (const { id, agent, offeredUntil } of world.claims()) {
      if (offeredUntil !== undefined) accepted(take(world, agent, id));
    }
    const waiting = new Set(world.queue().map(({ agent }) => agent));
    const holders = new Set(world.claims().map(({ agent }) => agent));
    const free = [...holders].filter((name) => !waiting.has(name));
    if (free.length === 0) return [...waiting];
    for (const name of free) accepted(release(world, name, 'all'));
  }
}

test('what is granted or may wait leaves nobody without a turn, and what lies in an own place may wait', () => {
  const seen = { inside: 0, cycles: 0, waits: 0 };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14, size: 'max' }), (steps) => {
      const world = new World();
      for (const { who, paths, mode, isRelease } of steps) {
        if (isRelease) {
          accepted(release(world, who, 'all'));
          continue;
        }
        const isInside = world
          .queue()
          .some((place) => place.agent === who && place.mode === 'exclusive' && isBelow(paths, place.paths));
        const decision = claim(world, who, paths, { mode, leaseSeconds: day, waitSeconds: day });
        if (isInside) {
          seen.inside += 1;
          expect(decision.ok).toBe(true);
        }
        if (!decision.ok) seen.cycles += 1;
        else if ('waiting' in decision.result) seen.waits += 1;
      }
      expect(stuck(world)).toEqual([]);
    }),
    { numRuns: 100 },
  );
  expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(10);
}, 300_000);

function isBelow(paths: readonly string[], above: readonly string[]): boolean {
  return paths.every((path) => above.some((each) => path === each || path.startsWith(`${each}/`)));
}
