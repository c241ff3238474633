import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordBytesMax } from '../../../src/domain/limits.ts';
import { decodeYaml } from '../../../src/store/codec/decode.ts';
import { encodeYaml } from '../../../src/store/codec/encode.ts';

const decoded = (text: string) => decodeYaml(Buffer.from(text, 'utf8'));

test.each([
  ['comments, blank lines and odd spacing', '# mine\n\na:   1 # one\nb :  "x"\n', { a: 1, b: 'x' }],
  ['Windows line ends', 'a: 1\r\nb: |\r\n  x\r\n  y\r\nc:\r\n  - d\r\n', { a: 1, b: 'x\ny\n', c: ['d'] }],
  ['a byte order mark at the start', '\ufeffa: 1\n', { a: 1 }],
  ['no line feed at the end', 'a: b', { a: 'b' }],
  ['a document mark at the start', '---\na: 1\n', { a: 1 }],
  ['lists and maps on one line', 'a: [1, {b: c}, []]\n', { a: [1, { b: 'c' }, []] }],
  ['JSON', '{"a": {"b": [null, true, "\\u0041"]}}', { a: { b: [null, true, 'A'] } }],
  ['a folded text', 'a: >-\n  b\n  c\n', { a: 'b c' }],
  [
    'YAML 1.2 words',
    'a: no\nb: 2026-01-01\nc: ~\nd: 0o14\n1: -0\n',
    { a: 'no', b: '2026-01-01', c: null, d: 12, 1: 0 },
  ],
  ['a merge key, as a key like any', '<<: {a: 1}\nb: 2\n', { '<<': { a: 1 }, b: 2 }],
])('%s can be read, for people edit records', (_, text, value) => {
  expect(decoded(text)).toEqual({ ok: true, value });
});

test.each([
  ['an alias', 'a: 1\nb: *a\n', 'line 2: an alias, which no record has'],
  ['an anchor', 'a: &x 1\n', 'line 1: an anchor, which no record has'],
  ['an alias bomb', 'a: &a [l, l]\nb: &b [*a, *a]\nc: [*b, *b]\n', 'line 1: an anchor, which no record has'],
  ['a tag', 'a: !!js/function x\n', 'line 1: a tag, which no record has'],
  ['a tag of YAML itself', 'a:\n  - !!binary aGk=\n', 'line 2: a tag, which no record has'],
  ['the empty tag', 'a: ! b\n', 'line 1: a tag, which no record has'],
  ['a directive', '%YAML 1.1\n---\na: no\n', 'line 1: a directive, which no record has'],
  ['a list as key', '? [a]\n: b\n', 'line 1: a key that is not text, which no record has'],
  ['a list as key without a mark', '{[a]: b}\n', 'line 1: a key that is not text'],
  ['several documents', 'a: 1\n---\nb: 2\n', 'it is more than one document'],
  ['a key twice', 'a: 1\nb:\n  - c: 1\n    "c": 2\n', 'line 4: the key "c" twice'],
  ['the key __proto__', 'a:\n  __proto__: {b: 1}\n', 'line 2: a key that no record may have'],
  ['the key __proto__ in disguise', '"\\x5f_proto__": 1\n', 'line 1: a key that no record may have'],
  ['a tab for indentation', 'a:\n\tb: 1\n', /^line 2: .*[Tt]ab/],
  ['a bracket too few', 'a: [1\n', /^line [12]: ./],
  ['a quote too few', 'a: "1\n', /^line [12]: ./],
  ['text after text', 'a: "b" c\n', /^line 1: ./],
  ['a root that is a list', '- a\n', 'it is no map of fields'],
  ['a root that is a text', 'a\n', 'it is no map of fields'],
  ['a file of comments', '# a\n', 'it is empty'],
  ['nothing', '', 'it is empty'],
  ['a control character', 'a: 1\nb: x\u001b[2Jy\n', 'line 2: a control character'],
  ['a carriage return alone', 'a: 1\rb: 2\n', 'line 1: a control character'],
  ['NUL', '\0\0\0\0', 'line 1: a control character'],
  ['an infinite number', 'a: .inf\n', 'line 1: a number that cannot be kept'],
  ['no number', 'a: .nan\n', 'line 1: a number that cannot be kept'],
  ['a number that would be rounded', 'a: 1\nb: 12345678901234567890\n', 'line 2: a number that cannot be kept'],
  ['a flood of words', `a: [${'1,'.repeat(40_000)}]`, 'line 1: more than 100000 words and signs'],
  ['65 levels', `a: ${'['.repeat(64)}1${']'.repeat(64)}\n`, 'line 1: more than 64 levels'],
  ['65 levels of pairs', `a: ${'[b: '.repeat(33)}1${']'.repeat(33)}\n`, 'line 1: more than 64 levels'],
])('%s cannot, and the reason says where', (_, text, reason) => {
  const answer = decoded(text);
  expect(answer).toEqual({ ok: false, reason: reason instanceof RegExp ? expect.stringMatching(reason) : reason });
});

test('bytes that are not UTF-8 are refused', () => {
  for (const bytes of [
    [0x61, 0x3a, 0x20, 0xff],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xaf],
    [0xff, 0xfe, 0x61, 0],
  ]) {
    expect(decodeYaml(Uint8Array.from(bytes))).toEqual({ ok: false, reason: 'it is not UTF-8' });
  }
});

test('a file of 256 KiB is read, one byte more is refused unread', () => {
  const text = `a: ${'x'.repeat(recordBytesMax - 4)}\n`;
  expect(decoded(text).ok).toBe(true);
  expect(decoded(`${text}\n`)).toEqual({ ok: false, reason: 'it has 262145 bytes, and 262144 is the most' });
});

test('names of Object are keys like any, and nothing reaches a prototype', () => {
  const text = 'constructor: {prototype: {polluted: 1}}\nprototype: {polluted: 1}\ntoString: a\nhasOwnProperty:  b\n';
  const answer = decoded(text);
  expect(answer.ok && Object.keys(answer.value)).toEqual(['constructor', 'prototype', 'toString', 'hasOwnProperty']);
  expect(answer.ok && Object.getPrototypeOf(answer.value)).toBe(Object.prototype);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('a reason repeats little of the file and nothing a terminal would act on', () => {
  const long = `x\u0085\u202e${'y'.repeat(5000)}`;
  for (const text of [
    `${long}: 1\n${long}: 2\n`,
    `a: "${long}" ${long}\n`,
    `a: [${long}\n`,
    `"${long}\n`,
    `a: ]${long}`,
  ]) {
    const answer = decoded(text);
    expect(answer.ok ? '' : answer.reason).toMatch(/^[^\p{Cc}\u202a-\u202e]{1,95}$/u);
  }
});

test('any bytes are answered, and what was read can be written and read again', () => {
  const piece = fc.constantFrom(
    ...'ab01 \n\t-:#|>"\'.~,[]{}&*!?%\\\r\0é',
    'a: ',
    '\nb: ',
    '\n  - ',
    '- ',
    '\n---\n',
    '{a: b}',
    '|\n  x',
  );
  const text = fc.array(piece, { maxLength: 30 }).map((parts) => Buffer.from(parts.join('')));
  const bytes = fc.oneof({ weight: 8, arbitrary: text }, { weight: 1, arbitrary: fc.uint8Array() });
  let read = 0;
  fc.assert(
    fc.property(bytes, (some) => {
      const answer = decodeYaml(some);
      if (!answer.ok) return;
      read++;
      expect(decodeYaml(encodeYaml(answer.value))).toEqual(answer);
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(100);
});
