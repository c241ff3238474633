/** What somebody looks for: words and phrases that all have to be there, and what narrows it. */
import type { Pattern } from '../pattern/parse.ts';
import { wordsIn } from './words.ts';

export type SearchedKind = 'message' | 'claim' | 'spec';

/** Words one after the other; the last of them may be the beginning of a longer one. */
export type Phrase = readonly string[];

export interface Wanted {
  readonly phrases: readonly Phrase[];
  readonly kind?: SearchedKind | undefined;
  /** Who sent, claimed or published it. */
  readonly from?: string | undefined;
  /** Whose name that is: what it wrote under other names is wanted with it. */
  readonly fromUid?: string | undefined;
  readonly thread?: string | undefined;
  readonly room?: string | undefined;
  /** A claim or an attachment of a message touches one of these. */
  readonly touching?: readonly Pattern[] | undefined;
  /** Only what is under a seal. */
  readonly sealed?: 'yes' | undefined;
  readonly sinceMs?: number | undefined;
  /** The path of a record: only what is older. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/**
 * Each piece that was typed is looked for by itself, and what stands in double quotes, or is one piece with blanks in it, as
 * a phrase. So is a word with signs inside: `src/auth.ts` is three words in a row.
 */
export function phrasesOf(typed: readonly string[]): Phrase[] {
  const pieces = typed.flatMap((piece) => piece.match(/"[^"]*"?|[^"]+/g) ?? []);
  return pieces.map(wordsIn).filter((words) => words.length > 0);
}
