/** A list whose rows stay what they are while their content does: what somebody selects, or types, is not taken away. */

export interface Row<T> {
  readonly node: HTMLElement;
  readonly update: (item: T) => void;
  /** It is over. False: it stays until `forget` is called, for something of the reader is in it. */
  readonly leave?: (forget: () => void) => boolean;
}

export class Rows<T> {
  readonly #rows = new Map<string, { row: Row<T>; shown: string }>();

  constructor(
    private readonly list: HTMLElement,
    private readonly parts: {
      readonly keyOf: (item: T) => string;
      readonly make: (item: T) => Row<T>;
      /** Said where there is nothing. */
      readonly none: string;
    },
  ) {}

  /** Answers the items that were not there before. */
  show(items: readonly T[]): T[] {
    const { keyOf, make } = this.parts;
    const kept = new Set(items.map(keyOf));
    for (const [key, { row }] of this.#rows) if (!kept.has(key)) this.#leave(key, row);
    const fresh: T[] = [];
    let before: HTMLElement | null = null;
    for (const item of items) {
      const shown = JSON.stringify(item);
      let known = this.#rows.get(keyOf(item));
      if (known === undefined) {
        known = { row: make(item), shown: '' };
        this.#rows.set(keyOf(item), known);
        fresh.push(item);
      }
      if (known.shown !== shown) known.row.update(item);
      known.shown = shown;
      this.#place(known.row.node, before);
      before = known.row.node;
    }
    this.#sayNone();
    return fresh;
  }

  /** What stands in its place already is not moved, for it may have the focus. */
  #place(node: HTMLElement, before: HTMLElement | null): void {
    const next = before === null ? this.list.firstElementChild : before.nextElementSibling;
    if (next === node) return;
    if (before === null) this.list.prepend(node);
    else before.after(node);
  }

  #leave(key: string, row: Row<T>): void {
    const forget = () => {
      const hadFocus = row.node.contains(document.activeElement);
      const next = row.node.nextElementSibling ?? row.node.previousElementSibling;
      row.node.remove();
      this.#rows.delete(key);
      this.#sayNone();
      if (hadFocus) this.#focus(next);
    };
    if (row.leave?.(forget) ?? true) forget();
  }

  /** Whoever goes by the keyboard is not sent back to the top. */
  #focus(next: Element | null): void {
    this.list.tabIndex = -1;
    (next?.querySelector<HTMLElement>('textarea, input, button') ?? this.list).focus();
  }

  #sayNone(): void {
    const note = this.list.querySelector(':scope > .none');
    if (this.#rows.size > 0) note?.remove();
    else if (note === null) {
      const made = document.createElement(this.list.tagName === 'UL' ? 'li' : 'p');
      made.className = 'none';
      made.textContent = this.parts.none;
      this.list.append(made);
    }
  }
}

/** A row that is made anew whenever its content is another. */
export function plainRow<T>(
  name: 'li' | 'article',
  draw: (item: T, node: HTMLElement) => readonly Node[],
): () => Row<T> {
  return () => {
    const node = document.createElement(name);
    return { node, update: (item) => node.replaceChildren(...draw(item, node)) };
  };
}
