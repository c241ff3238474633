/** The line of a text that shows why it was found. */
import { oneLine } from '../text.ts';
import type { Phrase } from './wanted.ts';
import { wordsIn } from './words.ts';

const excerptCharsMax = 200;
/** Of a long line, so much stands before what was found. */
const charsBefore = 60;

/** The first line with the most of what was looked for; of a text in which nothing was found (only a name), the first. */
export function excerptOf(text: string, phrases: readonly Phrase[]): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  let best = { line: lines[0] ?? '', found: 0, at: 0 };
  for (const line of phrases.length === 0 ? [] : lines) {
    const words = wordsIn(line);
    const places = phrases.map((phrase) => placeIn(words, phrase)).filter((place) => place >= 0);
    if (places.length > best.found) best = { line, found: places.length, at: charOf(line, words[places[0] as number]) };
  }
  const { line, at } = best;
  const from = line.length <= excerptCharsMax || at <= charsBefore ? 0 : line.lastIndexOf(' ', at - charsBefore) + 1;
  return oneLine(`${from > 0 ? '…' : ''}${line.slice(from)}`, excerptCharsMax);
}

/** Of the first word that begins so, in the line as it is written. */
function charOf(line: string, word = ''): number {
  return Math.max(0, line.toLowerCase().indexOf(word));
}

/** Where the phrase begins among the words; -1 where it does not stand. */
export function placeIn(words: readonly string[], phrase: Phrase): number {
  const last = phrase.length - 1;
  return words.findIndex((_word, at) =>
    phrase.every((part, n) => (n === last ? words[at + n]?.startsWith(part) : words[at + n] === part)),
  );
}
