/**
 * Items in a row, with gaps in between that stand for any number of any items, also none.
 *
 * A path pattern is a sequence of segments whose gaps are `**`; a segment is a sequence of characters whose gaps are
 * `*`. One algorithm decides both levels, in place of a product automaton: see sequencesOverlap.
 */

export const gap: unique symbol = Symbol('gap');

export interface Sequence<T> {
  /** Items before the first gap. */
  readonly head: readonly T[];
  /** Runs between two gaps; none is empty. */
  readonly middle: readonly (readonly T[])[];
  /** Items after the last gap; undefined when there is no gap, and `head` is everything. */
  readonly tail: readonly T[] | undefined;
}

export function sequenceOf<T>(items: readonly (T | typeof gap)[]): Sequence<T> {
  const head: T[] = [];
  const middle: T[][] = [];
  let tail: T[] | undefined;
  for (const item of items) {
    if (item !== gap) (tail ?? head).push(item);
    else {
      if (tail !== undefined && tail.length > 0) middle.push(tail);
      tail = [];
    }
  }
  return { head, middle, tail };
}

/**
 * Whether some row of items fits both. `meet` says whether one item can fit both of two, and must be symmetric.
 *
 * With a gap on either side only heads and tails can disagree: the row "longer head, middles of a, middles of b,
 * longer tail" fits both, each gap taking what belongs to the other side.
 */
export function sequencesOverlap<T>(a: Sequence<T>, b: Sequence<T>, meet: (x: T, y: T) => boolean): boolean {
  if (a.tail === undefined) {
    if (b.tail === undefined) return a.head.length === b.head.length && meetsAt(a.head, 0, b.head, meet);
    return fits(a.head, b, b.tail, meet);
  }
  if (b.tail === undefined) return fits(b.head, a, a.tail, meet);
  return headsMeet(a.head, b.head, meet) && tailsMeet(a.tail, b.tail, meet);
}

/**
 * Whether every row that fits `inner` fits `outer`, as far as it shows item by item: a gap of `inner` must lie in one of
 * `outer`. Sound, and not complete: of `?*` and `*?` neither is found within the other. `within` says whether all that
 * fits the first of two items fits the second.
 */
export function sequenceWithin<T>(inner: Sequence<T>, outer: Sequence<T>, within: (x: T, y: T) => boolean): boolean {
  const covers = (x: T | Gap, y: T | Gap) => x !== gap && y !== gap && within(x, y);
  const row = inRow(inner);
  if (outer.tail !== undefined) return fits<T | Gap>(row, outer, outer.tail, covers);
  return row.length === outer.head.length && meetsAt<T | Gap>(row, 0, outer.head, covers);
}

type Gap = typeof gap;

function inRow<T>({ head, middle, tail }: Sequence<T>): readonly (T | Gap)[] {
  if (tail === undefined) return head;
  const row: (T | Gap)[] = [...head, gap];
  for (const run of middle) row.push(...run, gap);
  return [...row, ...tail];
}

/** Each middle run is put as far left as it goes, which leaves the most room for the next. */
function fits<T>(row: readonly T[], gapped: Sequence<T>, tail: readonly T[], meet: (x: T, y: T) => boolean): boolean {
  let at = gapped.head.length;
  const end = row.length - tail.length;
  if (at > end || !meetsAt(row, 0, gapped.head, meet) || !meetsAt(row, end, tail, meet)) return false;
  for (const run of gapped.middle) {
    while (at + run.length <= end && !meetsAt(row, at, run, meet)) at += 1;
    at += run.length;
    if (at > end) return false;
  }
  return true;
}

function headsMeet<T>(a: readonly T[], b: readonly T[], meet: (x: T, y: T) => boolean): boolean {
  return a.length <= b.length ? meetsAt(b, 0, a, meet) : meetsAt(a, 0, b, meet);
}

function tailsMeet<T>(a: readonly T[], b: readonly T[], meet: (x: T, y: T) => boolean): boolean {
  return a.length <= b.length ? meetsAt(b, b.length - a.length, a, meet) : meetsAt(a, a.length - b.length, b, meet);
}

function meetsAt<T>(row: readonly T[], start: number, run: readonly T[], meet: (x: T, y: T) => boolean): boolean {
  return run.every((item, index) => {
    const other = row[start + index];
    return other !== undefined && meet(other, item);
  });
}
