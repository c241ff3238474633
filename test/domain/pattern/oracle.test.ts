import fc from 'fast-check';
import picomatch from 'picomatch';
import { isDisjointWith, JS, NFA } from 'refa';
import { expect, test } from 'vitest';
import { matches } from '../../../src/domain/pattern/match.ts';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import { below, char, modelledPattern, parsed } from './model.ts';

const chars = [
  char('a'),
  char('b'),
  char('.a', '\\.a'),
  char('?', '[^/]'),
  char('[a-m]'),
  char('[!a]', '[^a/]'),
  char('[^b-z]', '[^b-z/]'),
];

test('overlap agrees with the intersection of regular languages by refa', { timeout: 60_000 }, () => {
  const patterns = modelledPattern({ segmentsMax: 4, charsMax: 3, charsBesideStarMax: 3, chars });
  // refa counts the path without any segment too, which only `**` spells.
  const languageOf = ({ expression, isOpen }: { expression: string; isOpen: boolean }) => {
    const literal = { source: expression + (isOpen ? below.expression : ''), flags: 'su' };
    const parsedByRefa = JS.Parser.fromLiteral(literal).parse();
    return NFA.fromRegex(parsedByRefa.expression, { maxCharacter: parsedByRefa.maxCharacter });
  };
  let overlapping = 0;
  fc.assert(
    fc.property(patterns, patterns, fc.boolean(), fc.boolean(), (a, b, isOpen, isOtherOpen) => {
      const expected = !isDisjointWith(
        languageOf({ expression: a.expression, isOpen }),
        languageOf({ expression: b.expression, isOpen: isOtherOpen }),
      );
      if (expected) overlapping += 1;
      const one = parsed(a.text, { below: isOpen ? 'included' : 'excluded' });
      const other = parsed(b.text, { below: isOtherOpen ? 'included' : 'excluded' });
      expect(overlaps(one, other), `${a.text} and ${b.text}`).toBe(expected);
    }),
    { numRuns: 3000, seed: 3 },
  );
  expect(overlapping).toBeGreaterThan(300);
  expect(overlapping).toBeLessThan(2700);
});

test('what a pattern spells agrees with picomatch', { timeout: 30_000 }, () => {
  // In picomatch `a/**` spells `a`, but `*/**` does not; with us both do. And it says that `*/**/{*,*}` spells `a`.
  const patterns = modelledPattern({ segmentsMax: 3, charsMax: 2, charsBesideStarMax: 2, chars }).filter(
    ({ text }) => !/\*\*(?!\/)|\{.*\*.*\}/.test(text),
  );
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'z', '.'), minLength: 1, maxLength: 3 });
  const path = fc.array(
    name.filter((text) => text !== '.' && text !== '..'),
    { minLength: 1, maxLength: 4 },
  );
  let matching = 0;
  fc.assert(
    fc.property(patterns, fc.array(path, { minLength: 20, maxLength: 20 }), ({ text }, paths) => {
      const isMatch = picomatch(text, { dot: true, nocase: false, posix: true });
      const pattern = parsed(text, { below: 'excluded' });
      for (const spelled of paths.map((names) => names.join('/'))) {
        const expected = isMatch(spelled);
        if (expected) matching += 1;
        expect(matches(pattern, spelled), `${text} and ${spelled}`).toBe(expected);
      }
    }),
    { numRuns: 2000, seed: 4 },
  );
  expect(matching).toBeGreaterThan(1000);
});
