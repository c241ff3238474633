/** A set of code points: first and last of each range in turn, ascending, ranges neither touching nor overlapping. */

import { foldPairs } from './fold.ts';

export type CharSet = readonly number[];

export interface Range {
  readonly first: number;
  readonly last: number;
}

const codePointMax = 0x10ffff;
const slash = 0x2f;

/** The code points one character of a segment may have: those in the ranges, or all others, but never a `/`. */
export function charSetOf(
  ranges: readonly Range[],
  options: { readonly isNegated: boolean; readonly ignoreCase: boolean },
): CharSet {
  const listed = merge(options.ignoreCase ? withOtherCase(ranges) : ranges);
  const wanted = options.isNegated ? complement(listed) : listed;
  return intersect(wanted, [0, slash - 1, slash + 1, codePointMax]);
}

export function has(set: CharSet, codePoint: number): boolean {
  for (let at = 0; at < set.length; at += 2) {
    if (codePoint < (set[at] ?? 0)) return false;
    if (codePoint <= (set[at + 1] ?? 0)) return true;
  }
  return false;
}

export function intersect(a: CharSet, b: CharSet): CharSet {
  const both: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const lastOfA = a[i + 1] ?? 0;
    const lastOfB = b[j + 1] ?? 0;
    const first = Math.max(a[i] ?? 0, b[j] ?? 0);
    const last = Math.min(lastOfA, lastOfB);
    if (first <= last) both.push(first, last);
    if (lastOfA <= lastOfB) i += 2;
    if (lastOfB <= lastOfA) j += 2;
  }
  return both;
}

function merge(ranges: readonly Range[]): CharSet {
  const merged: number[] = [];
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const end = merged.at(-1);
    if (end !== undefined && first <= end + 1) merged[merged.length - 1] = Math.max(end, last);
    else merged.push(first, last);
  }
  return merged;
}

function complement(set: CharSet): CharSet {
  const bounds = [-1, ...set, codePointMax + 1];
  const others: number[] = [];
  for (let at = 0; at < bounds.length; at += 2) {
    const first = (bounds[at] ?? 0) + 1;
    const last = (bounds[at + 1] ?? 0) - 1;
    if (first <= last) others.push(first, last);
  }
  return others;
}

/** Closed under case, so that the complement is too: `[!a]` must refuse `A` as well. */
function withOtherCase(ranges: readonly Range[]): Range[] {
  const listed = merge(ranges);
  const pairs = foldPairs(ranges.every((range) => range.last < 0x80) ? 'ascii' : 'unicode');
  const folded = new Set<number>();
  for (const [from, to] of pairs) if (has(listed, from) || has(listed, to)) folded.add(to);
  const added = pairs.flatMap(([from, to]) => (folded.has(to) ? [from, to] : []));
  return [...ranges, ...added.map((codePoint) => ({ first: codePoint, last: codePoint }))];
}
