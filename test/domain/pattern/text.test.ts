import { expect, test } from 'vitest';
import { patternMatches, patternsOverlap } from '../../../src/domain/pattern/text.ts';

test('texts are compared as the patterns they are', () => {
  expect(patternsOverlap('src/**/*.ts', 'src/a.ts')).toBe(true);
  expect(patternsOverlap('docs', 'src/a.ts')).toBe(false);
  expect(patternMatches('src', 'src/a.ts')).toBe(true);
});

test('a text that is no pattern throws the reason', () => {
  expect(() => patternsOverlap('a', '@(b)')).toThrow(TypeError);
  expect(() => patternMatches('../a', 'a')).toThrow('The pattern leaves the repository with "..".');
});

test('answers stay right when more texts come than are remembered', () => {
  for (let round = 0; round < 2; round += 1) {
    for (let n = 0; n < 5000; n += 1) expect(patternMatches(`src/${n}`, `src/${n}/a`)).toBe(true);
  }
});
