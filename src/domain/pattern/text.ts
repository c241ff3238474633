/** Patterns as text, for callers of the library who keep no parsed ones. */

import { parsedPatternsMax } from './limits.ts';
import { matches } from './match.ts';
import { overlaps } from './overlap.ts';
import { type Pattern, parsePattern } from './parse.ts';

/** Whether some path matches both. Throws a TypeError with the reason if one of them is no pattern. */
export function patternsOverlap(a: string, b: string): boolean {
  return overlaps(patternOf(a), patternOf(b));
}

/** Whether a path, from the root of the repository, matches. Throws a TypeError with the reason if it is no pattern. */
export function patternMatches(pattern: string, path: string): boolean {
  return matches(patternOf(pattern), path);
}

const parsedByText = new Map<string, Pattern>();

function patternOf(text: string): Pattern {
  const known = parsedByText.get(text);
  if (known !== undefined) return known;
  const parsed = parsePattern(text);
  if (!parsed.ok) throw new TypeError(parsed.reason);
  for (const oldest of parsedByText.keys()) {
    if (parsedByText.size < parsedPatternsMax) break;
    parsedByText.delete(oldest);
  }
  parsedByText.set(text, parsed.pattern);
  return parsed.pattern;
}
