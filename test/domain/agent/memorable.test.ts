import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memorableName } from '../../../src/domain/agent/memorable.ts';
import { whyNoName } from '../../../src/domain/agent/name.ts';

const seeds = fc.stringMatching(/^[0-9a-f]{8,20}$/);

/** Asked for one after another with one seed, each taken then. */
function names(seed: string, count: number): string[] {
  const taken = new Set<string>();
  for (let n = 0; n < count; n++) taken.add(memorableName(seed, (name) => taken.has(name)));
  return [...taken];
}

test('the name is free, whatever is taken', () => {
  fc.assert(
    fc.property(seeds, fc.nat(300), (seed, count) => {
      const taken = new Set(names(seed, count));
      expect(taken.size).toBe(count);
      expect(taken.has(memorableName(seed, (name) => taken.has(name)))).toBe(false);
    }),
    { numRuns: 30 },
  );
});

test('the same seed gives the same name, while it is free', () => {
  fc.assert(
    fc.property(seeds, fc.array(seeds), (seed, others) => {
      const name = memorableName(seed, () => false);
      const taken = new Set(others.map((other) => memorableName(other, () => false)));
      taken.delete(name);
      expect(memorableName(seed, (each) => taken.has(each))).toBe(name);
    }),
  );
});

test('there are 4,096, each a valid name of two words; then they are numbered', () => {
  const all = names('00000000', 4_097);
  const plain = all.slice(0, 4_096);
  expect(plain.filter((name) => !/^[a-z]+-[a-z]+$/.test(name) || whyNoName(name) !== undefined)).toEqual([]);
  expect(all.at(-1)).toBe(`${all[0]}-2`);
  expect(whyNoName(all.at(-1) ?? '')).toBeUndefined();
});

test('one name after the other shares no word with the one before', () => {
  const all = names('00000000', 4_096);
  const alike = all.filter((name, n) => n > 0 && name.split('-').some((word) => all[n - 1]?.split('-').includes(word)));
  expect(alike).toEqual([]);
});
