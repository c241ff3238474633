/** Whether two patterns that are written differently are the same one. */

import { fold } from './fold.ts';
import type { Pattern } from './parse.ts';
import { splitQualified } from './repository.ts';

/**
 * One text for `lib`, `lib/` and `lib/**`, and for `LIB` where case is ignored: who claimed one of them holds the others.
 * For comparing only. Patterns whose texts differ may still match the same: `{a,b}` and `{b,a}` are told apart.
 */
export function meaningOf({ kind, source, ignoreCase }: Pattern): string {
  if (kind === 'resource') return source;
  const split = splitQualified(source);
  const rest = (split?.rest ?? source).replace(/(?<=.)(?:\/\*\*)+$/su, '');
  const path = ignoreCase ? fold(rest) : rest;
  return split === undefined ? path : `${split.id}:/${path}`;
}
