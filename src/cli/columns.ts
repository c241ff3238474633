/** Text in columns, as wide as a terminal shows it: letters of East Asia and pictures take two. */
import stringWidth from 'fast-string-width';

/** How many columns a text takes, colours not counted. */
export function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text);
}

type Rows = readonly (readonly string[])[];

/** Rows with their cells aligned, two spaces between, empty columns left out; the last cell is cut where the window ends. */
export function aligned(rows: Rows, columns: number): string[] {
  const widths = widthsOf(rows);
  return rows.map((row) => cut(inColumns(row, widths), columns));
}

interface Shrinking {
  /** The column that gives way. */
  readonly column: number;
  /** What the next one has to itself, where it needs so much. */
  readonly kept: number;
}

/** It is never narrower, for then it would say nothing. */
const shrunkMin = 16;

/** As `aligned`; but of a row that does not fit, the last cell stands below, from where the second one begins. */
export function alignedOrBelow(rows: Rows, columns: number, shrinking?: Shrinking): string[] {
  const fitting = shrinking === undefined ? rows : shrunk(rows, columns, shrinking);
  const widths = widthsOf(fitting);
  const indent = ' '.repeat((widths[0] ?? 0) + 2);
  return fitting.flatMap((row) => {
    const line = inColumns(row, widths);
    const last = row.at(-1) ?? '';
    if (widthOf(line) <= columns || last === '' || row.length < 2) return [cut(line, columns)];
    return [inColumns(row.slice(0, -1), widths), indent + last].map((part) => cut(part, columns));
  });
}

function shrunk(rows: Rows, columns: number, { column, kept }: Shrinking): Rows {
  const widths = widthsOf(rows);
  const before = widths.slice(0, column).reduce((sum, width) => sum + width + 2, 0);
  const room = columns - before - 2 - Math.min(widths[column + 1] ?? 0, kept);
  return rows.map((row) => row.map((cell, n) => (n === column ? cut(cell, Math.max(room, shrunkMin)) : cell)));
}

function widthsOf(rows: Rows): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [n, cell] of row.entries()) widths[n] = Math.max(widths[n] ?? 0, widthOf(cell));
  }
  return widths;
}

function inColumns(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, n) => cell + ' '.repeat((widths[n] ?? 0) - widthOf(cell)));
  return cells
    .filter((_, n) => widths[n] !== 0)
    .join('  ')
    .trimEnd();
}

/** Cut at `columns`, colours not counted; a colour that was on is ended behind the ellipsis. */
export function cut(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  const parts = line.split(/(\u001b\[\d+m)/);
  let room = columns - 1;
  let shown = '';
  for (const [n, part] of parts.entries()) {
    const isColour = n % 2 === 1;
    const fitting = isColour ? part : beginning(part, room);
    shown += fitting;
    if (!isColour) room -= widthOf(fitting);
    if (fitting !== part || (!isColour && room <= 0)) break;
  }
  return parts.length > 1 ? `${shown}…\u001b[0m` : `${shown}…`;
}

/** What of a text without colours fits; no sign is cut in two. */
function beginning(text: string, columns: number): string {
  let room = columns;
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    room -= widthOf(segment);
    if (room < 0) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
