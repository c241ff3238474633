import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSpecName, splitReference, whyNoSpecName } from '../../../src/domain/spec/name.ts';
import { logicalPath } from '../../../src/store/git/placement.ts';

test.each(['console', 'com', 'com10', 'a.con', 'api', 'a', '0', 'api-v2', 'session.api', 'a_b', 'x'.repeat(64)])(
  '%s may name a spec',
  (name) => {
    expect(whyNoSpecName(name)).toBeUndefined();
  },
);

test.each([
  ...[
    '',
    '.',
    '..',
    '../x',
    'a/b',
    'a\\b',
    '.git',
    'a..b',
    'a.',
    '-a',
    'a-',
    '_3f',
    'API',
    'é',
    'a b',
    'a\n',
    'a@3',
    'a:b',
    'con',
    'nul',
    'com1',
    'lpt9.v2',
  ],
  'x'.repeat(65),
])('%j may not', (name) => {
  expect(whyNoSpecName(name)?.code).toBe('bad-name');
});

test('the refusal offers a name that is near', () => {
  expect(whyNoSpecName('Session API')?.data).toEqual({ nearest: ['session-api'] });
  expect(whyNoSpecName('///')?.data).toEqual({});
});

test('what is a device on Windows is said to be that, with another name', () => {
  const refusal = whyNoSpecName('Aux.v2');
  expect(refusal?.message).toBe('"Aux.v2" cannot name a spec: Windows has no file of that name.');
  expect(refusal?.data).toEqual({ nearest: ['aux-spec'] });
  expect(whyNoSpecName('aux-spec')).toBeUndefined();
});

test.each(['api@2', 'api@0', 'api@latest', 'api@2@3', 'api@'])(
  'of %s what follows the name is said to be no part of it',
  (typed) => {
    const refusal = whyNoSpecName(typed);
    expect(refusal?.message).toBe(`"${typed}" cannot name a spec: after an @ comes a version, counted from 1.`);
    expect(refusal?.next).toBe('The spec is api, its first version api@1. A new one is numbered when it is published.');
    expect(refusal?.data).toEqual({ nearest: ['api'] });
  },
);

test('whatever is a name is one file in the folder of specs, and no other name is that file where case is ignored', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9._/@-]{0,20}$/));
  fc.assert(
    fc.property(text, text, (one, other) => {
      fc.pre(isSpecName(one));
      expect(logicalPath(`specs/${one}.yaml`)).toBe(`specs/${one}`);
      if (isSpecName(other) && other.toLowerCase() === one.toLowerCase()) expect(other).toBe(one);
      expect(splitReference(`${one}@12`)).toEqual({ name: one, version: 12 });
      expect(splitReference(one)).toEqual({ name: one });
    }),
  );
});

test.each(['api@', 'api@0', 'api@-1', 'api@1.5', 'api@x', 'api@9999999999'])('%s names no version', (typed) => {
  expect(splitReference(typed)).toEqual({ name: typed });
});
