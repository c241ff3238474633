import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { languageOf } from '../../../src/domain/attachment/language.ts';
import { snippetOf } from '../../../src/domain/attachment/snippet.ts';
import { placeOf } from '../../../src/domain/attachment/told.ts';
import { typedAttachment, typedAttachments } from '../../../src/domain/attachment/typed.ts';
import { attachmentBytesMax } from '../../../src/domain/limits.ts';

const line = fc.stringMatching(/^[a-z ]{0,8}$/);

test('the lines from a to b are those, whichever line ends the file has and whether it ends with one', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 20 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.nat(25),
      fc.nat(25),
      (lines, end, isEnded, a, b) => {
        // The last line of a file without a line feed at its end is there only if it has something.
        fc.pre(isEnded || lines.at(-1) !== '');
        const whole = lines.join(end) + (isEnded ? end : '');
        const snippet = snippetOf(whole, { path: 'f', from: a, to: b });
        if (a >= 1 && a <= b && b <= lines.length) {
          expect(snippet).toEqual({ from: a, to: b, text: lines.slice(a - 1, b).join('\n') });
        } else
          expect(snippet).toMatchObject({
            code: 'bad-attachment',
            next: expect.stringContaining(`f:1-${lines.length}`),
          });
        expect(snippetOf(whole, { path: 'f' })).toEqual({ from: 1, to: lines.length, text: lines.join('\n') });
      },
    ),
  );
});

test('an empty file has no lines, and what is too long is refused with its size', () => {
  expect(snippetOf('', { path: 'f' })).toEqual({ text: '' });
  expect(snippetOf('', { path: 'f', from: 1 })).toMatchObject({ next: 'The most is --attach f.' });
  const most = 'x'.repeat(attachmentBytesMax);
  expect(snippetOf(most, { path: 'f' })).toMatchObject({ text: most });
  expect(snippetOf(`${most}\ny`, { path: 'f' })).toMatchObject({
    code: 'too-large',
    message: expect.stringMatching(/^f has/),
  });
  expect(snippetOf(`y\n${most}\n`, { path: 'f', from: 1 })).toEqual({ from: 1, to: 1, text: 'y' });
});

test('a path may have colons and digits of its own', () => {
  expect(typedAttachment('src/a.ts:10-20')).toEqual({ path: 'src/a.ts', from: 10, to: 20 });
  expect(typedAttachment('src/a.ts:7')).toEqual({ path: 'src/a.ts', from: 7, to: 7 });
  expect(typedAttachment('a:1:2')).toEqual({ path: 'a:1', from: 2, to: 2 });
  for (const path of ['src/a.ts', 'a:b', ':3', 'c:1-', 'port:x']) expect(typedAttachment(path)).toEqual({ path });
  expect(typedAttachments(['diff', 'a.ts:1', 'diff:main..HEAD', './diff'])).toEqual({
    attachments: [{ path: 'a.ts', from: 1, to: 1 }, { path: './diff' }],
    patches: ['', 'main..HEAD'],
  });
});

test('the language is that of the name, and of none where nobody knows', () => {
  expect(
    ['a.ts', 'x/Makefile', 'B.PY', 'c.tar.gz', 'constructor', '.toString', 'x.constructor'].map(languageOf),
  ).toEqual(['ts', 'make', 'python', undefined, undefined, undefined, undefined]);
});

test('where it is from is told in a line, whatever the name is', () => {
  const at = { commit: '3f2a1b0c'.repeat(5) };
  expect(placeOf({ path: 'a.ts', from: 2, to: 4, ...at })).toBe('a.ts:2-4 at 3f2a1b0');
  expect(placeOf({ path: 'a.ts', from: 2, to: 2, ...at, changed: true })).toBe(
    'a.ts:2 at 3f2a1b0, with changes that are not committed',
  );
  expect(placeOf({ path: 'a\u202e\nb', changed: true })).toBe('a b');
  expect(placeOf({ path: 'changes.patch', kind: 'patch', text: 'diff --git a b\ndiff --git c d\n', ...at })).toBe(
    'changes.patch (2 files) on top of 3f2a1b0',
  );
});
