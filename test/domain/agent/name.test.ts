import { describe, expect, test } from 'vitest';
import { nameFrom, nearest, whyNoName } from '../../../src/domain/agent/name.ts';

describe('a name', () => {
  test.each(['ada', 'bold-fox', 'B2', '7', 'a.b_c-d', 'x'.repeat(64), 'allan', 'some'])('may be %s', (text) => {
    expect(whyNoName(text)).toBeUndefined();
  });

  test.each([
    '',
    'x'.repeat(65),
    '-ada',
    '.ada',
    '_ada',
    '@room',
    'a b',
    'a/b',
    'a\\b',
    'a:b',
    'adä',
    'a\n',
    'a\u0000',
    '..',
    'all',
    'ALL',
    'me',
    'everyone',
    'Aux',
    'com1.old',
    'ada.',
  ])('may not be %j', (text) => {
    expect(whyNoName(text)).toMatch(/./);
  });
});

describe('from words', () => {
  test.each([
    ['Ada Lovelace', 'ada-lovelace'],
    ['  José  Núñez ', 'jose-nunez'],
    ['O’Brien, K. (dev)', 'o-brien-k-dev'],
    ['ﬁne', 'fine'],
    ['x'.repeat(99), 'x'.repeat(64)],
  ])('%j comes the name %s', (words, name) => {
    expect(nameFrom(words)).toBe(name);
  });

  test.each(['', '---', '北京', 'all', ' Me '])('%j comes none', (words) => {
    expect(nameFrom(words)).toBeUndefined();
  });

  test('whatever comes may be a name', () => {
    for (const words of [`${'a'.repeat(63)} b`, 'a--b', '-x-', 'É.è']) {
      expect(whyNoName(nameFrom(words) as string)).toBeUndefined();
    }
  });
});

describe('near to what was typed', () => {
  const known = ['bold-fox', 'bald-fox', 'ada', 'Adam', 'quiet-owl', 'zed'];

  test.each([
    ['bold-fx', ['bold-fox', 'bald-fox']],
    ['BOLD-FOX', ['bold-fox', 'bald-fox']],
    ['adda', ['ada', 'Adam']],
    ['owl', ['quiet-owl']],
    ['somebody-else-altogether', []],
  ])('%s is %j', (typed, names) => {
    expect(nearest(typed, known).slice(0, 2)).toEqual(names);
  });

  test('are three at most, the nearest first, and equally near ones by name', () => {
    expect(nearest('aa', ['ad', 'ac', 'ab', 'aa', 'ae'])).toEqual(['aa', 'ab', 'ac']);
  });
});
