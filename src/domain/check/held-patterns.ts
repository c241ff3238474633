/** The paths of claims as patterns, and which claims hold a file. */
import { escapePath } from '../pattern/escape.ts';
import { matches } from '../pattern/match.ts';
import { type Pattern, parsePattern } from '../pattern/parse.ts';
import { PatternIndex } from '../pattern/trie.ts';
import type { ClaimRecord } from '../record/record.ts';
import type { Seen, SeenClaim } from './seen.ts';

type Options = Pick<Seen, 'ignoreCase'>;

/** A path that is no pattern was written by hand, and holds everything: it must not free what it meant. */
export function patternsOf({ paths }: Pick<ClaimRecord, 'paths'>, options: Options): Pattern[] {
  return paths.map((path) => {
    const parsed = parsePattern(path, options);
    if (parsed.ok) return parsed.pattern;
    const all = parsePattern('**', options);
    if (!all.ok) throw new Error(all.reason);
    return all.pattern;
  });
}

/** Answers for many files without asking every claim about each. */
export function holdersByFile(claims: readonly SeenClaim[], options: Options): (file: string) => Set<SeenClaim> {
  const index = new PatternIndex<SeenClaim>();
  const held = claims.flatMap((seen) => patternsOf(seen.claim, options).map((pattern) => ({ seen, pattern })));
  for (const { seen, pattern } of held) index.add(pattern, seen);
  return (file) => {
    const parsed = parsePattern(escapePath(file), { ...options, below: 'excluded' });
    if (parsed.ok) return new Set(index.overlapping(parsed.pattern));
    // A name with a control character has no pattern.
    return new Set(held.filter(({ pattern }) => matches(pattern, file)).map(({ seen }) => seen));
  };
}
