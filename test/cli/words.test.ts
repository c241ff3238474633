/** What is an option on a command line, and what is a text that looks like one. */
import { expect, test } from 'vitest';
import { parseWords } from '../../src/cli/words.ts';

const own = [
  { name: 'why', value: 'TEXT', summary: 'a reason' },
  { name: 'wait', value: 'D', optional: true, summary: 'wait' },
];

test.each([
  ['- a first line\n- a second', ['- a first line\n- a second']],
  ['-----BEGIN CERTIFICATE-----\nMIIB', ['-----BEGIN CERTIFICATE-----\nMIIB']],
  ['--why not', ['--why not']],
  ['-1 for that', ['-1 for that']],
])('%j, a word with a space before any =, is a text', (word, positionals) => {
  expect(parseWords(['ada', word], own, 'send').positionals).toEqual(['ada', ...positionals]);
  expect(parseWords(['ada', '--why', word], own, 'send').text('why')).toBe(word);
  expect(parseWords(['--wait', '--', word], own, 'send').positionals).toEqual(positionals);
});

test('an option with a value behind = is one, whatever the value', () => {
  expect(parseWords(['--why=because of = and spaces'], own, 'send').text('why')).toBe('because of = and spaces');
});

test('a short option may have its value, and spaces, right behind it', () => {
  expect(parseWords(['-C/a folder', 'ada'], own, 'send').text('directory')).toBe('/a folder');
});

test('what is no option is named, and a text is not', () => {
  expect(() => parseWords(['--whi', 'a'], own, 'send')).toThrow('There is no option --whi. Did you mean --why?');
});
