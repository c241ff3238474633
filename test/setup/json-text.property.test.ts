/** Objects of every form that a person may have written: what is put in comes out again, and nothing else moves. */
import fc from 'fast-check';
import { type ParseError, parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { put, takeOut, valueAt } from '../../src/setup/json-text.ts';

const key = fc.constantFrom('a', 'b', 'hooks', 'x,}', '// no', 'ä"\\');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(1, -2.5, true, null, 'text', '}, // "\\', ''),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const object = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });
const gaps = ['', ' ', '\n', '\r\n\t', '  \n  ', ' // one\n', '/* two */', '\n// three\n    ', ' /* four\n */ '];

/** The tokens of the object with something between each two of them, and commas behind the last where allowed. */
function written(tokens: readonly string[], chance: readonly number[]): string {
  return tokens
    .map((token, n) => {
      const die = chance[n % chance.length] as number;
      const isClosing = (token === '}' || token === ']') && !/^[{[]$/.test(tokens[n - 1] ?? '');
      return `${isClosing && die % 5 === 0 ? ',' : ''}${token}${gaps[die % gaps.length]}`;
    })
    .join('');
}

function tokensOf(json: unknown): string[] {
  return JSON.stringify(json).match(/"(?:\\.|[^"\\])*"|[{}[\]:,]|[^\s{}[\]:,"]+/g) ?? [];
}

const form = fc
  .tuple(object, fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }))
  .map(([json, chance]) => ({ json, text: written(tokensOf(json), chance) }));

function read(text: string): unknown {
  const errors: ParseError[] = [];
  const found = parse(text, errors, { allowTrailingComma: true });
  expect(errors).toEqual([]);
  return JSON.parse(JSON.stringify(found));
}

const comments = (text: string) => (text.match(/\/\/ (?:one|three)|\/\* (?:two|four)/g) ?? []).sort();

test('a member goes in as the last one and comes out again', () => {
  fc.assert(
    fc.property(form, value, ({ json, text }, put_) => {
      const after = put(text, ['mine'], put_ as never, 'member');
      expect(read(after)).toEqual({ ...json, mine: put_ });
      expect(comments(after)).toEqual([...comments(text), ...comments(JSON.stringify(put_))].sort());
      const back = takeOut(after, ['mine']);
      expect(read(back)).toEqual(json);
      expect(comments(back)).toEqual(comments(text));
    }),
    { numRuns: 2000 },
  );
});

test('an element goes to the end of each list of the object and comes out again', () => {
  fc.assert(
    fc.property(form, value, ({ json, text }, element) => {
      for (const [name, list] of Object.entries(json)) {
        if (!Array.isArray(list)) continue;
        const after = put(text, [name], element as never, 'element');
        expect(valueAt(after, [name])).toEqual([...list, element]);
        const back = takeOut(after, [name, list.length]);
        expect(read(back)).toEqual(json);
        expect(comments(back)).toEqual(comments(text));
      }
    }),
    { numRuns: 2000 },
  );
});

test('whatever member or element is taken out, the others stay', () => {
  fc.assert(
    fc.property(form, fc.nat(5), ({ json, text }, which) => {
      const names = Object.keys(json);
      const name = names[which % Math.max(names.length, 1)];
      if (name === undefined) return;
      const { [name]: list, ...rest } = json as Record<string, unknown>;
      expect(read(takeOut(text, [name]))).toEqual(rest);
      if (!Array.isArray(list) || list.length === 0) return;
      const place = which % list.length;
      expect(read(takeOut(text, [name, place]))).toEqual({ ...json, [name]: list.toSpliced(place, 1) });
    }),
    { numRuns: 2000 },
  );
});
