import { expect, test } from 'vitest';
import { table } from '../../scripts/generate/table.ts';
import { flagOf, overview, page } from '../../src/cli/help.ts';
import { optionsBehind } from '../../src/cli/words.ts';

const window = (columns: number) => ({ columns, paint: (_: string, text: string) => text });
const widths = [60, 72, 80, 99, 100, 120, 160, 400];

test.each(widths)('the overview fits %d columns, cuts nothing, and names each command', (columns) => {
  const text = overview(table, window(columns));
  expect(text.split('\n').filter((line) => [...line].length > columns)).toEqual([]);
  for (const { name, summary } of table) {
    expect(text).toMatch(new RegExp(`^ {2}${name}( |$)`, 'm'));
    expect(text.replace(/\s+/g, ' ')).toContain(summary);
  }
});

test.each([100, 120, 160])('the overview has at most 54 lines at %d columns', (columns) => {
  expect(overview(table, window(columns)).split('\n').length).toBeLessThanOrEqual(54);
});

test('where lines must be broken there are few more', () => {
  expect(overview(table, window(80)).split('\n').length).toBeLessThanOrEqual(58);
});

test.each(table.map((entry) => [entry.name, entry] as const))(
  'help %s fits, cuts nothing, and has its options',
  (_, entry) => {
    for (const columns of widths) {
      const text = page(entry, window(columns));
      expect(
        text
          .split('\n')
          .slice(1)
          .filter((line) => [...line].length > columns),
      ).toEqual([]);
      for (const option of optionsBehind(entry.options)) {
        expect(text.includes(`\n  ${flagOf(option)} `), option.name).toBe(!option.hidden);
        if (!option.hidden) expect(text.replace(/\s+/g, ' ')).toContain(option.summary);
      }
      for (const note of entry.notes ?? []) expect(text.replace(/\s+/g, ' ')).toContain(note.replace(/\s+/g, ' '));
    }
  },
);

test('every command and option is described, in a line without a full stop', () => {
  for (const { summary } of table.flatMap((entry) => [entry, ...entry.options])) {
    expect(summary).toMatch(/^\S.*[^.\s]$/);
  }
});
