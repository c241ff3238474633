import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathsInPatch } from '../../src/harness/patch.ts';

const patch = (...lines: string[]) => ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');

test.each([
  ['a change', patch('*** Update File: a.ts', '@@', '-1', '+2'), ['a.ts']],
  ['a new file', patch('*** Add File: a.ts', '+1'), ['a.ts']],
  ['a file less', patch('*** Delete File: a.ts'), ['a.ts']],
  ['a rename: both names', patch('*** Update File: a.ts', '*** Move to: b.ts', '@@', '-1', '+2'), ['a.ts', 'b.ts']],
  [
    'several files',
    patch('*** Delete File: a.ts', '*** Add File: b.ts', '+1', '*** Update File: a.ts'),
    ['a.ts', 'b.ts'],
  ],
  ['names with blanks', patch('*** Update File: my notes/a b.ts  '), ['my notes/a b.ts']],
  ['lines that end as on Windows', '*** Begin Patch\r\n*** Add File: a.ts\r\n+1\r\n*** End Patch\r\n', ['a.ts']],
  [
    'content that looks like a header',
    patch('*** Update File: a.ts', '@@', ' *** Add File: b.ts', '+*** Delete File: c.ts'),
    ['a.ts'],
  ],
  [
    'headers with blanks before them, as Codex takes them',
    patch(
      '  *** Update File: a.ts',
      '@@',
      ' *** Add File: x.ts',
      '*** Add File: b.ts',
      '+1',
      '\t*** Delete File: c.ts',
    ),
    ['a.ts', 'b.ts', 'c.ts'],
  ],
  ['no patch', 'rm a.ts', []],
  ['nothing', '', []],
])('%s', (_what, text, paths) => {
  expect(pathsInPatch(text)).toEqual(paths);
});

test('each file of a patch is found, and nothing that is content', () => {
  const name = fc.stringMatching(/^[a-z]{1,3}(?:\/[a-z]{1,3})?\.ts$/);
  const content = fc.array(
    fc.tuple(fc.constantFrom('+', '-', ' '), fc.string()).map(([mark, text]) => mark + oneLine(text)),
  );
  const part = fc.record({ kind: fc.constantFrom('Add', 'Update', 'Delete'), name, content });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      const lines = parts.flatMap((each) => [`*** ${each.kind} File: ${each.name}`, ...each.content]);
      expect(pathsInPatch(patch(...lines))).toEqual([...new Set(parts.map((each) => each.name))]);
    }),
  );
});

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]/g, '');
}
