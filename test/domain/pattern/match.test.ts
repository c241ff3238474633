import { expect, test } from 'vitest';
import { escapePath } from '../../../src/domain/pattern/escape.ts';
import { matches } from '../../../src/domain/pattern/match.ts';
import { parsed } from './model.ts';

test.each([
  ['a', 'a/b/c'],
  ['a/**', 'a'],
  ['a/**/b', 'a/b'],
  ['a/**/b', 'a/x/y/b/z'],
  ['*', '.env'],
  ['*.{ts,tsx}', 'x.tsx'],
  ['src/{a,b/c}', 'src/b/c/d'],
  ['[!/]x', '[!/]x'],
  ['[]a]', ']'],
  ['[a-]', '-'],
  ['{a}', '{a}'],
  ['a\\*', 'a*'],
  ['x/../y', 'y'],
])('%s matches %s', (text, path) => {
  expect(matches(parsed(text), path)).toBe(true);
});

test.each([
  ['a', 'b/a'],
  ['a', 'ab'],
  ['*', ''],
  ['a*c', 'a/c'],
  ['a?c', 'a/c'],
  ['a[!b]c', 'a/c'],
  ['a[+-9]c', 'a/c'],
  ['*/a', 'a'],
  ['a\\*', 'ab'],
  ['port:5432', 'port:5432'],
])('%s does not match %j', (text, path) => {
  expect(matches(parsed(text), path)).toBe(false);
});

test.each([
  ['src/[id]/page.tsx', 'src/\\[id]/page.tsx'],
  ['app/@(x)/(group)', 'app/@\\(x)/(group)'],
  ['port:5432', './port:5432'],
  ['port:[x]', './port:\\[x]'],
  ['{a,b}*?\\', '\\{a,b}\\*\\?\\\\'],
])('the path %s is the pattern %s', (path, text) => {
  expect(escapePath(path)).toBe(text);
  expect(matches(parsed(text), path)).toBe(true);
});
