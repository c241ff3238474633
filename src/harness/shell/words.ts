/** What the words of a simple command name. */
import { posix } from 'node:path';
import type { Leaving } from '../../domain/guard/confirm.ts';
import { unknownWord } from './commands-in.ts';

/** What a command writes: single paths, and folders whose changed files it throws away. */
export interface Written {
  readonly paths?: readonly string[];
  readonly sweeps?: readonly string[];
  readonly leaves?: readonly Leaving[];
}

/** Words that are neither options nor the value of one of the `valued` options. */
export function named(words: readonly string[], valued: readonly string[] = []): string[] {
  const found: string[] = [];
  let isOver = false;
  for (let n = 0; n < words.length; n++) {
    const word = words[n] as string;
    if (!isOver && word === '--') isOver = true;
    else if (!isOver && valued.includes(word)) n++;
    else if ((isOver || !word.startsWith('-')) && word !== unknownWord && word !== '') found.push(word);
  }
  return found;
}

/** Of `mv a b`, both names; of `mv a b folder`, the old ones and where they come to be. */
export function moved(names: readonly string[]): readonly string[] {
  return names.length < 2 ? names : [...names.slice(0, -1), ...copied(names)];
}

/** Of `cp a b`, the second; of `cp a b folder`, where they come to be. */
export function copied(names: readonly string[]): readonly string[] {
  const target = names[names.length - 1];
  if (target === undefined || names.length < 2) return [];
  if (names.length === 2 && !target.endsWith('/')) return [target];
  return names.slice(0, -1).map((name) => posix.join(target, posix.basename(name)));
}

/** The first word is the script of `sed` or `perl`, unless an option brought it. */
export function behindScript(words: readonly string[], valued: readonly string[]): string[] {
  const bringing = [...valued, ...words.filter((word) => /^-[a-zA-Z]*[eE]$/.test(word))];
  const names = named(words, bringing);
  return words.some((word) => bringing.includes(word)) ? names : names.slice(1);
}
