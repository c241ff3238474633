import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathWord, shellQuoted, shellWord } from '../../src/domain/shell-word.ts';

test.each([
  ['src/auth.ts', 'src/auth.ts'],
  ['port:3000', 'port:3000'],
  ['src/**', "'src/**'"],
  ['my file', "'my file'"],
  ["it's", "'it'\\''s'"],
  ['-x.ts', './-x.ts'],
  ['--force', './--force'],
  ['-my file', "'./-my file'"],
  ['', "''"],
])('the path %s is typed as %s', (path, typed) => {
  expect(pathWord(path)).toBe(typed);
});

test('whatever a text is, a shell reads it back from its word', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((each) => !each.includes('\0'));
  const hostile = fc.constantFrom("'", '"', '$(x)', '`x`', '\n', '\\', '*', '~', '&', '#', '=a', '!', 'a b');
  const texts = fc.array(fc.array(fc.oneof(text, hostile), { maxLength: 4 }).map((parts) => parts.join('')));
  fc.assert(
    fc.property(texts, (all) => {
      for (const asWord of [shellWord, shellQuoted]) {
        const script = `for each in ${all.map(asWord).join(' ')}; do printf '%s\\0' "$each"; done`;
        const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
        expect(read).toEqual(all);
      }
    }),
    { numRuns: 30 },
  );
});
