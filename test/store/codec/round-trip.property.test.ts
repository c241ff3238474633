import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readCanonical } from '../../../src/store/codec/canonical.ts';
import { decodeYaml } from '../../../src/store/codec/decode.ts';
import { encodeYaml } from '../../../src/store/codec/encode.ts';
import { readAny } from '../../../src/store/codec/read-any.ts';
import { record } from './model.ts';

const textOf = (value: Record<string, unknown>) => Buffer.from(encodeYaml(value)).toString('utf8');
const runs = { numRuns: 2000 };

test('what was written is read back', () => {
  fc.assert(
    fc.property(record, (value) => {
      expect(decodeYaml(encodeYaml(value))).toEqual({ ok: true, value });
    }),
    runs,
  );
});

test('equal data are equal bytes, also after one reading', () => {
  fc.assert(
    fc.property(record, (value) => {
      const text = textOf(value);
      expect(textOf(structuredClone(value))).toBe(text);
      expect(textOf(readAny(text))).toBe(text);
    }),
    runs,
  );
});

test.each(['1.1', '1.2'] as const)('a reader of YAML %s reads the same', (version) => {
  fc.assert(
    fc.property(record, (value) => {
      expect(parse(textOf(value), { version })).toEqual(value);
    }),
    runs,
  );
});

test('the text is one document of printable lines that ends with a line feed', () => {
  fc.assert(
    fc.property(record, (value) => {
      expect(textOf(value)).toMatch(
        /^(?!---)(?:[\t\n\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ufefe\uff00-\ufffd]|[^\0-\uffff])*\n$/u,
      );
    }),
    runs,
  );
});

test('the quick way reads all that is canonical, as the long way does', () => {
  fc.assert(
    fc.property(record, (value) => {
      const text = textOf(value);
      expect(readCanonical(text)).toEqual(value);
      expect(readAny(text)).toEqual(value);
    }),
    runs,
  );
});

const damage = fc.constantFrom(
  ...' \n\t-:#|>"\'a0.~,[]{}&*!?%\\\u0085',
  '- ',
  ': ',
  '\n  ',
  '|2',
  '---\n',
  'null',
  '0',
  'x: ',
);

test('whenever the quick way answers a damaged text, the long way answers the same', () => {
  let answered = 0;
  fc.assert(
    fc.property(record, fc.nat(), fc.nat(3), damage, (value, place, cut, inserted) => {
      const text = textOf(value);
      const at = place % (text.length + 1);
      const damaged = Buffer.from(text.slice(0, at) + inserted + text.slice(at + cut)).toString('utf8');
      const quick = readCanonical(damaged);
      if (quick === null) return;
      answered++;
      expect(readAny(damaged)).toEqual(quick);
    }),
    { numRuns: 6000 },
  );
  expect(answered).toBeGreaterThan(100);
});
