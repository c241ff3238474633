/** `file:10-20` as an attachment with its lines; a file without a range is only named. */
import { messageTextBytesMax } from '../domain/limits.ts';
import type { Calling } from './command.ts';
import { UsageError } from './usage-error.ts';

type Reading = Pick<Calling, 'readFile' | 'fromTop'>;

export function attachment(typed: string, { readFile, fromTop }: Reading) {
  const found = /^(.*?)(?::(\d+)(?:-(\d+))?)?$/.exec(typed);
  const file = found?.[1] ?? typed;
  const [path = file] = fromTop([file]);
  if (found?.[2] === undefined) return { path };
  const from = Number(found[2]);
  const to = Number(found[3] ?? found[2]);
  const lines = linesOf(file, readFile);
  if (from < 1 || to < from || to > lines.length) {
    const what = from === to ? `no line ${from}` : `no lines ${from} to ${to}`;
    const most = lines.length === 0 ? file : `${file}:1-${lines.length}`;
    throw new UsageError(`${file} has ${what}: it has ${lines.length}.`, `The most is --attach ${most}.`);
  }
  const text = lines.slice(from - 1, to).join('\n');
  if (Buffer.byteLength(text) > messageTextBytesMax) {
    throw new UsageError(
      `Lines ${from} to ${to} of ${file} are too long to attach.`,
      'Attach fewer lines, or name the file.',
    );
  }
  return { path, from, to, text };
}

/** A line feed at the end of the file begins no line. */
function linesOf(file: string, readFile: Reading['readFile']): string[] {
  try {
    return readFile(file).replace(/\n$/, '').split('\n');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new UsageError(
      `No lines of ${file} can be attached: ${reason}.`,
      'Use --attach file:10-20 with a file that is here, or --attach file to name it only.',
    );
  }
}
