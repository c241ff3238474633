/** Private keys as node has them: the same key, only quicker. */
import { expect, test } from 'vitest';
import { makePair, open, seal } from '../../src/sealing/age.ts';
import { importedKey } from '../../src/sealing/imported-key.ts';

test('each key that is made is taken by node, and opens what was sealed for it and nothing else', async () => {
  const pairs = await Promise.all(Array.from({ length: 20 }, makePair));
  for (const [n, { identity, recipient }] of pairs.entries()) {
    expect(await importedKey(identity)).not.toBe(identity);
    const sealed = await seal(`text ${n}`, [recipient]);
    expect(await open(sealed, [identity])).toBe(`text ${n}`);
    const others = pairs.filter((each) => each.identity !== identity).map((each) => each.identity);
    expect(await open(sealed, others)).toBeUndefined();
    expect(await open(sealed, [...others, identity])).toBe(`text ${n}`);
  }
});

test.each([
  '',
  'AGE-SECRET-KEY-1',
  `AGE-SECRET-KEY-1${'b'.repeat(58)}`,
  `AGE-SECRET-KEY-1${'Q'.repeat(57)}`,
  `AGE-SECRET-KEY-PQ-1${'Q'.repeat(58)}`,
])('%j, which has another form, is left to age', async (text) => {
  expect(await importedKey(text)).toBe(text);
});

test('many that are opened at once with one key do not get in each other’s way', async () => {
  const { identity, recipient } = await makePair();
  const texts = Array.from({ length: 50 }, (_, n) => `text ${n}`);
  const sealed = await Promise.all(texts.map((text) => seal(text, [recipient])));
  expect(await Promise.all(sealed.map((each) => open(each, [identity])))).toEqual(texts);
});
