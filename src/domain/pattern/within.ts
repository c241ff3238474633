/** Whether one pattern is about nothing that the other is not about. */

import type { Pattern } from './parse.ts';
import { segmentWithin } from './segment.ts';
import { sequenceWithin } from './sequence.ts';

/**
 * Sound: true only if every path that matches `inner` matches `outer`. Not complete: an alternative of `inner` that
 * only several of `outer` together take in is missed, and so is what sequenceWithin misses.
 */
export function isWithin(inner: Pattern, outer: Pattern): boolean {
  if (inner.kind === 'resource' || outer.kind === 'resource') {
    return inner.kind === outer.kind && inner.source === outer.source;
  }
  if (outer.repository !== undefined && inner.repository !== outer.repository) return false;
  return inner.alternatives.every((one) =>
    outer.alternatives.some((other) => sequenceWithin(one, other, segmentWithin)),
  );
}
