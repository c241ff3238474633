import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { longest } from '../longest-first.ts';
import { root } from './sources.ts';

test('the files that begin are there', () => {
  expect(longest.filter((path) => !existsSync(root + path))).toEqual([]);
});
