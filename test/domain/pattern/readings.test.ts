import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapePath, ledBy, withLead } from '../../../src/domain/pattern/escape.ts';
import { matches } from '../../../src/domain/pattern/match.ts';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import { parsePattern } from '../../../src/domain/pattern/parse.ts';
import { bothReadings, wordsOf } from '../../../src/domain/pattern/readings.ts';

function pattern(text: string) {
  const parsed = parsePattern(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`);
  return parsed.pattern;
}

test.each([
  ['src/[id]/page.tsx', 'src/{\\[id],[id]}/page.tsx'],
  ['[a]-[b]*.ts', '{\\[a]-\\[b],[a]-[b]}*.ts'],
  ['{a/[id],b}', '{a/{\\[id],[id]},b}'],
  ['[a,b}c]', '{\\[a\\,b\\}c],[a,b}c]}'],
])('%s is a name and a class', (typed, read) => {
  expect(bothReadings(typed)).toBe(read);
});

test.each([
  ['app/[[...slug]]/page.tsx', 'app/\\[\\[...slug]]/page.tsx'],
  ['[post-id].ts', '\\[post-id].ts'],
  ['back\\slash.ts', 'back\\\\slash.ts'],
])('%s is no class, and so a name', (typed, read) => {
  expect(bothReadings(typed)).toBe(read);
});

test.each(['src/\\[id]/[ab].ts', 'a\\*b', 'a\\\\b', '*.{ts,js}', 'src', 'x[', 'port:[80]', '[[:alpha:]]'])(
  '%s has one reading',
  (typed) => {
    expect(bothReadings(typed)).toBe(typed);
  },
);

const name = fc
  .array(fc.constantFrom('a', 'b', '-', '[', ']', '[id]', '[a-c]', '[!a]', '[[..s]]', '*', '?', '(', '\\', ','), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));
const typed = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));

test('both readings take in the path of that name, and what the class takes in', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const both = parsePattern(bothReadings(text));
      fc.pre(both.ok && !text.includes('\\'));
      expect(matches(pattern(bothReadings(text)), text)).toBe(true);
      const asClass = parsePattern(text);
      if (asClass.ok) expect(overlaps(pattern(bothReadings(text)), asClass.pattern)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('the same words overlap and are known again, whatever stands in each of two work trees', () => {
  const folders = fc.integer({ min: 0, max: 3 });
  fc.assert(
    fc.property(typed, folders, folders, (text, here, there) => {
      fc.pre(!text.includes('\\'));
      const [a, b] = [readWith(text, here), readWith(text, there)].map((read) => parsePattern(read));
      fc.pre(a?.ok === true && b?.ok === true);
      if (!a?.ok || !b?.ok) return;
      expect(overlaps(a.pattern, b.pattern)).toBe(true);
      if (parsePattern(text).ok) expect(wordsOf(a.pattern)).toBe(wordsOf(b.pattern));
    }),
    { numRuns: 2000 },
  );
});

test('what is read once stays as it is', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const once = bothReadings(text);
      expect(bothReadings(once)).toBe(once);
    }),
  );
});

/** As it is read where that many of its folders exist, or all of it. */
function readWith(text: string, depth: number): string {
  const names = text.split('/');
  if (depth >= names.length) return escapePath(text);
  const { lead, rest } = ledBy(text, (path) => path.split('/').length <= depth);
  return withLead({ lead, rest: bothReadings(rest) });
}

test('two names that are written differently have different words', () => {
  expect(wordsOf(pattern('src/\\[id]/a.ts'))).not.toBe(wordsOf(pattern('src/[ic]/a.ts')));
  expect(wordsOf(pattern('{\\[a],[b]}'))).not.toBe(wordsOf(pattern('[b]')));
  expect(wordsOf(pattern('lib/\\[id]/**'))).toBe(wordsOf(pattern('lib/[id]')));
});
