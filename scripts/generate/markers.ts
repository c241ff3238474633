/** Generated parts of a file that is otherwise written by hand: between `<!-- name -->` and `<!-- /name -->`. */

/**
 * Sections for which there are no markers are left out: where a part stands, and whether, is the author's to say. Throws
 * for a marker that is alone, twice, or the wrong way round, since its part would go stale without anybody knowing.
 */
export function fill(text: string, sections: ReadonlyMap<string, string>, path: string): string {
  let filled = text;
  for (const [name, body] of sections) {
    const open = `<!-- ${name} -->`;
    const close = `<!-- /${name} -->`;
    const [opens, closes] = [open, close].map((marker) => filled.split(marker).length - 1);
    if (opens === 0 && closes === 0) continue;
    const [start, end] = [filled.indexOf(open) + open.length, filled.indexOf(close)];
    if (opens !== 1 || closes !== 1 || end < start) {
      throw new Error(`${path} wants ${open} once and ${close} once, in this order.`);
    }
    filled = `${filled.slice(0, start)}\n\n${body.trim()}\n\n${filled.slice(end)}`;
  }
  return filled;
}
