import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/domain/pattern/parse.ts';
import { parsed } from './model.ts';

test.each([
  ['src/a.ts', 'src/a.ts'],
  ['./src//a.ts', 'src/a.ts'],
  ['/src/', 'src'],
  ['src/./lib/../a.ts', 'src/a.ts'],
  ['a/**/**/b', 'a/**/b'],
  ['a**b/***', 'a*b/*'],
  ['a/**', 'a/**'],
  ['\\a\\*\\/b', 'a\\*/b'],
  ['a[b', 'a\\[b'],
  ['{a,b', '\\{a,b'],
  ['{-$locale}.tsx', '\\{-$locale}.tsx'],
  ['{a,{b}', '\\{a,\\{b}'],
  ['{a\\,b,c}', '{a\\,b,c}'],
  ['./{a,b}//c/./d/', '{a,b}/c/d'],
  ['{a,b}/../c', '{a,b}/../c'],
  ['[^]a-]', '[!\\]a\\-]'],
  ['[a/b]', '\\[a/b]'],
  ['x\\', 'x\\\\'],
  ['(group)/@\\(x)', '(group)/@\\(x)'],
  ['e\u0301', '\u00e9'],
  ['./port:80', './port:80'],
  ['C:/x', 'C:/x'],
])('%s is stored and shown as %s', (text, source) => {
  expect(parsed(text).source).toBe(source);
});

test.each([
  ['', 'The pattern is empty. Use ** for the whole repository.'],
  ['./', 'The pattern is empty. Use ** for the whole repository.'],
  ['a/..', 'The pattern is empty. Use ** for the whole repository.'],
  ['{a,}', 'The pattern is empty. Use ** for the whole repository.'],
  ['../a', 'The pattern leaves the repository with "..".'],
  ['a/../../b', 'The pattern leaves the repository with "..".'],
  ['{a,b/c}/../../d', 'The pattern leaves the repository with "..".'],
  ['a/**/../b', 'After "**", ".." has no single meaning.'],
  ['a\0', 'The pattern has a control character or half of a surrogate pair.'],
  ['a\nb', 'The pattern has a control character or half of a surrogate pair.'],
  ['a\ud800', 'The pattern has a control character or half of a surrogate pair.'],
  ['https://example.org/a', 'The pattern is a URL. Claim a path, or a resource such as deploy:staging.'],
  ['[z-a]', '[z-a] has a range that runs backwards.'],
  ['[[:alpha:]]', '[[:alpha:] has a named class, which is not supported. List the characters instead.'],
  ['a'.repeat(1025), 'The pattern is longer than 1024 characters.'],
  ['['.repeat(1024), 'The pattern is longer than 1024 characters.'],
])('%j is refused', (text, reason) => {
  expect(parsePattern(text)).toEqual({ ok: false, reason });
});

test.each(['@(a)', '+(a|b)', '!(a)', '?(a)', 'src/*(a)', '*('])('%s is refused as an extended pattern', (text) => {
  expect(parsePattern(text)).toEqual({ ok: false, reason: expect.stringContaining('Use {a,b}') });
});

describe('bounds of braces', () => {
  test('256 alternatives are parsed and 257 refused', () => {
    expect(parsed('{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}').alternatives).toHaveLength(256);
    expect(parsed(`{${'a,'.repeat(255)}a}`).alternatives).toHaveLength(256);
    const reason = 'The braces make more than 256 alternatives. Claim several patterns, or a folder above.';
    expect(parsePattern(`{${'a,'.repeat(256)}a}`)).toEqual({ ok: false, reason });
    expect(parsePattern('{a,b}'.repeat(200))).toEqual({ ok: false, reason });
  });

  test('many long alternatives are refused, although few enough', () => {
    const reason = expect.stringContaining('more than 16384 characters');
    expect(parsePattern(`${'{a,b}'.repeat(7)}${'x'.repeat(900)}`)).toEqual({ ok: false, reason });
  });

  test('deep nesting is parsed', () => {
    expect(parsed(`${'{a,'.repeat(200)}b${'}'.repeat(200)}`).alternatives).toHaveLength(201);
  });
});

test.each([
  ['src/a.ts', ['src', 'a.ts'], true],
  ['src/\\*.ts', ['src', '*.ts'], true],
  ['src/**', ['src'], false],
  ['src/*.ts', ['src'], false],
  ['**', [], false],
  ['src/{a/b,a/c}/d', ['src', 'a'], false],
  ['src/[a]', ['src'], false],
])('%s has the literal prefix %j', (text, literalPrefix, isLiteral) => {
  expect(parsed(text)).toMatchObject({ kind: 'files', literalPrefix, isLiteral });
});

test('the literal prefix is folded when case is ignored, the source is not', () => {
  expect(parsed('Src/README.md', { ignoreCase: true })).toMatchObject({
    source: 'Src/README.md',
    literalPrefix: ['src', 'readme.md'],
  });
});

test.each(['port:5432', 'migration:next', 'deploy:eu/*', 'db-1:x'])('%s is a resource', (text) => {
  expect(parsed(text)).toMatchObject({ kind: 'resource', source: text, isLiteral: true });
});

test.each(['./port:5432', 'c:/x', 'port:', 'Port:5432', 'src/port:5432', 'port\\:5432'])('%s is a file', (text) => {
  expect(parsed(text).kind).toBe('files');
});
