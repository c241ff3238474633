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

test('an empty value is refused, but where it takes away what stood there', () => {
  const options = [...own, { name: 'describe', value: 'TEXT', clearable: true, summary: 'who' }];
  const refused = /^--(why|wait|agent) has an empty value, and wants one/;
  for (const argv of [['--why='], ['--why', ''], ['--wait='], ['--agent', '', 'ada']]) {
    expect(() => parseWords(argv, options, 'send')).toThrow(refused);
  }
  expect(() => parseWords(['-C', ''], options, 'send')).toThrow('-C has an empty value, and wants one: -C DIR.');
  expect(parseWords(['--describe', '', '--wait'], options, 'send').text('describe')).toBe('');
});

test.each([
  '5min',
  '1h30',
  '1h 30m',
  '2hours',
  '1.5',
  '1,5h',
  '10 minutes',
  '-5m',
  '1:30',
  'forever',
  'never',
  '90sec',
])('behind an option whose value may be left out, %j is that value, and no path', (word) => {
  const words = parseWords(['a.ts', '--wait', word], own, 'claim');
  expect(words.positionals).toEqual(['a.ts']);
});

test.each(['a.ts', 'src', '2024.md', '1h.ts', '3d/scene', 'forever.ts', '10 things.md', 'abc', 'm5'])(
  'behind an option whose value may be left out, %j is a path',
  (word) => {
    const words = parseWords(['--wait', word], own, 'claim');
    expect([words.positionals, words.duration('wait')]).toEqual([[word], true]);
  },
);

test('a file that is called like a duration goes behind --', () => {
  expect(parseWords(['--wait', '--', 'forever'], own, 'claim').positionals).toEqual(['forever']);
});
