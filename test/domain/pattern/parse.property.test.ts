import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapePath } from '../../../src/domain/pattern/escape.ts';
import { matches } from '../../../src/domain/pattern/match.ts';
import { parsePattern } from '../../../src/domain/pattern/parse.ts';
import { char, modelledPattern, parsed } from './model.ts';

const signs = [...'*?[]{}(),!^-\\/.@+:aAzé\u0301\u1100\u1161ſK', '**', '[a-', 'ab:', '{a,', '../'];
const anyText = fc.string({ unit: fc.oneof(fc.constantFrom(...signs), fc.string({ maxLength: 1 })), maxLength: 14 });
const options = fc.record({
  ignoreCase: fc.boolean(),
  below: fc.constantFrom('included' as const, 'excluded' as const),
});

test('a source parses to the pattern it came from', () => {
  let count = 0;
  fc.assert(
    fc.property(anyText, options, (text, chosen) => {
      const first = parsePattern(text, chosen);
      if (!first.ok) return;
      count += 1;
      expect(parsePattern(first.pattern.source, chosen)).toEqual(first);
    }),
    { numRuns: 20_000 },
  );
  expect(count).toBeGreaterThan(5000);
});

const pathChars = [...'*?[]{}(),!^-\\.@+:aA é\u0301'];
const realName = fc
  .string({ unit: fc.constantFrom(...pathChars), minLength: 1, maxLength: 5 })
  .filter((name) => name !== '.' && name !== '..');
const realPath = fc.array(realName, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));

test('an escaped path is a canonical pattern that spells this path alone', () => {
  fc.assert(
    fc.property(realPath, realPath, (path, other) => {
      const pattern = parsed(escapePath(path), { below: 'excluded' });
      expect(pattern).toMatchObject({ kind: 'files', isLiteral: true, source: escapePath(path) });
      expect(matches(pattern, path)).toBe(true);
      expect(matches(pattern, other)).toBe(path.normalize('NFC') === other.normalize('NFC'));
    }),
    { numRuns: 5000 },
  );
});

test('ignoring case agrees with regular expressions that do', () => {
  const letters = [
    char('a'),
    char('B'),
    char('?', '[^/]'),
    char('[A-b]'),
    char('[!a]', '[^a/]'),
    char('[!B-C]', '[^B-C/]'),
  ];
  const patterns = modelledPattern({ segmentsMax: 2, charsMax: 3, charsBesideStarMax: 2, chars: letters });
  const name = fc.string({ unit: fc.constantFrom(...'aAbBcC'), minLength: 1, maxLength: 3 });
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
  fc.assert(
    fc.property(patterns, fc.array(path, { minLength: 10, maxLength: 10 }), (model, paths) => {
      const pattern = parsed(model.text, { ignoreCase: true, below: 'excluded' });
      const expression = new RegExp(`^${model.expression}$`, 'i');
      for (const one of paths) expect(matches(pattern, one), one).toBe(expression.test(`/${one}`));
    }),
    { numRuns: 3000 },
  );
});
