/** Trees as git writes them, whatever names somebody gave. */
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTree, parseTree } from '../../../src/store/git/tree.ts';
import { repository } from './sandbox.ts';

const oid = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
const kinds = fc.constantFrom('100644 blob', '100755 blob', '120000 blob', '160000 commit', '040000 tree');
/** Neither a slash nor the byte that ends a name; half of them share beginnings, which is where the order is hard. */
const byte = fc
  .oneof(fc.constantFrom(0x2e, 0x61, 0x62, 0x30), fc.integer({ min: 1, max: 255 }))
  .filter((n) => n !== 0x2f);
const entries = fc.uniqueArray(
  fc.record({
    name: fc.array(byte, { minLength: 1, maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    kind: kinds,
  }),
  { minLength: 1, maxLength: 40, selector: ({ name }) => name },
);

test('a tree that git made is read and written byte for byte, with names of any bytes', () => {
  const dir = repository();
  fc.assert(
    fc.property(fc.array(entries, { minLength: 20, maxLength: 20 }), (wanted) => {
      const lines = wanted.map((tree) => tree.map(({ name, kind }) => `${kind} ${oid}\t${name}\0`).join(''));
      const input = Buffer.from(`${lines.join('\0')}\0`, 'latin1');
      const made = execFileSync('git', ['mktree', '-z', '--missing', '--batch'], { cwd: dir, input });
      for (const tree of made.toString('latin1').trim().split('\n')) {
        const content = execFileSync('git', ['cat-file', 'tree', tree], { cwd: dir });
        const read = parseTree(content);
        expect(formatTree(read).equals(content)).toBe(true);
        expect(formatTree(new Map([...read].reverse())).equals(content)).toBe(true);
      }
    }),
    { numRuns: 10 },
  );
});
