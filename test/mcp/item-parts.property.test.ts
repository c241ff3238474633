import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonBytes, shortText } from '../../src/mcp/bounds.ts';
import { partsOf } from '../../src/mcp/item-parts.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'é', '🦊', '\n', '"', '\\', ' '), maxLength: 9_000, size: 'max' });
const message = fc.record({ id: fc.string({ maxLength: 20 }), to: fc.array(fc.string({ maxLength: 20 })), text });

test('the parts of a long message are its text, none is longer than a page, and each says which it is', () => {
  fc.assert(
    fc.property(message, fc.integer({ min: 2_000, max: 6_000 }), (item, bytesMax) => {
      const parts = partsOf(item, bytesMax) as readonly (typeof item & { readonly part?: string })[];
      expect(parts.map((part) => part.text).join('')).toBe(item.text);
      for (const [n, part] of parts.entries()) {
        expect(jsonBytes(part)).toBeLessThanOrEqual(bytesMax);
        expect(part).toMatchObject({ id: item.id, to: item.to });
        if (parts.length > 1) expect(part.part).toBe(`${n + 1} of ${parts.length}`);
      }
      if (jsonBytes(item) <= bytesMax) expect(parts).toEqual([item]);
    }),
  );
});

const attachment = fc.record({ path: fc.string({ maxLength: 200 }), text });
const attaching = fc.record({
  id: fc.string({ maxLength: 20 }),
  text: fc.string({ maxLength: 3_000, size: 'max' }),
  attachments: fc.array(attachment, { maxLength: 4 }).map((all) => all.map((each, n) => ({ ...each, commit: `${n}` }))),
});

test('the parts of a message with long attachments are its text and the text of each, in order', () => {
  fc.assert(
    fc.property(attaching, fc.integer({ min: 2_000, max: 6_000 }), (item, bytesMax) => {
      const parts = partsOf(item, bytesMax);
      expect(parts.map((part) => part.text).join('')).toBe(item.text);
      const pieces = parts.flatMap((part) => part.attachments);
      const whole = item.attachments.map(({ commit }) => pieces.filter((each) => each.commit === commit));
      expect(whole.flat()).toEqual(pieces);
      expect(whole.map((all) => all.map((each) => each.text).join(''))).toEqual(
        item.attachments.map((each) => each.text),
      );
      for (const part of parts) {
        expect(jsonBytes(part)).toBeLessThanOrEqual(bytesMax);
        expect(part).not.toHaveProperty('omitted');
      }
      for (const all of whole.filter(({ length }) => length > 1)) {
        expect(all.map((each) => (each as { part?: string }).part)).toEqual(
          all.map((_, n) => `${n + 1} of ${all.length}`),
        );
      }
    }),
  );
});

test('the parts are the same after the first of them counted as delivered', () => {
  fc.assert(
    fc.property(message, (item) => {
      const before = partsOf({ ...item, delivered: null as string | null }, 2_000);
      const after = partsOf({ ...item, delivered: '2026-11-22T08:30:00.000Z' as string | null }, 2_000);
      if (before.length > 1) expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    }),
  );
});

test('an item whose text is not what makes it long is cut, and says so', () => {
  const [only, ...others] = partsOf({ id: 'm1', text: 'short', paths: Array(900).fill('src/a.ts') }, 2_000);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ text: 'short', omitted: { paths: expect.any(Number) } });
});

test('a short text fits, is the beginning of the whole, and has no half character', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 50, max: 2_000 }), (whole, bytesMax) => {
      const short = shortText(whole, bytesMax);
      expect(jsonBytes(short)).toBeLessThanOrEqual(bytesMax);
      expect(Buffer.from(short).toString()).toBe(short);
      if (jsonBytes(whole) <= bytesMax) expect(short).toBe(whole);
      else expect(whole.startsWith(short.replace(/[… ]+$/, ''))).toBe(true);
    }),
  );
});
