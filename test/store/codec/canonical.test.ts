import { expect, test } from 'vitest';
import { readCanonical } from '../../../src/store/codec/canonical.ts';
import { textOfRecord } from '../../../src/store/codec/encode.ts';
import { claim, message } from './model.ts';

test('a claim and a message take the quick way', () => {
  expect(readCanonical(textOfRecord(claim))).toEqual(claim);
  expect(readCanonical(textOfRecord(message))).toEqual(message);
});

test.each([
  ['no line feed at the end', 'a: b'],
  ['a comment', 'a: b # c\n'],
  ['a blank too many', 'a:  b\n'],
  ['a blank at the end', 'a: b \n'],
  ['quotes that are not needed', 'a: "b"\n'],
  ['single quotes', "a: 'no'\n"],
  ['quotes that are missing', 'a: no\n'],
  ['a number in another form', 'a: 1.50\n'],
  ['a leading zero', 'a: 012\n'],
  ['an infinite number', 'a: 1.0e+999\n'],
  ['a list without indentation', 'a:\n- b\n'],
  ['a map in braces', 'a: {b: c}\n'],
  ['a key twice', 'a: 1\na: 1\n'],
  ['a key without a value', 'a:\n'],
  ['a document mark', '---\na: b\n'],
  ['a folded text', 'a: >\n  b\n'],
  ['a literal of one line', 'a: |-\n  b\n'],
  ['a literal closed in another way', 'a: |-\n  b\n  c\n\n'],
  ['a root that is a list', '- a\n'],
  ['the key __proto__', '__proto__:\n  a: b\n'],
  ['nothing', ''],
])('%s is left to the long way', (_, text) => {
  expect(readCanonical(text)).toBeNull();
});
