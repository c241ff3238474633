import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeFolder } from '../../remove-folder.ts';

// In a process of its own: without the bounds some of these end the process, which no catch in this one would see.
let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'codec-'));
  program = join(folder, 'decode.cjs');
  const contents = `
    import { decodeYaml } from './decode.ts';
    const texts = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
    const answers = texts.map((text) => decodeYaml(Buffer.from(text)));
    process.stdout.write(JSON.stringify(answers.map((answer) => (answer.ok ? 'read' : answer.reason))));
  `;
  const resolveDir = fileURLToPath(new URL('../../../src/store/codec', import.meta.url));
  await build({ stdin: { contents, resolveDir }, bundle: true, platform: 'node', outfile: program, logLevel: 'error' });
});
afterAll(() => removeFolder(folder));

const unique = (key: (index: number) => string, bytes: number) => {
  let keys = '';
  for (let index = 0; keys.length < bytes; index++) keys += key(index);
  return keys;
};

const attacks: Record<string, (bytes: number) => string> = {
  'opening brackets': (bytes) => '['.repeat(bytes),
  'brackets that close': (bytes) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
  'brackets below a key': (bytes) => `a: ${'['.repeat(bytes - 3)}`,
  'opening braces': (bytes) => '{'.repeat(bytes),
  'braces with keys': (bytes) => '{a: '.repeat(bytes / 4),
  'braces that are keys': (bytes) => '{? '.repeat(bytes / 3),
  'closing brackets': (bytes) => ']'.repeat(bytes),
  'dashes on one line': (bytes) => '- '.repeat(bytes / 2),
  'dashes on lines of their own': (bytes) => unique((index) => `${' '.repeat(index)}-\n`, bytes),
  'question marks': (bytes) => '? '.repeat(bytes / 2),
  colons: (bytes) => ': '.repeat(bytes / 2),
  'maps in maps': (bytes) => unique((index) => `${' '.repeat(index)}a:\n`, bytes),
  'keys of one map': (bytes) => unique((index) => `${index}:\n`, bytes),
  'keys in braces': (bytes) => `a: {${unique((index) => `${index},`, bytes - 5)}}`,
  'items in brackets': (bytes) => `a: [${'1,'.repeat(bytes / 2 - 3)}]`,
  'empty texts': (bytes) => '"" '.repeat(bytes / 3),
  aliases: (bytes) => `a: &a [x]\nb: [${'*a,'.repeat(bytes / 3 - 6)}]`,
  'an alias bomb': (bytes) => unique((i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]\n`, bytes - 100),
  tags: (bytes) => `a: ${'! '.repeat(bytes / 2 - 2)}`,
  anchors: (bytes) => `a: ${'&a '.repeat(bytes / 3 - 2)}`,
  directives: (bytes) => '%a\n'.repeat(bytes / 3),
  documents: (bytes) => '---\n'.repeat(bytes / 4),
  'blank lines': (bytes) => `a:\n${'\n'.repeat(bytes - 6)} b`,
  comments: (bytes) => `a:\n${'#\n'.repeat(bytes / 2 - 4)} b`,
  'blanks in quotes': (bytes) => `a: "b\n ${' '.repeat(bytes - 12)}c"`,
  'blanks in plain text': (bytes) => `a: b\n ${' '.repeat(bytes - 12)}c`,
  backslashes: (bytes) => `a: "${'\\'.repeat(bytes - 5)}`,
  'quotes in quotes': (bytes) => `a: "${'\\"'.repeat(bytes / 2 - 4)}"`,
  'a long word': (bytes) => `a:  ${'b'.repeat(bytes - 5)}`,
  'long lines of many words': (bytes) => `a:  ${'b '.repeat(bytes / 2 - 5)}\nc: d`,
  'a long key': (bytes) => `${'a'.repeat(bytes - 5)}: b`,
  'a long number': (bytes) => `a: ${'1'.repeat(bytes - 5)}`,
  'a literal of blanks': (bytes) => `a: |\n${' '.repeat(bytes - 6)}`,
  'a literal of empty lines': (bytes) => `a: |+\n  b\n${'\n'.repeat(bytes - 12)}`,
  'a quoted literal of empty lines': (bytes) => `a:  |+\n  b\n${'\n'.repeat(bytes - 12)}`,
  'a quoted key that is long': (bytes) => `"${'a\\"'.repeat(bytes / 3 - 4)}": b\n`,
};
const deadlineMs = 20_000;

test.concurrent.each(Object.entries(attacks))('%s: 4 kB and 256 KiB are answered soon', async (_, attack) => {
  const texts = [4096, 256 * 1024].map((bytes) => attack(bytes).slice(0, bytes));
  // A small stack, as in a worker or below a deep caller. The deadline is for a machine that does much else.
  const child = spawn(process.execPath, ['--stack-size=400', program], { timeout: deadlineMs });
  child.stdin.end(JSON.stringify(texts));
  const [answers, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(complaints).toBe('');
  // A parser that ran out of stack and lived to tell may not live the next time.
  const answered = expect.stringMatching(/^(?!.*call stack)./);
  expect(JSON.parse(answers)).toEqual([answered, answered]);
});
