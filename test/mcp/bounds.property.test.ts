import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bounded, pageOf } from '../../src/mcp/bounds.ts';

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** All pages, one after the other. */
function pagesOf<T>(items: readonly T[], bytesMax: number) {
  const { of } = pageOf(items, 1, bytesMax);
  return Array.from({ length: of }, (_, n) => pageOf(items, n + 1, bytesMax));
}

const items = fc.array(fc.record({ id: fc.nat(), text: fc.string({ unit: 'grapheme', maxLength: 60 }) }), {
  maxLength: 60,
});

test('pages lose nothing, repeat nothing, and keep the order', () => {
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 600 }), (all, bytesMax) => {
      const pages = pagesOf(all, bytesMax);
      expect(pages.flatMap((page) => page.items)).toEqual(all);
      expect(pages.map(({ page, of }) => [page, of])).toEqual(pages.map((_, n) => [n + 1, pages.length]));
    }),
  );
});

test('a page is no larger than it may be, unless one item alone is; and none is empty', () => {
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 600 }), (all, bytesMax) => {
      for (const { items: shown } of pagesOf(all, bytesMax)) {
        const bytes = shown.reduce((sum, item) => sum + bytesOf(item), 0);
        expect(shown.length === 1 || bytes <= bytesMax).toBe(true);
        expect(shown.length > 0 || all.length === 0).toBe(true);
      }
    }),
  );
});

test.each([
  [0, 1],
  [-3, 1],
  [1.5, 1],
  [99, 2],
  [Number.NaN, 1],
])('page %d of two is page %d: there is always one to show', (asked, shown) => {
  const page = pageOf(['a', 'b'], asked, 4);
  expect(page).toEqual({ items: [shown === 1 ? 'a' : 'b'], page: shown, of: 2 });
});

const word = fc.string({ unit: 'grapheme', maxLength: 40 });
const claim = fc.record({
  id: word,
  paths: fc.array(fc.string({ minLength: 1, maxLength: 120 }), { maxLength: 100, size: 'max' }),
  why: fc.option(fc.string({ unit: 'grapheme', maxLength: 500 })),
  token: fc.option(word),
  overlap: fc.array(word, { maxLength: 20 }),
});
const message = fc.record({
  id: word,
  to: fc.array(word, { maxLength: 200 }),
  text: fc.string({ unit: 'grapheme', maxLength: 20_000, size: 'max' }),
  attachments: fc.array(fc.record({ path: word, text: fc.string({ unit: 'binary', maxLength: 300 }) })),
});
const answer = fc.oneof(
  fc.record({ claim }),
  fc.record({ error: fc.record({ code: word, message: word, data: fc.record({ rivals: fc.array(claim) }) }) }),
  fc.record({ message }),
  fc.record({ messages: fc.array(message, { maxLength: 8 }), unread: fc.nat() }),
);

test('whatever an answer holds, it fits; what was left out is said, and what fits is left alone', () => {
  fc.assert(
    fc.property(answer, fc.integer({ min: 2_000, max: 16_000 }), (value, bytesMax) => {
      const before = structuredClone(value);
      const shown = bounded(value, bytesMax);
      expect(value).toEqual(before);
      expect(bytesOf(shown)).toBeLessThanOrEqual(bytesMax);
      if (bytesOf(value) <= bytesMax) expect(shown).toBe(value);
      else expect(Object.values(shown.omitted ?? {}).every((count) => count > 0)).toBe(true);
      expect(shown.omitted !== undefined).toBe(bytesOf(value) > bytesMax);
    }),
    { numRuns: 200 },
  );
});

test('what is left of a list is its beginning, and the count of the rest is exact', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 10, maxLength: 60 }), { minLength: 60, maxLength: 100 }), (paths) => {
      const { claim, omitted } = bounded({ claim: { paths } }, 500);
      expect(claim.paths).toEqual(paths.slice(0, claim.paths.length));
      expect(omitted).toEqual({ 'claim.paths': paths.length - claim.paths.length });
    }),
  );
});

test('a cut text is the beginning of the whole, has no half character, and the count of the rest is exact', () => {
  const long = fc.string({ unit: fc.constantFrom('a', 'é', '🦊', ' '), minLength: 700, maxLength: 2_000 });
  fc.assert(
    fc.property(long, (text) => {
      const { message, omitted } = bounded({ message: { text } }, 600);
      expect(message.text.endsWith('…')).toBe(true);
      const kept = message.text.slice(0, -1);
      expect(text.startsWith(kept)).toBe(true);
      expect(Buffer.from(message.text).toString()).toBe(message.text);
      expect(omitted).toEqual({ 'message.text': text.length - kept.length });
    }),
  );
});

test('of a list of one long item, the item is cut, and its place is named', () => {
  const { messages, omitted } = bounded({ messages: [{ id: 'm1', text: 'x'.repeat(5_000) }] }, 1_000);
  expect(messages[0]?.id).toBe('m1');
  expect(Object.keys(omitted ?? {})).toEqual(['messages.0.text']);
});
