import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatId, idForm, isWholeId, meansId, shortId } from '../../src/domain/id.ts';

const id = '1kjma0fm0abc1234';
const chance = fc.uint8Array({ minLength: 7, maxLength: 7 });
const ms = fc.integer({ min: 0, max: 32 ** 9 - 1 });

test('an id has nine characters of time and seven of chance', () => {
  expect(formatId(0, new Uint8Array(7))).toBe('0000000000000000');
  expect(formatId(32 ** 9 - 1, new Uint8Array(7).fill(255))).toBe('zzzzzzzzzzzzzzzz');
  expect(formatId(1, Uint8Array.of(1, 2, 3, 4, 5, 6, 7))).toBe('0000000011234567');
  expect(formatId(-5, new Uint8Array(7))).toBe('0000000000000000');
  expect(formatId(1.9, new Uint8Array(7))).toBe('0000000010000000');
});

test('ids sort by time, can be told from other words, and name files', () => {
  fc.assert(
    fc.property(ms, ms, chance, chance, (a, b, c, d) => {
      const [one, other] = [formatId(a, c), formatId(b, d)];
      if (a < b) expect(one < other).toBe(true);
      expect(isWholeId(one) && idForm.test(one)).toBe(true);
      expect(one.slice(0, 9) === other.slice(0, 9)).toBe(a === b);
    }),
  );
});

test('the letters that are read for others do not come up', () => {
  fc.assert(fc.property(ms, chance, (at, bytes) => !/[ilou]/.test(formatId(at, bytes))));
});

test('a person sees the part that differs', () => {
  expect(shortId(id)).toBe('abc1234');
  expect(shortId('c1')).toBe('c1');
});

describe('what was typed', () => {
  test.each([id, id.slice(-4), id.slice(-7), id.slice(1), 'ABC1234', id.toUpperCase()])('%s means the id', (typed) => {
    expect(meansId(typed, id)).toBe(true);
  });

  test.each(['234', '', id.slice(0, 8), '9999', `x${id}`])('%j does not', (typed) => {
    expect(meansId(typed, id)).toBe(false);
  });

  test('means a short id when it is the whole of it', () => {
    expect(meansId('c1', 'c1')).toBe(true);
    expect(meansId('1', 'c1')).toBe(false);
  });
});
