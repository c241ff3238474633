/** Against what must come together again, and against another program's reading of a unified diff. */
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, type LineChange } from '../../../src/domain/spec/diff.ts';
import { summaryOf } from '../../../src/domain/spec/summary.ts';
import { unifiedHunks } from '../../../src/domain/spec/unified.ts';

const line = fc.constantFrom('a\n', 'b\n', 'c\n', '\n', ' \n');
const text = fc
  .tuple(fc.array(line, { maxLength: 30, size: 'max' }), fc.constantFrom('', '', 'a', 'end'))
  .map(([lines, end]) => lines.join('') + end);

function side(changes: readonly LineChange[], without: LineChange['kind']): string {
  return changes
    .filter(({ kind }) => kind !== without)
    .map(({ line }) => line)
    .join('');
}

test('both texts can be read from the difference', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = diffLines(before, after);
      expect([side(changes, 'added'), side(changes, 'removed')]).toEqual([before, after]);
    }),
  );
});

test('nothing shorter keeps as many lines', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const same = diffLines(before, after).filter(({ kind }) => kind === 'same').length;
      expect(same).toBe(longestCommon(before.split(/(?<=\n)/), after.split(/(?<=\n)/)));
    }),
  );
});

/** By the table that everybody learns. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const [one, other] = [a.filter(Boolean), b.filter(Boolean)];
  let row = other.map(() => 0);
  for (const line of one) {
    const next: number[] = [];
    for (const [n, wanted] of other.entries()) {
      next.push(line === wanted ? (row[n - 1] ?? 0) + 1 : Math.max(row[n] ?? 0, next[n - 1] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

test('a patch program makes the new text of the old one by the hunks', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const hunks = unifiedHunks(diffLines(before, after));
      if (before === after) expect(hunks).toBe('');
      else expect(applyPatch(before, `--- a\n+++ b\n${hunks}`)).toBe(after);
    }),
  );
});

test('texts that have nothing in common are replaced, however long, and in no time', () => {
  const lines = (mark: string) => Array.from({ length: 8_000 }, (_, n) => `${mark}${n}\n`).join('');
  const [before, after] = [lines('a'), lines('b')];
  const changes = diffLines(`same\n${before}`, `same\n${after}`);
  expect(changes.map(({ kind }) => kind)).toEqual([
    'same',
    ...Array.from({ length: 8_000 }, () => 'removed'),
    ...Array.from({ length: 8_000 }, () => 'added'),
  ]);
});

test('the summary counts the lines and quotes the first new one', () => {
  expect(summaryOf(undefined, '# API\n\nx\n')).toBe('3 lines, first: # API');
  expect(summaryOf('a\nb\n', 'a\nc\nd\n')).toBe('2 lines added, 1 removed, first: c');
  expect(summaryOf('a\nb\n', 'a\nb\n\n')).toBe('1 line added');
  expect(summaryOf('a\nb\n', 'a\n')).toBe('1 line removed, first: b');
  expect(summaryOf('', `${'x'.repeat(80)}\n`)).toBe(`1 line added, first: ${'x'.repeat(59)}…`);
});
