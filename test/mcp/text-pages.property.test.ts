import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOfText } from '../../src/mcp/text-pages.ts';

const text = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\n'), fc.constant('"\u{1f600}\n')), {
  maxLength: 40,
  size: 'max',
});

test('the pages of a text are the text, and none is longer than the bound', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 60 }), (parts, bytesMax) => {
      const whole = parts.join('');
      const { pages = 1 } = pageOfText(whole, 1, bytesMax);
      const read = Array.from({ length: pages }, (_, n) => pageOfText(whole, n + 1, bytesMax));
      expect(read.map(({ text }) => text).join('')).toBe(whole);
      for (const { text: page, page: number } of read) {
        expect(Buffer.byteLength(JSON.stringify(page)) - 2).toBeLessThanOrEqual(bytesMax);
        if (pages === 1) expect(number).toBeUndefined();
      }
      expect(pageOfText(whole, pages + 1, bytesMax)).toEqual(read.at(-1));
      expect(pageOfText(whole, 0, bytesMax)).toEqual(read[0]);
    }),
  );
});

test('lines stay whole where they fit, and characters of two units always', () => {
  expect(pageOfText('abc\nabc\nabc\n', 1, 10)).toEqual({ text: 'abc\nabc\n', page: 1, pages: 2 });
  const cut = pageOfText('\u{1f600}'.repeat(10), 1, 20);
  expect(cut.text).toMatch(/^(?:\u{1f600})+$/u);
});
