/** The more telling of two patterns that overlap, for messages. */

import type { Pattern } from './parse.ts';

/**
 * The source of the one with the longer literal prefix: `src/a.ts` of `src/a.ts` and `src/**`. Of equally long ones it
 * is the one with a wildcard, which lies below the other: `src/*.ts` of `src` and `src/*.ts`.
 */
export function narrower(a: Pattern, b: Pattern): string {
  const lead = a.literalPrefix.length - b.literalPrefix.length;
  if (lead !== 0) return lead > 0 ? a.source : b.source;
  return a.isLiteral ? b.source : a.source;
}
