/**
 * Time that passes only when everybody waits. Whoever sleeps is woken in the order of the instants asked for, one after
 * the other, so that a run with the same seed is the same run.
 */

export class Scheduler {
  nowMs = 0;
  #order = 0;
  readonly #sleepers: Sleeper[] = [];

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.nowMs + ms, resolve));
  }

  at(atMs: number, wake: () => void): void {
    this.#order += 1;
    push(this.#sleepers, { atMs, order: this.#order, wake });
  }

  /** Until nobody sleeps. What was woken goes on until it sleeps again before the next is woken. */
  async run(): Promise<void> {
    for (let next = pop(this.#sleepers); next !== undefined; next = pop(this.#sleepers)) {
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.wake();
      await new Promise(setImmediate);
    }
  }
}

interface Sleeper {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

const isBefore = (one: Sleeper, other: Sleeper): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);

/** A binary heap, the earliest first. */
function push(heap: Sleeper[], sleeper: Sleeper): void {
  heap.push(sleeper);
  for (let at = heap.length - 1; at > 0; ) {
    const above = (at - 1) >> 1;
    if (!isBefore(heap[at] as Sleeper, heap[above] as Sleeper)) return;
    [heap[at], heap[above]] = [heap[above] as Sleeper, heap[at] as Sleeper];
    at = above;
  }
}

function pop(heap: Sleeper[]): Sleeper | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  heap[0] = last;
  for (let at = 0; ; ) {
    let least = at;
    for (const below of [2 * at + 1, 2 * at + 2]) {
      if (below < heap.length && isBefore(heap[below] as Sleeper, heap[least] as Sleeper)) least = below;
    }
    if (least === at) return first;
    [heap[at], heap[least]] = [heap[least] as Sleeper, heap[at] as Sleeper];
    at = least;
  }
}
