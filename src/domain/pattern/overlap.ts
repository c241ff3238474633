/** Whether two patterns may be about the same path. */

import type { Pattern } from './parse.ts';
import { segmentsOverlap } from './segment.ts';
import { sequencesOverlap } from './sequence.ts';

/** Exact: true if and only if some path matches both. The path need not exist. Symmetric. */
export function overlaps(a: Pattern, b: Pattern): boolean {
  if (a.kind === 'resource' || b.kind === 'resource') return a.kind === b.kind && a.source === b.source;
  if (a.repository !== undefined && b.repository !== undefined && a.repository !== b.repository) return false;
  return (
    prefixesMeet(a.literalPrefix, b.literalPrefix) &&
    a.alternatives.some((one) => b.alternatives.some((other) => sequencesOverlap(one, other, segmentsOverlap)))
  );
}

/** Cheap, and settles most pairs of a real project. */
function prefixesMeet(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
