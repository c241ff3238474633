/**
 * The lines of a script as a shell takes them: one goes on where a quote is open, and what stands between `<<END` and
 * `END` is data. A quote that is never closed (an apostrophe where we know no better) holds nothing together.
 */
export function shellLines(text: string): string[] {
  const lines: string[] = [];
  let open: string[] = [];
  let ends: readonly string[] = [];
  const all = text.split('\n');
  all.forEach((line, n) => {
    if (ends.length > 0) {
      if (line.trim() === ends[0]) ends = ends.slice(1);
      return;
    }
    ends = heredocsIn(line, all.slice(n + 1));
    open.push(line);
    if (isQuoteOpen(open.join('\n'))) return;
    lines.push(open.join('\n'));
    open = [];
  });
  return [...lines, ...open];
}

/** Only those that have an end: `<<` may stand in a text. */
function heredocsIn(line: string, following: readonly string[]): string[] {
  const found = [...line.matchAll(/(?<!<)<<-?\s*(?:\\|(['"]?))([A-Za-z_][A-Za-z0-9_]*)\1/g)].map(
    ([, , end]) => end as string,
  );
  return found.filter((end) => following.some((each) => each.trim() === end));
}

/** Quotes, what a backslash or single quotes protect, and comments, whose apostrophes are none. */
const pieces = /\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|(?<=^|\s)#[^\n]*/g;

function isQuoteOpen(text: string): boolean {
  return /['"]/.test(text.replaceAll(pieces, ''));
}
