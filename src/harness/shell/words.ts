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

/** Whether a folder stands there, from where the command runs. */
export type IsFolder = (path: string) => boolean;

/** Of `mv a b`, both names; of `mv a b folder` and `mv -t folder a b`, the old ones and where they come to be. */
export function moved(words: readonly string[], isFolder: IsFolder): readonly string[] {
  return [...placed(words).sources, ...copied(words, isFolder)];
}

/** Of `cp a b`, the second, or what comes to be in it where it is a folder. */
export function copied(
  words: readonly string[],
  isFolder: IsFolder,
  valued: readonly string[] = [],
): readonly string[] {
  const { sources, target, isInto } = placed(words, valued);
  if (target === undefined) return [];
  if (!isInto && sources.length === 1 && !target.endsWith('/') && !isFolder(target)) return [target];
  return sources.map((name) => posix.join(target, posix.basename(name)));
}

interface Placed {
  readonly sources: readonly string[];
  /** Undefined where it is not known. */
  readonly target: string | undefined;
  /** By an option of GNU's commands, which takes a folder. */
  readonly isInto: boolean;
}

function placed(words: readonly string[], valued: readonly string[] = []): Placed {
  const names = named(words, ['-t', '--target-directory', ...valued]);
  const n = words.findIndex((word) => /^(?:-t$|--target-directory(?:=|$))/.test(word));
  const given = n < 0 ? undefined : (words[n]?.split('=')[1] ?? words[n + 1]);
  if (n >= 0) return { sources: names, target: given === unknownWord ? undefined : given, isInto: true };
  const isKnown = words.filter((word) => !word.startsWith('-')).at(-1) !== unknownWord;
  if (names.length < 2 || !isKnown) return { sources: names, target: undefined, isInto: false };
  return { sources: names.slice(0, -1), target: names.at(-1), isInto: false };
}

/** The first word is the script of `sed` or `perl`, unless an option brought it. */
export function behindScript(words: readonly string[], valued: readonly string[]): string[] {
  const bringing = [...valued, ...words.filter((word) => /^-[a-zA-Z0-9]*[eE]$/.test(word))];
  const names = named(words, bringing);
  return words.some((word) => bringing.includes(word)) ? names : names.slice(1);
}
