/** The command to run next, as its reader can type it. */
import { isTypedId } from '../../domain/id.ts';
import { pathWord, shellWord } from '../../domain/shell-word.ts';
import { pathFromHere } from '../path-from-top.ts';

/**
 * Rules know paths from the top of the repository; a command takes them from the folder where it is typed. What stands
 * between `claim` or `release` and its option are paths and ids, quoted as a shell takes them.
 */
export function nextFromHere(next: string, cwd: string, workTree: string | null): string {
  return next.replace(
    /(git intercom (?:claim|release) )([^-\s].*?)(?= --(?:wait|force))/g,
    (_whole, command: string, words: string) => command + words.replace(wordInShell, (word) => fromHere(word)),
  );

  function fromHere(word: string): string {
    const path = word.startsWith("'") ? word.slice(1, -1).replaceAll("'\\''", "'") : word;
    return isTypedId(path) ? word : pathWord(pathFromHere(path, cwd, workTree));
  }
}

const wordInShell = /'(?:[^']|'\\'')*'|\S+/g;

/**
 * The repository was named by `-C`: without it the command would mean another, or none. Help is the same everywhere, and what
 * stands in double quotes is for somebody else, who is elsewhere.
 */
export function nextElsewhere(next: string, directory: string | undefined): string {
  if (directory === undefined) return next;
  return next.replaceAll(/"[^"]*"|\bgit intercom (?=[a-z])(?!help\b)/g, (found) =>
    found.startsWith('"') ? found : elsewhere(directory),
  );
}

export function elsewhere(directory: string, word = 'git intercom'): string {
  return `${word} -C ${shellWord(directory)} `;
}
