import { expect, test } from 'vitest';
import { parsePattern } from '../../../src/domain/pattern/parse.ts';
import { patternsOf, touches, withPaths } from '../../../src/domain/record/patterns.ts';

const options = { ignoreCase: false };

function pattern(text: string) {
  const parsed = parsePattern(text, options);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.pattern;
}

test('a path that is a file does not hold what would lie below it', () => {
  const asFile = { paths: ['src/auth.ts'], files: ['src/auth.ts'] };
  const asAnything = { paths: ['src/auth.ts'] };
  for (const other of ['src/**/*.css', '**/*.test.ts', 'src/auth.ts/x']) {
    expect(touches(asFile, [pattern(other)], options), other).toBe(false);
    expect(touches(asAnything, [pattern(other)], options), other).toBe(true);
  }
  for (const other of ['src/auth.ts', 'src/*.ts', 'src', '**']) {
    expect(touches(asFile, [pattern(other)], options), other).toBe(true);
  }
});

test('a path that is no pattern holds everything', () => {
  const broken = { paths: ['a\u0000b'] };
  expect(patternsOf(broken, options).map(({ source }) => source)).toEqual(['**']);
  expect(touches(broken, [pattern('any/where.ts')], options)).toBe(true);
});

test('a record with some of its paths keeps what is known of them', () => {
  const record = { id: 'c1', paths: ['a.ts', 'b.ts', 'dir'], files: ['a.ts', 'b.ts'] };
  expect(withPaths(record, ['b.ts', 'dir'])).toEqual({ id: 'c1', paths: ['b.ts', 'dir'], files: ['b.ts'] });
  expect(withPaths(record, ['dir'])).toEqual({ id: 'c1', paths: ['dir'], files: undefined });
});
