/**
 * The quick way for files that our own encoder wrote: a tenth of the time of a YAML parser, and 10,000 are read at
 * opening. It may guess wrongly without harm, for its answer counts only if the encoder gives back the very same text:
 * then it is the value that text was written from, and that is what a YAML parser reads from it.
 */
import { levelsMax } from './bounds.ts';
import { textOfRecord } from './encode.ts';

/** Null for whatever is not canonical to the letter. Never throws; time grows with the text. */
export function readCanonical(text: string): Record<string, unknown> | null {
  try {
    const value = read(text);
    return textOfRecord(value) === text ? value : null;
  } catch {
    // SyntaxError of JSON.parse, TypeError of the encoder or of `read`: each says only that the text is not canonical.
    return null;
  }
}

const quotedKey = /^("[^"\\]*(?:\\.[^"\\]*)*"):(?: |$)/;
const plainKey = /^([A-Za-z][A-Za-z0-9_-]*):(?: |$)/;

function read(text: string): Record<string, unknown> {
  if (text === '{}\n') return {};
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new TypeError('no line feed at the end');
  let at = 0;

  /** What begins with `rest`, which stands in line `at` from column `column` on. Leaves `at` on the line after it. */
  function node(rest: string, column: number, level: number): unknown {
    // One more for a scalar in the innermost list.
    if (level > levelsMax + 1) throw new TypeError('too many levels');
    if (rest.startsWith('- ')) return list(rest, column, level);
    return keyIn(rest) === null ? scalar(rest, column) : map(rest, column, level);
  }

  function list(first: string, column: number, level: number): unknown[] {
    const value: unknown[] = [];
    for (let rest: string | null = first; rest?.startsWith('- '); rest = lineAt(column)) {
      value.push(node(rest.slice(2), column + 2, level + 1));
    }
    return value;
  }

  function map(first: string, column: number, level: number): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (let rest: string | null = first; rest !== null; rest = lineAt(column)) {
      const found = keyIn(rest);
      if (found === null || found.key === '__proto__') throw new TypeError('no key');
      if (found.rest !== '') {
        value[found.key] = scalar(found.rest, column + 2);
      } else {
        at++;
        value[found.key] = node(lineAt(column + 2) ?? '', column + 2, level + 1);
      }
    }
    return value;
  }

  /** The line `at` from `column` on, or null if it begins further left: what it belongs to ends before it. */
  function lineAt(column: number): string | null {
    const line = lines[at];
    if (line === undefined || !line.startsWith(' '.repeat(column))) return null;
    return line.slice(column);
  }

  function scalar(word: string, column: number): unknown {
    at++;
    if (word.startsWith('"')) return JSON.parse(word);
    if (word.startsWith('|')) return literal(word, column);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    if (word === '[]') return [];
    if (word === '{}') return {};
    return /^-?\d/.test(word) ? Number(word) : word;
  }

  function literal(header: string, column: number): string {
    const start = at;
    while (lines[at] === '' || lineAt(column) !== null) at++;
    const body = lines.slice(start, at).map((line) => line.slice(column));
    return header.endsWith('-') ? body.join('\n') : `${body.join('\n')}\n`;
  }

  return map(lines[0] ?? '', 0, 1);
}

function keyIn(line: string): { key: string; rest: string } | null {
  const found = (line.startsWith('"') ? quotedKey : plainKey).exec(line);
  if (found?.[1] === undefined) return null;
  const key = line.startsWith('"') ? (JSON.parse(found[1]) as string) : found[1];
  return { key, rest: line.slice(found[0].length) };
}
