/** Which claims hold a file. */
import { escapePath } from '../pattern/escape.ts';
import { matches } from '../pattern/match.ts';
import { parsePattern } from '../pattern/parse.ts';
import { PatternIndex } from '../pattern/trie.ts';
import { patternsOf } from '../record/patterns.ts';
import type { Seen, SeenClaim } from './seen.ts';

type Options = Pick<Seen, 'ignoreCase'>;

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
