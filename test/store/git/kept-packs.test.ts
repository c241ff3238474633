/** Many objects at once, as one pack that stays where it is. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { areManyPacks, keepReason, writeKeptPack } from '../../../src/store/git/kept-packs.ts';
import { locateNow } from '../../../src/store/git/locate.ts';
import type { GitObject } from '../../../src/store/git/loose.ts';
import { git, repository } from './sandbox.ts';

const blob = (content: Buffer): GitObject => ({ type: 'blob', content });

test('git reads objects of any size and content as they were', async () => {
  const dir = repository();
  const sizes = fc.oneof(fc.nat(40), fc.constantFrom(0, 15, 16, 2047, 2048, 262_143, 262_144), fc.nat(70_000));
  const blobs = fc.uniqueArray(
    fc.tuple(sizes, fc.nat(255)).map(([size, byte]) => Buffer.alloc(size, byte)),
    { minLength: 1, maxLength: 30, selector: (content) => content.toString('latin1') },
  );
  await fc.assert(
    fc.asyncProperty(blobs, async (contents) => {
      expect(await writeKeptPack(locateNow({ cwd: dir, env: {} }), contents.map(blob))).toBe(true);
      for (const content of contents) {
        const oid = oidOf(dir, content);
        expect(git(dir, 'cat-file', '-s', oid)).toBe(String(content.length));
        expect(git(dir, 'cat-file', '-t', oid)).toBe('blob');
      }
    }),
    { numRuns: 10 },
  );
  git(dir, 'fsck', '--strict', '--no-dangling');
});

test('what no ref names yet stays through a cleaner that takes everything', async () => {
  const dir = repository();
  const contents = ['one', 'two'].map((text) => Buffer.from(text));
  expect(await writeKeptPack(locateNow({ cwd: dir, env: {} }), contents.map(blob))).toBe(true);
  git(dir, 'gc', '--quiet', '--prune=now');
  git(dir, 'prune', '--expire=now');
  for (const content of contents) git(dir, 'cat-file', '-e', oidOf(dir, content));
});

test('packing is due once for every 24 packs of ours, and for none of somebody else', () => {
  const place = locateNow({ cwd: repository(), env: {} });
  const due = Array.from({ length: 49 }, (_, n) => {
    const name = `pack-${String(n).padStart(40, '0')}.keep`;
    writeFileSync(join(place.objectsDir, 'pack', name), n === 0 ? 'mine' : `${keepReason}\n`);
    return areManyPacks(place);
  });
  expect(due.flatMap((isDue, n) => (isDue ? [n] : []))).toEqual([24, 48]);
});

test('without a git that can write it, nothing is said to be on the disk', async () => {
  const place = locateNow({ cwd: repository(), env: {} });
  rmSync(place.objectsDir, { recursive: true });
  writeFileSync(place.objectsDir, '');
  expect(await writeKeptPack(place, [blob(Buffer.from('one'))])).toBe(false);
});

const oidOf = (dir: string, content: Buffer): string =>
  execFileSync('git', ['hash-object', '--stdin'], { cwd: dir, input: content, encoding: 'utf8' }).trim();
