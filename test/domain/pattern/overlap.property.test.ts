import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import type { Pattern } from '../../../src/domain/pattern/parse.ts';
import { type Bounds, below, char, modelledPattern, parsed, pathsUpTo } from './model.ts';

/**
 * Bounds under which two patterns that overlap do so within the enumerated paths. A shared path needs no more segments
 * than both patterns have together, and a shared name no more characters than both have together. Letters: `[!a]`
 * without `[!b]` needs no third one.
 */
const few = [char('a'), char('b'), char('?', '[^/]'), char('[ab]'), char('[a]'), char('[!a]', '[^a/]')];
const more = [...few, char('c'), char('[!b]', '[^b/]'), char('[a-b]')];
const levels: readonly { name: string; patterns: Bounds; paths: Parameters<typeof pathsUpTo>[0]; pairs: number }[] = [
  {
    name: 'short paths of short names',
    patterns: { segmentsMax: 2, charsMax: 2, charsBesideStarMax: 1, chars: few },
    paths: { segmentsMax: 4, charsMax: 2, letters: 'ab' },
    pairs: 60_000,
  },
  {
    name: 'deep paths',
    patterns: { segmentsMax: 4, charsMax: 1, charsBesideStarMax: 0, chars: few },
    paths: { segmentsMax: 8, charsMax: 1, letters: 'ab' },
    pairs: 20_000,
  },
  {
    name: 'long names',
    patterns: { segmentsMax: 1, charsMax: 6, charsBesideStarMax: 3, chars: more },
    paths: { segmentsMax: 1, charsMax: 6, letters: 'abc' },
    pairs: 20_000,
  },
];

describe('patterns overlap if and only if some path matches both', () => {
  test.each(levels)('$name', { timeout: 30_000 }, ({ patterns, paths, pairs }) => {
    const all = pathsUpTo(paths).map((path) => `/${path}`);
    const pool = fc.sample(fc.tuple(modelledPattern(patterns), fc.boolean()), { numRuns: 1000, seed: 1 });
    const known = pool.map(([model, isOpen]): { pattern: Pattern; matching: Uint8Array } => {
      const expression = new RegExp(`^${model.expression}${isOpen ? below.expression : ''}$`);
      return {
        pattern: parsed(model.text, { below: isOpen ? 'included' : 'excluded' }),
        matching: Uint8Array.from(all, (path) => (expression.test(path) ? 1 : 0)),
      };
    });
    let overlapping = 0;
    const index = fc.nat({ max: known.length - 1 });
    fc.assert(
      fc.property(index, index, (i, j) => {
        const [a, b] = [known[i], known[j]];
        if (a === undefined || b === undefined) throw new Error('no such pattern');
        const shared = a.matching.findIndex((matches, at) => matches === 1 && b.matching[at] === 1);
        if (shared !== -1) overlapping += 1;
        if (overlaps(a.pattern, b.pattern) === (shared !== -1)) return;
        throw new Error(`${a.pattern.source} and ${b.pattern.source} share ${all[shared] ?? 'nothing'}`);
      }),
      { numRuns: pairs, seed: 2 },
    );
    expect(overlapping / pairs).toBeGreaterThan(0.1);
    expect(overlapping / pairs).toBeLessThan(0.9);
  });
});

const anything = modelledPattern({ segmentsMax: 4, charsMax: 3, charsBesideStarMax: 3, chars: more });

test('overlap is symmetric', () => {
  fc.assert(
    fc.property(anything, anything, fc.boolean(), (a, b, isOpen) => {
      const one = parsed(a.text, { below: isOpen ? 'included' : 'excluded' });
      const other = parsed(b.text, { below: 'excluded' });
      expect(overlaps(one, other)).toBe(overlaps(other, one));
    }),
    { numRuns: 5000 },
  );
});

test('every pattern overlaps itself', () => {
  fc.assert(
    fc.property(anything, ({ text }) => {
      expect(overlaps(parsed(text, { below: 'excluded' }), parsed(text, { below: 'excluded' }))).toBe(true);
    }),
    { numRuns: 5000 },
  );
});
