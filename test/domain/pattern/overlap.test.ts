import { describe, expect, test } from 'vitest';
import { narrower } from '../../../src/domain/pattern/narrower.ts';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import { parsed } from './model.ts';

describe('two patterns with a path in common overlap', () => {
  test.each([
    ['src/a.ts', 'src/**'],
    ['src/**', '**/*.ts'],
    ['src/*/a.ts', 'src/foo/*'],
    ['src/a.ts', 'src'],
    ['./src/a.ts', 'src/a.ts'],
    ['src/[id]/page.tsx', 'src/[id]/page.tsx'],
    ['src/[ab]*', 'src/b?'],
    ['a/**', 'a'],
    ['src/', 'src/lib/deep/a.ts'],
    ['*', '.env'],
    ['**', 'anything/at/all'],
    ['src/{a,b/c}/d.ts', 'src/b/*/d.ts'],
    ['{src,lib}/**/*.test.ts', 'lib/x/y.test.ts'],
    ['a*b*c', 'abbb*'],
    ['[a-f]x', '[f-z]?'],
    ['[!a]', '[!b]'],
    ['\u00e9', 'e\u0301'],
    ['e{\u0301,x}', '\u00e9'],
    ['?', '\u{1f600}'],
    ['port:5432', 'port:5432'],
  ])('%s and %s', (a, b) => {
    expect(overlaps(parsed(a), parsed(b))).toBe(true);
    expect(overlaps(parsed(b), parsed(a))).toBe(true);
  });
});

describe('two patterns without a path in common do not overlap', () => {
  test.each([
    ['README.md', 'docs/README.md'],
    ['src', 'src2/a.ts'],
    ['src/a.ts', 'src/b.ts'],
    ['src/*.ts', 'src/a.js'],
    ['src/[id]/page.tsx', 'src/\\[id]/page.tsx'],
    ['a*b', 'b*'],
    ['[a-f]x', '[g-z]?'],
    ['[!a]', 'a'],
    ['?', 'ab'],
    ['SRC', 'src'],
    ['src/{a,b}/*', 'src/c/d'],
    ['port:5432', 'port:5433'],
    ['port:5432', './port:5432'],
    ['port:5432', '**'],
  ])('%s and %s', (a, b) => {
    expect(overlaps(parsed(a), parsed(b))).toBe(false);
    expect(overlaps(parsed(b), parsed(a))).toBe(false);
  });
});

test('a path below a file is a path too, unless the pattern says that nothing is below', () => {
  const claims = parsed('**/*.test.ts');
  expect(overlaps(parsed('src/auth.ts'), claims)).toBe(true);
  expect(overlaps(parsed('src/auth.ts', { below: 'excluded' }), claims)).toBe(false);
  expect(overlaps(parsed('src/auth.test.ts', { below: 'excluded' }), claims)).toBe(true);
});

test.each([
  ['SRC/a.ts', 'src/A.ts'],
  ['[A-C]x', 'bX'],
  ['\u03a3', '\u03c2'],
  ['[\u00c0-\u00dd]', '\u00e9'],
])('%s and %s overlap when case is ignored', (a, b) => {
  expect(overlaps(parsed(a), parsed(b))).toBe(false);
  expect(overlaps(parsed(a, { ignoreCase: true }), parsed(b, { ignoreCase: true }))).toBe(true);
});

test('a negated class refuses both cases when case is ignored', () => {
  expect(overlaps(parsed('[!\u00e9]', { ignoreCase: true }), parsed('\u00c9', { ignoreCase: true }))).toBe(false);
});

test('patterns made to be slow are compared within a second', () => {
  const stars = parsed(`{a,b}{a,b}{a,b}{a,b}{a,b}${'*a*b'.repeat(120)}c`, { below: 'excluded' });
  const classes = parsed(`{a,b}{a,b}{a,b}{a,b}{a,b}${'[ab]'.repeat(240)}d`, { below: 'excluded' });
  const start = performance.now();
  expect(overlaps(stars, classes)).toBe(false);
  expect(overlaps(classes, classes)).toBe(true);
  expect(performance.now() - start).toBeLessThan(1000);
});

test.each([
  ['src/a.ts', 'src/**', 'src/a.ts'],
  ['src', 'src/*.ts', 'src/*.ts'],
  ['src', 'src/lib/*.ts', 'src/lib/*.ts'],
  ['**/*.ts', 'src/*/a.ts', 'src/*/a.ts'],
  ['src', 'src/a.ts', 'src/a.ts'],
])('the narrower of %s and %s is %s', (a, b, source) => {
  expect(narrower(parsed(a), parsed(b))).toBe(source);
  expect(narrower(parsed(b), parsed(a))).toBe(source);
});
