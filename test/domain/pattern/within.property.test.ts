import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../../src/domain/pattern/match.ts';
import { isWithin } from '../../../src/domain/pattern/within.ts';
import { char, modelledPattern, parsed, pathsUpTo } from './model.ts';

const chars = [char('a'), char('b'), char('?', '[^/]'), char('[ab]'), char('[!a]', '[^a/]')];
const pattern = modelledPattern({ segmentsMax: 3, charsMax: 2, charsBesideStarMax: 1, chars });
const paths = pathsUpTo({ segmentsMax: 3, charsMax: 2, letters: 'abc' });
const below = fc.constantFrom('included' as const, 'excluded' as const);

test('what is found within matches no path that the outer one does not match', () => {
  let found = 0;
  fc.assert(
    fc.property(pattern, below, pattern, below, (inner, innerBelow, outer, outerBelow) => {
      const [a, b] = [parsed(inner.text, { below: innerBelow }), parsed(outer.text, { below: outerBelow })];
      if (!isWithin(a, b)) return;
      found += 1;
      expect(paths.filter((path) => matches(a, path) && !matches(b, path))).toEqual([]);
    }),
    { numRuns: 4000, seed: 1 },
  );
  expect(found).toBeGreaterThan(100);
});

test('every pattern is within itself, and within what is made of it by a folder above', () => {
  fc.assert(
    fc.property(pattern, below, ({ text }, isBelow) => {
      const own = parsed(text, { below: isBelow });
      expect(isWithin(own, own)).toBe(true);
      expect(isWithin(own, parsed('**'))).toBe(true);
      expect(isWithin(parsed(`x/${text}`, { below: isBelow }), parsed('x'))).toBe(true);
    }),
  );
});

describe('of a file or folder and what holds it', () => {
  const within = [
    ['src/auth.ts', 'src'],
    ['src/auth.ts', 'src/**'],
    ['src/auth.ts', 'src/*.ts'],
    ['src/auth.ts', 'src/a*'],
    ['src/*.ts', 'src'],
    ['src/a/**/*.ts', 'src/**/*.ts'],
    ['src/[ab].ts', 'src/?.ts'],
    ['src/{a,b}.ts', 'src/*.ts'],
    ['src/a.ts', '{src,lib}/*.ts'],
    ['port:1', 'port:1'],
    ['server~11111111:/a/b', 'server~11111111:/a'],
    ['server~11111111:/a/b', 'a'],
  ] as const;
  test.each(within)('%s is within %s', (inner, outer) => {
    expect(isWithin(parsed(inner), parsed(outer))).toBe(true);
  });

  const without = [
    ['src', 'src/auth.ts'],
    ['src', 'src/*'],
    ['src/**', 'src/*.ts'],
    ['src/?.ts', 'src/[ab].ts'],
    ['{src,lib}/a.ts', 'src'],
    ['lib/a.ts', 'src'],
    ['port:1', 'port:2'],
    ['port:1', '**'],
    ['server~11111111:/a', 'web~22222222:/a'],
    ['a/b', 'server~11111111:/a'],
  ] as const;
  test.each(without)('%s is not within %s', (inner, outer) => {
    expect(isWithin(parsed(inner), parsed(outer))).toBe(false);
  });

  test('a folder is not within the file of its name', () => {
    expect(isWithin(parsed('a'), parsed('a', { below: 'excluded' }))).toBe(false);
    expect(isWithin(parsed('a', { below: 'excluded' }), parsed('a'))).toBe(true);
  });
});
