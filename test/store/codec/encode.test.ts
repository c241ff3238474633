import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { decodeYaml } from '../../../src/store/codec/decode.ts';
import { encodeYaml } from '../../../src/store/codec/encode.ts';
import { claim, message, misread, shown } from './model.ts';

const textOf = (value: Record<string, unknown>) => Buffer.from(encodeYaml(value)).toString('utf8');

test('a claim is written with its fields in order and quotes only where a reader would err', () => {
  expect(textOf(claim)).toBe(`v: 1
id: "20261121T080000Z-bold-fox-1"
kind: claim
agent: bold-fox
at: "2026-11-21T08:00:00Z"
paths:
  - src/auth.ts
  - "**/*.test.ts"
  - "docs/[id].md"
mode: exclusive
why: split login
branch: "no"
expires: "2026-11-21T08:30:00Z"
leaseSeconds: 1800
token: null
`);
});

test('a message is written with its text as it reads', () => {
  expect(textOf(message)).toBe(`v: 1
id: m-1
kind: message
agent: bold-fox
to: []
subject: "Auth: what is left"
ackWanted: true
attachments:
  - path: src/auth.ts
    from: 12
    text: |2
       a
       b
  - path: a b
extra: {}
text: |
  Two things:

  - tokens: done
  - logout # open
`);
});

test.each(misread.map((text) => [shown(text), text] as const))(
  '%s stays that text for readers of YAML 1.1 and 1.2, as value, item and key',
  (_, text) => {
    const value = { text, list: [text, [text]], map: { [text]: text } };
    expect(parse(textOf(value), { version: '1.1' })).toEqual(value);
    expect(parse(textOf(value), { version: '1.2' })).toEqual(value);
  },
);

test('the line feeds at the end of a text decide how its literal is closed', () => {
  expect(textOf({ a: 'x\ny', b: 'x\ny\n', c: 'x\ny\n\n' })).toBe(
    'a: |-\n  x\n  y\nb: |\n  x\n  y\nc: |+\n  x\n  y\n\n',
  );
});

test('what a terminal or an older reader would act on is escaped', () => {
  expect(textOf({ a: 'x\u001b\u0085\u2028\ufeff\u202e\ud800\n' })).toBe(
    'a: "x\\u001b\\u0085\\u2028\\ufeff\\u202e\\ud800\\n"\n',
  );
});

test('a long line is not folded', () => {
  expect(textOf({ a: 'word '.repeat(500).trim() }).split('\n')).toHaveLength(2);
});

test('the same object twice is written twice', () => {
  const shared = { b: 1 };
  expect(textOf({ a: shared, c: [shared] })).toBe('a:\n  b: 1\nc:\n  - b: 1\n');
});

test('undefined properties are left out, at every level', () => {
  expect(textOf({ a: undefined, b: { c: undefined }, d: [{ e: undefined, f: 1 }] })).toBe('b: {}\nd:\n  - f: 1\n');
  expect(textOf({ a: undefined })).toBe('{}\n');
});

test.each([
  [0, '0'],
  [-0, '0'],
  [1e21, '1.0e+21'],
  [1e-7, '1.0e-7'],
  [-1.5e300, '-1.5e+300'],
  [2 ** 53, '9.007199254740992e+15'],
  [2 ** 53 - 1, '9007199254740991'],
])('the number %d is written %s, which has a dot where it is a float', (value, text) => {
  expect(textOf({ a: value })).toBe(`a: ${text}\n`);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['NaN', { a: Number.NaN }, /NaN cannot be written/],
  ['infinity', { a: Number.POSITIVE_INFINITY }, /Infinity cannot be written/],
  ['a bigint', { a: 1n }, /bigint cannot be written/],
  ['undefined in a list', { a: [undefined] }, /undefined cannot be written/],
  ['a function', { a: () => 1 }, /function cannot be written/],
  ['a date', { a: new Date(0) }, /Date cannot be written/],
  ['a Map', { a: new Map([['b', 1]]) }, /Map cannot be written/],
  ['the key __proto__', JSON.parse('{"__proto__": 1}'), /"__proto__" cannot be a key/],
  ['a key of 1,001 characters', { ['k'.repeat(1001)]: 1 }, /cannot be a key/],
  ['a key of 1,200 characters when escaped', { ['\u0000'.repeat(200)]: 1 }, /cannot be a key/],
])('%s is a mistake of the caller', (_, value, message) => {
  expect(() => encodeYaml(value)).toThrow(message);
  expect(() => encodeYaml(value)).toThrow(TypeError);
});

test('whatever can be written nests as deep as what can be read', () => {
  const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  const listed = (levels: number) => JSON.parse(`{"a":${'['.repeat(levels - 1)}1${']'.repeat(levels - 1)}}`);
  for (const value of [nested(64), listed(64)]) expect(decodeYaml(encodeYaml(value))).toEqual({ ok: true, value });
  for (const value of [nested(65), listed(65)]) expect(() => encodeYaml(value)).toThrow(/more than 64 levels/);
});
