import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import type { Pattern } from '../../../src/domain/pattern/parse.ts';
import { PatternIndex } from '../../../src/domain/pattern/trie.ts';
import { char, modelledPattern, parsed } from './model.ts';

function indexOf(texts: readonly string[]): PatternIndex<string> {
  const index = new PatternIndex<string>();
  for (const text of texts) index.add(parsed(text), text);
  return index;
}

function found(index: PatternIndex<string>, text: string): string[] {
  return [...index.overlapping(parsed(text))].sort();
}

test('folders above, files below and wildcards are found', () => {
  const index = indexOf(['src', 'src/a/b.ts', 'src/a', 'lib', '**/*.ts', '{src,lib}/x', 'src/{a,b}/c']);
  expect(found(index, 'src/a/b.ts')).toEqual(['**/*.ts', 'src', 'src/a', 'src/a/b.ts']);
  expect(found(index, 'lib')).toEqual(['**/*.ts', 'lib', '{src,lib}/x']);
});

test('a resource finds itself and no file', () => {
  const index = indexOf(['port:80', 'port:81', './port:80', '**']);
  expect(found(index, 'port:80')).toEqual(['port:80']);
  expect(found(index, './port:80')).toEqual(['**', './port:80']);
  index.remove(parsed('port:80'), 'port:80');
  expect(found(index, 'port:80')).toEqual([]);
});

test('a value under two overlapping patterns comes twice', () => {
  const index = new PatternIndex<string>();
  index.add(parsed('src/a'), 'claim');
  index.add(parsed('src/b'), 'claim');
  expect(found(index, 'src')).toEqual(['claim', 'claim']);
});

test('removing what was not added changes nothing', () => {
  const index = indexOf(['src/a', 'port:80']);
  index.remove(parsed('src/a'), 'other');
  index.remove(parsed('src/b'), 'src/b');
  index.remove(parsed('src'), 'src');
  index.remove(parsed('port:81'), 'port:81');
  expect(index.size).toBe(2);
  expect(found(index, '**')).toEqual(['src/a']);
});

test('a search does not visit patterns elsewhere', () => {
  const index = new PatternIndex<number>();
  for (let n = 0; n < 20_000; n += 1) index.add(parsed(`src/module-${n}/**`), n);
  const asked = parsed('src/module-7/a.ts');
  const start = performance.now();
  for (let round = 0; round < 2000; round += 1) expect([...index.overlapping(asked)]).toEqual([7]);
  expect(performance.now() - start).toBeLessThan(2000);
});

test('an index finds what a scan of all pairs finds, whatever was added and removed', { timeout: 30_000 }, () => {
  const files = modelledPattern({
    segmentsMax: 4,
    charsMax: 1,
    charsBesideStarMax: 1,
    chars: [char('a'), char('a'), char('b'), char('[ab]')],
  }).map(({ text }) => text);
  const texts = fc.oneof(
    { weight: 9, arbitrary: files },
    { weight: 1, arbitrary: fc.constantFrom('port:1', 'port:2') },
  );
  const change = fc.record({ text: texts, value: fc.nat({ max: 9 }), removes: fc.option(fc.nat()) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), fc.array(texts, { minLength: 5 }), (changes, asked) => {
      const index = new PatternIndex<number>();
      const scanned: { pattern: Pattern; value: number }[] = [];
      for (const { text, value, removes } of changes) {
        if (removes !== null && scanned.length > 0) {
          const [gone] = scanned.splice(removes % scanned.length, 1);
          if (gone !== undefined) index.remove(gone.pattern, gone.value);
        } else {
          index.add(parsed(text), value);
          scanned.push({ pattern: parsed(text), value });
        }
      }
      expect(index.size).toBe(scanned.length);
      for (const pattern of asked.map((text) => parsed(text))) {
        const expected = scanned.filter((entry) => overlaps(entry.pattern, pattern)).map((entry) => entry.value);
        expect([...index.overlapping(pattern)].sort()).toEqual(expected.sort());
      }
    }),
    { numRuns: 1500 },
  );
});
