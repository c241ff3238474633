import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ops } from '../../src/domain/op.ts';

const root = join(import.meta.dirname, '../../src');

test('every word that a commit of ours may say it did is one that the log can be narrowed to, and no other is', () => {
  const written = new Set<string>(['open']);
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(join(root, name), 'utf8');
    for (const [said] of text.matchAll(/\bop: [^,;{}]*'|\baccepted\([^;]*?'room-[a-z]+'/g)) {
      for (const [, op] of said.matchAll(/(?<!=== )'([a-z]+(?:-[a-z]+)*)'/g)) written.add(op as string);
    }
  }
  expect([...written].sort()).toEqual([...ops].sort());
});
