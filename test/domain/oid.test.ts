import { expect, test } from 'vitest';
import { isOid, parseOid } from '../../src/domain/oid.ts';

const oid = '0123456789abcdef0123456789abcdef01234567';

test('forty hexadecimal digits in lower case name an object', () => {
  expect(isOid(oid)).toBe(true);
  expect(parseOid(oid)).toBe(oid);
});

test.each(['', oid.slice(1), `${oid}0`, oid.toUpperCase(), oid.replace('f', 'g'), `${oid}\n`])(
  '%j does not',
  (text) => {
    expect(isOid(text)).toBe(false);
    expect(() => parseOid(text)).toThrow(TypeError);
  },
);
