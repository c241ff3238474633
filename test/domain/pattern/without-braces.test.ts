import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches } from '../../../src/domain/pattern/match.ts';
import { withoutBraces } from '../../../src/domain/pattern/without-braces.ts';
import { parsed } from './model.ts';

test('each alternative becomes a pattern of its own, and each pattern comes once', () => {
  expect(withoutBraces('src/{a,b{c,d}}.ts')).toEqual(['src/a.ts', 'src/bc.ts', 'src/bd.ts']);
  expect(withoutBraces('{a,./a,b/../a}')).toEqual(['a']);
  expect(withoutBraces('b\\{1,2}.ts')).toEqual(['b\\{1,2}.ts']);
  expect(withoutBraces('{a,../b}')).toEqual(['a']);
});

test('they match together what the pattern matches', () => {
  const part = fc.constantFrom('a', 'b', '/', '*', '{', ',', '}', '[ab]', '\\{');
  const text = fc.array(part, { minLength: 1, maxLength: 10 }).map((parts) => `a${parts.join('')}`);
  const path = fc
    .array(fc.constantFrom('a', 'b', '/', '{', ','), { maxLength: 6 })
    .map((parts) => `a${parts.join('')}`);
  fc.assert(
    fc.property(text, path, (text, path) => {
      const some = withoutBraces(text).some((each) => matches(parsed(each), path));
      expect(some).toBe(matches(parsed(text), path));
    }),
    { numRuns: 2_000 },
  );
});
