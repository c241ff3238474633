/**
 * What differs between two texts, line by line: Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its
 * Variations", 1986). A line has its line feed with it, so that a missing one at the end is a difference, too.
 */

export interface LineChange {
  readonly kind: 'same' | 'removed' | 'added';
  readonly line: string;
}

/** More edits than this in one stretch and nobody reads the difference: then the stretch counts as replaced. */
const editsMax = 1_000;

/** `same` and `removed` in turn are `before`, `same` and `added` are `after`. As short as can be up to a thousand edits. */
export function diffLines(before: string, after: string): LineChange[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [
    ...a.slice(0, start).map((line): LineChange => ({ kind: 'same', line })),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map((line): LineChange => ({ kind: 'same', line })),
  ];
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}

function middle(a: readonly string[], b: readonly string[]): LineChange[] {
  const trace = a.length === 0 || b.length === 0 ? undefined : shortest(a, b);
  if (trace !== undefined) return walkBack(a, b, trace);
  return [
    ...a.map((line): LineChange => ({ kind: 'removed', line })),
    ...b.map((line): LineChange => ({ kind: 'added', line })),
  ];
}

/** By number of edits: how far along `a` each diagonal came. Undefined where it takes too many. */
function shortest(a: readonly string[], b: readonly string[]): Int32Array[] | undefined {
  const most = Math.min(a.length + b.length, editsMax);
  const trace: Int32Array[] = [];
  let reach = new Int32Array(2 * most + 3);
  const at = (diagonal: number) => diagonal + most + 1;
  for (let edits = 0; edits <= most; edits++) {
    const next = reach.slice();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isDown(reach, at(diagonal), edits, diagonal)
        ? (reach[at(diagonal + 1)] as number)
        : (reach[at(diagonal - 1)] as number) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      next[at(diagonal)] = x;
      if (x >= a.length && x - diagonal >= b.length) {
        trace.push(next.slice(at(-edits) - 1, at(edits) + 2));
        return trace;
      }
    }
    reach = next;
    trace.push(reach.slice(at(-edits) - 1, at(edits) + 2));
  }
  return undefined;
}

/** Whether the best way onto this diagonal adds a line of `b`; else it removes one of `a`. */
function isDown(reach: Int32Array, index: number, edits: number, diagonal: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && (reach[index - 1] as number) < (reach[index + 1] as number);
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Int32Array[]): LineChange[] {
  const changes: LineChange[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const reach = trace[edits - 1] as Int32Array;
    const diagonal = x - y;
    const index = (of: number) => of + edits;
    const isAdded = isDown(reach, index(diagonal), edits, diagonal);
    const from = isAdded ? diagonal + 1 : diagonal - 1;
    const fromX = reach[index(from)] as number;
    const startX = isAdded ? fromX : fromX + 1;
    while (x > startX) changes.push({ kind: 'same', line: a[--x] as string });
    y = x - diagonal;
    if (isAdded) changes.push({ kind: 'added', line: b[--y] as string });
    else changes.push({ kind: 'removed', line: a[--x] as string });
  }
  while (x > 0) changes.push({ kind: 'same', line: a[--x] as string });
  return changes.reverse();
}
