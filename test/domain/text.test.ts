import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counted, ended, listed, oneLine, plainText } from '../../src/domain/text.ts';

const hostile = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('\n', '\r\n', '\u001b', '\u202e', ' ', '🦊', 'e\u0301'),
  ),
});

describe('one line', () => {
  test.each([
    ['a\nb\r\n\tc', 'a b c'],
    ['  a   b  ', 'a b'],
    ['a\u001b[31mb\u0007', 'a b'],
    ['a\u001b[2Jb \u001b]8;;http://x\u001b\\c', 'a b c'],
    ['ad\u202emin\u2069', 'ad min'],
    ['a\u2028b\ufeff', 'a b'],
    ['a\u200bb\u{e0041}c\ufe01d\u00ad', 'abcd'],
    ['❤\ufe0f\ufe0f 👩\u200d🚀', '❤\ufe0f 👩\u200d🚀'],
  ])('of %j is %j', (text, line) => {
    expect(oneLine(text, 80)).toBe(line);
  });

  test('is cut where it gets too long, with a sign that it was', () => {
    expect(oneLine('abcdef', 6)).toBe('abcdef');
    expect(oneLine('abcdefg', 6)).toBe('abcde…');
    expect(oneLine('abcd efg', 6)).toBe('abcd…');
    expect(oneLine('🦊🦊🦊', 6)).toBe('🦊🦊🦊');
    expect(oneLine('🦊🦊🦊🦊', 6)).toBe('🦊🦊…');
  });

  test('holds nothing that moves a terminal, and no more than it may, whatever came in', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 40 }), (text, charsMax) => {
        const line = oneLine(text, charsMax);
        expect(line.length).toBeLessThanOrEqual(charsMax);
        expect(line).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
        expect(line).toBe(line.trim());
        expect(oneLine(line, charsMax)).toBe(line);
      }),
    );
  });
});

describe('plain text', () => {
  test('keeps lines and tabs, and loses what moves a terminal', () => {
    expect(plainText('a\r\nb\rc\n\n\td\u0000\u009b31m\u202ee')).toBe('a\nb\nc\n\n\tde');
  });

  test.each([
    ['a colour', '\u001b[1;38;5;208mred\u001b[0m', 'red'],
    ['a colour of one character', '\u009b31mred\u009b0m', 'red'],
    ['a moved cursor', 'a\u001b[2;1Hb\u001b[?25lc\u001b[!pd', 'abcd'],
    ['a title with a bell', 'a\u001b]0;title\u0007b', 'ab'],
    ['a link', '\u001b]8;;https://example.org\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['a string of the terminal', 'a\u001bP1$r0m\u001b\\b\u001b_x\u001b\\c', 'abc'],
    ['a character set', 'a\u001b(Bb', 'ab'],
  ])('loses the whole of %s', (_what, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  test('loses no text behind a sequence that does not end', () => {
    expect(plainText('a\u001b]0;b\nc\u0007d')).toBe('a]0;b\ncd');
    expect(plainText('a\u001b[31\nm\u001b')).toBe('a[31\nm');
    expect(plainText('a\u001bb')).toBe('ab');
    expect(plainText('it is 5\u009b or so\u009d, “quoted”\u009c')).toBe('it is 5 or so, “quoted”');
  });

  test('is cut where a bound is given', () => {
    expect(plainText('a\n🦊🦊', 5)).toBe('a\n🦊…');
    expect(plainText('a\n🦊', 4)).toBe('a\n🦊');
  });

  test('stays the same when it is made plain again', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const plain = plainText(text);
        expect(plain).not.toMatch(/[^\P{Cc}\n\t]/u);
        expect(plainText(plain)).toBe(plain);
      }),
    );
  });
});

test.each([
  [[], 2, ''],
  [['a'], 2, 'a'],
  [['a', 'b'], 2, 'a and b'],
  [['a', 'b', 'c'], 2, 'a, b and 1 more'],
  [['a', 'b', 'c', 'd'], 3, 'a, b, c and 1 more'],
  [['a', 'b', 'c'], 5, 'a, b and c'],
])('%j listed by %s is %j', (items, shown, text) => {
  expect(listed(items, shown)).toBe(text);
});

test('a sentence ends once', () => {
  expect(ended('ada fixes it')).toBe('ada fixes it.');
  for (const whole of ['Fixed.', 'Fixed?', 'Fixed!', 'and so on …']) expect(ended(whole)).toBe(whole);
});

test('one thing is no plural', () => {
  expect([0, 1, 2].map((count) => counted(count, 'record'))).toEqual(['0 records', '1 record', '2 records']);
});
