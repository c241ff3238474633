/** Where words go: stdout for the answer, stderr for everything else, colour only where somebody looks. */

export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly isInteractive: boolean;
  /** Of the window, now; without end in a pipe or a file, where nothing may be cut. */
  readonly columns: number;
  /** Of the window, now; 50 where there is none. */
  readonly rows: number;
  readonly paint: Paint;
}

export type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'magenta';
export type Paint = (colour: Colour, text: string) => string;

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  magenta: [35, 39],
};

/** Follows NO_COLOR (no-color.org) and FORCE_COLOR; otherwise colours a terminal that is not dumb. */
export function paintFor(isTerminal: boolean, env: NodeJS.ProcessEnv): Paint {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const isWanted = forced || (isTerminal && !env.NO_COLOR && env.TERM !== 'dumb');
  return (colour, text) => {
    const [on, off] = codes[colour];
    return isWanted && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}

/** How many columns a text takes, colours not counted. */
export function widthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  return [...text.replace(/\u001b\[\d+m/g, '')].length;
}

type Rows = readonly (readonly string[])[];

/** Rows with their cells aligned, two spaces between, empty columns left out; the last cell is cut where the window ends. */
export function aligned(rows: Rows, columns: number): string[] {
  const widths = widthsOf(rows);
  return rows.map((row) => cut(inColumns(row, widths), columns));
}

/** As `aligned`; but of a row that does not fit, the last cell stands below, from where the second one begins. */
export function alignedOrBelow(rows: Rows, columns: number): string[] {
  const widths = widthsOf(rows);
  const indent = ' '.repeat((widths[0] ?? 0) + 2);
  return rows.flatMap((row) => {
    const line = inColumns(row, widths);
    const last = row.at(-1) ?? '';
    if (widthOf(line) <= columns || last === '' || row.length < 2) return [cut(line, columns)];
    return [inColumns(row.slice(0, -1), widths), indent + last].map((part) => cut(part, columns));
  });
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

/** For what is shown indented by two. */
export function narrower<T extends { readonly terminal: Terminal }>(telling: T): T {
  return { ...telling, terminal: { ...telling.terminal, columns: telling.terminal.columns - 2 } };
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
    if (isColour) shown += part;
    else shown += [...part].slice(0, Math.max(0, room)).join('');
    if (!isColour) room -= [...part].length;
    if (room <= 0) break;
  }
  return parts.length > 1 ? `${shown}…\u001b[0m` : `${shown}…`;
}
