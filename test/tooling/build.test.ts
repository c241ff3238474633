import { readFileSync, statSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { root } from './sources.ts';

test('the build works', () => {
  expect(inject('buildFailure')).toBe('');
});

test('the command is a small executable that leaves the rest to main.cjs', () => {
  const text = readFileSync(`${root}dist/bin.cjs`, 'utf8');
  expect(text.startsWith('#!/usr/bin/env node\n')).toBe(true);
  expect(text).toContain('"main.cjs"');
  expect(statSync(`${root}dist/bin.cjs`).mode & 0o111).toBe(0o111);
});

test('the library leaves its packages to npm, but for a small one that the commands alone depend on', () => {
  expect(readFileSync(`${root}dist/index.js`, 'utf8')).not.toMatch(/node_modules\/(?!shell-quote\/)/);
});

test('the licences of what is bundled go along', () => {
  const licences = readFileSync(`${root}dist/licenses.txt`, 'utf8');
  for (const name of ['isomorphic-git', 'yaml', 'zod']) expect(licences).toContain(`== ${name} `);
});
