/** Values found by their patterns, among those that share the literal prefix of the pattern asked about. */

import { overlaps } from './overlap.ts';
import type { Pattern } from './parse.ts';

/**
 * Mutable. All patterns, added or asked about, must agree in ignoreCase. Do not add or remove while reading
 * `overlapping`.
 */
export class PatternIndex<T> {
  readonly #root: Node<T> = newNode();
  readonly #resources = new Map<string, Entry<T>[]>();
  #size = 0;

  /** Pairs of pattern and value; the same pair added twice counts twice. */
  get size(): number {
    return this.#size;
  }

  add(pattern: Pattern, value: T): void {
    this.#size += 1;
    if (pattern.kind === 'resource') {
      const entries = this.#resources.get(pattern.source);
      if (entries === undefined) this.#resources.set(pattern.source, [{ pattern, value }]);
      else entries.push({ pattern, value });
      return;
    }
    let node = this.#root;
    for (const name of pattern.literalPrefix) {
      const next = node.children.get(name) ?? newNode<T>();
      node.children.set(name, next);
      node = next;
    }
    node.entries.push({ pattern, value });
  }

  /** Takes back one `add` of this source and value; does nothing when there was none. */
  remove(pattern: Pattern, value: T): void {
    if (pattern.kind === 'resource') {
      const entries = this.#resources.get(pattern.source) ?? [];
      this.#take(entries, pattern, value);
      if (entries.length === 0) this.#resources.delete(pattern.source);
      return;
    }
    const path = [this.#root];
    for (const name of pattern.literalPrefix) {
      const next = path.at(-1)?.children.get(name);
      if (next === undefined) return;
      path.push(next);
    }
    this.#take(path.at(-1)?.entries ?? [], pattern, value);
    for (let depth = path.length - 1; depth > 0; depth -= 1) {
      const node = path[depth];
      if (node === undefined || node.entries.length > 0 || node.children.size > 0) return;
      path[depth - 1]?.children.delete(pattern.literalPrefix[depth - 1] ?? '');
    }
  }

  /** Values with an overlapping pattern, in no particular order; a value with several such patterns comes repeatedly. */
  *overlapping(pattern: Pattern): Iterable<T> {
    const candidates =
      pattern.kind === 'resource' ? (this.#resources.get(pattern.source) ?? []) : this.#sharing(pattern.literalPrefix);
    for (const entry of candidates) if (overlaps(entry.pattern, pattern)) yield entry.value;
  }

  /** Entries whose prefix starts with this one, or this one with theirs: others have no path in common. */
  *#sharing(prefix: readonly string[]): Iterable<Entry<T>> {
    let node: Node<T> | undefined = this.#root;
    for (const name of prefix) {
      yield* node.entries;
      node = node.children.get(name);
      if (node === undefined) return;
    }
    const open = [node];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      yield* next.entries;
      open.push(...next.children.values());
    }
  }

  #take(entries: Entry<T>[], pattern: Pattern, value: T): void {
    const at = entries.findIndex((entry) => entry.value === value && entry.pattern.source === pattern.source);
    if (at === -1) return;
    entries.splice(at, 1);
    this.#size -= 1;
  }
}

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  readonly entries: Entry<T>[];
}

interface Entry<T> {
  readonly pattern: Pattern;
  readonly value: T;
}

function newNode<T>(): Node<T> {
  return { children: new Map(), entries: [] };
}
