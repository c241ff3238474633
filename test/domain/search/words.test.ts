import { expect, test } from 'vitest';
import { excerptOf } from '../../../src/domain/search/excerpt.ts';
import { phrasesOf } from '../../../src/domain/search/wanted.ts';
import { wordsIn } from '../../../src/domain/search/words.ts';

test.each([
  ['Split src/auth_token.ts, now!', ['split', 'src', 'auth', 'token', 'ts', 'now']],
  ['', []],
  ['—…!', []],
  ['ÜBER Straße', ['über', 'strasse']],
  ['ΟΔΟΣ οδος', ['οδοσ', 'οδοσ']],
  ['ﬁle ２０２６', ['file', '2026']],
  ['naïve nai\u0308ve', ['naïve', 'naïve']],
  ['全文検索 port8080', ['全', '文', '検', '索', 'port8080']],
  ['हिन्दी भाषा', ['हिन्दी', 'भाषा']],
  ['a'.repeat(100), ['a'.repeat(64)]],
])('the words of %j are %j', (text, words) => {
  expect(wordsIn(text)).toEqual(words);
});

test.each([
  [
    ['split', 'login'],
    [['split'], ['login']],
  ],
  [['split login'], [['split', 'login']]],
  [['"split login" auth'], [['split', 'login'], ['auth']]],
  [['src/auth.ts'], [['src', 'auth', 'ts']]],
  [['"open'], [['open']]],
  [['!?', '""'], []],
])('%j looks for %j', (typed, phrases) => {
  expect(phrasesOf(typed)).toEqual(phrases);
});

test.each([
  ['first\nthe port is open\nlast', ['port'], 'the port is open'],
  ['a port\nthe open port', ['port', 'open'], 'the open port'],
  ['only this', ['ada'], 'only this'],
  ['\n\n', ['ada'], ''],
  [
    `${'far '.repeat(100)}the port is open`,
    ['port'],
    '…far far far far far far far far far far far far far far the port is open',
  ],
  ['bad\u202eline\u0007 port', ['port'], 'bad line port'],
])('of %j, searched for %j, it shows %j', (text, typed, line) => {
  expect(excerptOf(text, phrasesOf(typed))).toBe(line);
});
