import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HeldPath, type VerdictWorld, verdictOn } from '../../../src/domain/claim/verdict.ts';

const nowMs = Date.parse('2026-03-02T09:00:00Z');
const name = fc.constantFrom('a', 'b', 'A', 'é', 'a.ts', '..', '.x');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const pattern = fc.oneof(path, fc.constantFrom('**', 'a/*', '*/b', 'a/**', './a', 'a/', 'port:80', 'a//b', '{a,b}'));

function held(patterns: readonly string[]): HeldPath[] {
  return patterns.map((each, n) => ({
    ...{
      id: `c${n}`,
      agent: n % 2 === 0 ? 'ada' : 'bob',
      uid: null,
      pattern: each,
      isFile: n % 4 === 0,
      why: null,
      branch: null,
    },
    mode: n % 3 === 0 ? 'shared' : 'exclusive',
    expires: '2026-03-02T10:00:00Z',
  }));
}

test('many paths are judged as each of them alone would be', () => {
  const worlds = fc.record({ ignoreCase: fc.boolean(), folders: fc.boolean() });
  fc.assert(
    fc.property(fc.array(path, { minLength: 2, maxLength: 5 }), fc.array(pattern), worlds, (paths, patterns, how) => {
      const world: VerdictWorld = { nowMs, ignoreCase: how.ignoreCase, isFolder: () => how.folders };
      const claims = held(patterns);
      const self = { uid: undefined, name: 'ada' };
      const alone = paths.map((each) => verdictOn([each], claims, self, world));
      const together = verdictOn(paths, claims, self, world);
      const rivals = new Set(alone.flatMap((verdict) => verdict.rivals.map(({ id }) => id)));
      expect(together.rivals.map(({ id }) => id)).toEqual([...rivals].sort());
      const overlap = new Set(alone.flatMap((verdict) => verdict.rivals.flatMap((rival) => rival.overlap)));
      expect(new Set(together.rivals.flatMap((rival) => rival.overlap))).toEqual(overlap);
    }),
    { numRuns: 2000 },
  );
});

test('a thousand paths against ten thousand claims take no second', () => {
  const claims = held(Array.from({ length: 10_000 }, (_, n) => `packages/module-${n % 200}/src/part-${n}.ts`));
  const paths = Array.from({ length: 1000 }, (_, n) => `packages/module-${n % 200}/src/file-${n}.ts`);
  const started = performance.now();
  const world = { nowMs, ignoreCase: false, isFolder: () => false };
  expect(verdictOn(paths, claims, { uid: undefined, name: 'ada' }, world).verdict).toBe('free');
  expect(performance.now() - started).toBeLessThan(1000);
});
