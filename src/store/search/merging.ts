/** When segments are merged: as in a binary counter, so that there are few, and each document is written again seldom. */
import type { ListedSegment } from './manifest.ts';
import { mergeSegments } from './merge.ts';
import type { Segment } from './segment.ts';

/** `little`: what a search can do in passing. `whole`: what the maintenance in the background does. */
export type MergeEffort = 'little' | 'whole';

/** Of the segment that comes out; a merge takes some 10 µs a document, and holds both sides in memory. */
const docsMax: Readonly<Record<MergeEffort, number>> = { little: 8_000, whole: 400_000 };

interface Shelf {
  put(bytes: Buffer): ListedSegment;
  open(name: string): Segment;
}

/** The same list where nothing is to be merged. */
export function mergedBy(
  effort: MergeEffort,
  segments: readonly ListedSegment[],
  shelf: Shelf,
): readonly ListedSegment[] {
  let merged = segments;
  for (;;) {
    const n = merged.findLastIndex((segment, at) => {
      const next = merged[at + 1];
      return next !== undefined && segment.docs < 2 * next.docs && segment.docs + next.docs <= docsMax[effort];
    });
    if (n < 0) return merged;
    const pair = merged.slice(n, n + 2).map(({ name }) => shelf.open(name));
    try {
      const whole = shelf.put(mergeSegments(pair, { isFirst: n === 0 }));
      merged = [...merged.slice(0, n), whole, ...merged.slice(n + 2)];
    } finally {
      for (const segment of pair) segment.close();
    }
  }
}
