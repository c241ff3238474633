/** Readers of reports recognise a thing by its name, and drop the second one of a name. */

/** How many equal items stand before each, counted from one: `a b a` is `1 1 2`. */
export function numbered(items: readonly string[]): number[] {
  const counts = new Map<string, number>();
  return items.map((item) => {
    const count = (counts.get(item) ?? 0) + 1;
    counts.set(item, count);
    return count;
  });
}
