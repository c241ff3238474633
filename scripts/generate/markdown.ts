/** Markdown in the form that the formatter of this repository leaves alone. */

/** Cells in columns of one width. A bar in a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, n) => Math.max(3, ...lines.map((cells) => [...(cells[n] ?? '')].length)));
  const line = (cells: readonly string[]) => `| ${widths.map((width, n) => pad(cells[n] ?? '', width)).join(' | ')} |`;
  const [first = [], ...others] = lines;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - [...cell].length);
}

export function fence(language: string, text: string): string {
  const ticks = '`'.repeat(3);
  return [ticks + language, text.replace(/\n$/, ''), ticks].join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}
