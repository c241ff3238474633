import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { readMemo, writeMemo } from '../../src/store/local/memo-file.ts';
import { removeFolder } from '../remove-folder.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-memo-'));
  onTestFinished(() => removeFolder(dir));
  return dir;
}

test('what was written last is read, however long the texts before were', () => {
  const file = join(folder(), 'made', 'as needed', 'memo.json');
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 2_000, unit: 'grapheme' }), { minLength: 1, maxLength: 5 }),
      (texts) => {
        for (const text of texts) writeMemo(file, { text });
        expect(readMemo(file, { text: '', other: 1 })).toEqual({ text: texts.at(-1), other: 1 });
      },
    ),
  );
});

test('a memo is written over in place, so that a short one costs no flush of the disk', () => {
  const file = join(folder(), 'memo.json');
  writeMemo(file, { n: 1 });
  writeMemo(file, { n: 2 });
  expect(readFileSync(file, 'utf8')).toBe('{"n":2}'.padEnd(512));
});

test('a file that is torn, or a folder in its place, says nothing', () => {
  const dir = folder();
  writeFileSync(join(dir, 'torn'), '{"n":');
  expect(readMemo(join(dir, 'torn'), { n: 0 })).toEqual({ n: 0 });
  writeMemo(dir, { n: 1 });
  expect(readMemo(dir, { n: 0 })).toEqual({ n: 0 });
});
