/**
 * A derived file of lines: `+…` says that something is so, `-<id>` that nothing of that id is any more, the last word
 * counts. Writers append under the write lock and rewrite the file when most of it is past; readers need no lock. A
 * last line without its line feed is one that is being written, or that a crash cut off: writers cut it away.
 */
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { writeWhole } from '../local/durable.ts';
import { makeFolder, openShared, share } from '../local/shared-modes.ts';

/** A file is rewritten when it is this long at least, and four times what it was after the last rewriting. */
const rewriteBytesMin = 16 * 1024;
const rewriteFactor = 4;
/** The first line says how long the file was after the last rewriting, in a fixed width. */
const headerBytes = 16;

interface ReadOptions {
  readonly whole?: boolean;
  /** Of a line with its sign. Others are passed over before anything is made of them: there may be ten thousand. */
  readonly isWanted?: (line: string) => boolean;
}

/**
 * The lines by id that hold now; empty where there is no file. `idOf` finds the id in a `+` line.
 *
 * Throws where the file cannot be read, and, if it must be `whole`, where its last line is torn: who then answers
 * another, or nothing, would answer that all is free.
 */
export function readLines(
  file: string,
  idOf: (line: string) => string,
  { whole: mustBeWhole = false, isWanted }: ReadOptions = {},
): Map<string, string[]> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw cause;
  }
  if (mustBeWhole && !text.endsWith('\n')) throw new Error(`the last line of ${file} is torn`);
  const linesById = new Map<string, string[]>();
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  for (const line of whole.split('\n')) {
    if (line.startsWith('-')) linesById.delete(line.slice(1));
    else if (line.startsWith('+') && isWanted?.(line) !== false) {
      const id = idOf(line.slice(1));
      const known = linesById.get(id);
      if (known === undefined) linesById.set(id, [line.slice(1)]);
      else known.push(line.slice(1));
    }
  }
  return linesById;
}

/** Appends lines that begin with `+` or `-`. Not synced: a lost line is found by the stamp and made again. */
export function appendLines(file: string, lines: readonly string[], idOf: (line: string) => string): void {
  if (lines.length === 0) return;
  let fd: number;
  try {
    fd = openShared(file, 'a+');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    makeFolder(dirname(file));
    fd = openShared(file, 'a+');
  }
  let isLong: boolean;
  try {
    const bytes = cutTornLine(fd);
    writeWhole(fd, Buffer.from(`${bytes === 0 ? header(0) : ''}${lines.join('\n')}\n`));
    isLong = bytes > rewriteBytesMin && bytes > rewriteFactor * lengthInHeader(fd);
  } finally {
    closeSync(fd);
  }
  if (isLong) rewriteLines(file, [...readLines(file, idOf).values()].flat());
}

/** Cuts away what comes after the last line feed; answers how many bytes are left. */
function cutTornLine(fd: number): number {
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  if (size === 0 || (readSync(fd, last, 0, 1, size - 1) === 1 && last[0] === 10)) return size;
  const content = Buffer.alloc(size);
  readSync(fd, content, 0, size, 0);
  const whole = content.lastIndexOf(10) + 1;
  ftruncateSync(fd, whole);
  return whole;
}

/** Replaces the file in one step; no lines, no file. */
export function rewriteLines(file: string, lines: readonly string[]): void {
  if (lines.length === 0) {
    rmSync(file, { force: true });
    return;
  }
  const body = lines.map((line) => `+${line}\n`).join('');
  const temporary = `${file}~${process.pid}`;
  makeFolder(dirname(file));
  writeFileSync(temporary, header(Buffer.byteLength(body) + headerBytes) + body);
  share(temporary);
  renameSync(temporary, file);
}

function header(bytes: number): string {
  return `#${String(bytes).padStart(headerBytes - 2)}\n`;
}

function lengthInHeader(fd: number): number {
  const buffer = Buffer.alloc(headerBytes);
  readSync(fd, buffer, 0, headerBytes, 0);
  return Number(buffer.toString('latin1', 1)) || 0;
}
