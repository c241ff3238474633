import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isElsewhere } from '../../../src/domain/pattern/elsewhere.ts';
import { matches } from '../../../src/domain/pattern/match.ts';
import { parsePattern } from '../../../src/domain/pattern/parse.ts';

const text = (chars: string) => fc.string({ unit: fc.constantFrom(...chars), minLength: 1, maxLength: 10 });
/** With the Kelvin sign, which NFC makes a K, and the signs that a pattern may hold. */
const patterns = text('aabbK\u212a///..*?-{},[]!\\:@(é');
const paths = text('aabbkK\u212a///..-:*é');

test('a pattern that is elsewhere is one, and does not match the path', () => {
  let elsewhere = 0;
  fc.assert(
    fc.property(patterns, paths, fc.boolean(), (pattern, path, ignoreCase) => {
      if (!isElsewhere(pattern, path, { ignoreCase })) return;
      elsewhere += 1;
      const parsed = parsePattern(pattern, { ignoreCase });
      expect(parsed.ok && !matches(parsed.pattern, path)).toBe(true);
    }),
    { numRuns: 50_000, seed: 1 },
  );
  expect(elsewhere).toBeGreaterThan(500);
});

test.each([
  ['src/a.ts', 'src/b.ts', true],
  ['src/**', 'lib/b.ts', true],
  ['src/a.ts', 'src/a.ts', false],
  ['src', 'src/a.ts', false],
  ['src/a.ts', 'src', false],
  ['**/a.ts', 'lib/b.ts', false],
  ['src/../lib', 'lib/b.ts', false],
  ['{src,lib}/a.ts', 'web/a.ts', false],
])('%s is elsewhere than %s: %s', (pattern, path, expected) => {
  expect(isElsewhere(pattern, path, { ignoreCase: false })).toBe(expected);
});

test('letter case tells files apart only where it does for git', () => {
  expect(isElsewhere('SRC/a.ts', 'src/a.ts', { ignoreCase: false })).toBe(true);
  expect(isElsewhere('SRC/a.ts', 'src/a.ts', { ignoreCase: true })).toBe(false);
});
