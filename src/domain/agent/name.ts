/** Names of agents and of people: what may be one, how one is made, and which known ones are near to a typed one. */
import { whyNoFileName } from '../file-name.ts';
import { nameCharsMax } from '../limits.ts';

/** Names that mean something else where a recipient is expected. */
const reserved = new Set(['all', 'me', 'everyone', 'somebody']);

/** Undefined when `text` may be a name, else the reason why not. */
export function whyNoName(text: string): string | undefined {
  if (text.length > nameCharsMax) return `a name has at most ${nameCharsMax} characters`;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text)) {
    return 'a name has letters, digits, dots, dashes and underscores, and starts with a letter or digit';
  }
  if (reserved.has(text.toLowerCase())) return `${text} means something else to git intercom`;
  return whyNoFileName(text);
}

/** The same as a sentence, with what to take instead. */
export function flawOfName(text: string): { readonly message: string; readonly like: string } | undefined {
  const reason = whyNoName(text);
  if (reason === undefined) return undefined;
  const message = `${JSON.stringify(text)} cannot be the name of an agent: ${reason}.`;
  return { message, like: nameFrom(text) ?? 'bold-fox' };
}

/** `Ada Lovelace` is `ada-lovelace`; a text with nothing to make a name of gives undefined. */
export function nameFrom(words: string): string | undefined {
  const name = words
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, nameCharsMax);
  return name !== '' && whyNoName(name) === undefined ? name : undefined;
}

/** At most three known names, the nearest first, none that is farther than half of what was typed. */
export function nearest(typed: string, known: Iterable<string>): string[] {
  const wanted = typed.toLowerCase();
  return [...known]
    .map((name) => ({ name, distance: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, wanted.length / 2) || name.toLowerCase().includes(wanted))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's: insertions, deletions and substitutions. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(substituted, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    row = next;
  }
  return row[b.length] as number;
}
