/** `file:10-20` as an attachment with its lines; a file without a range is only named. */
import { messageTextBytesMax } from '../domain/limits.ts';
import type { Calling } from './command.ts';
import { UsageError } from './usage-error.ts';

export function attachment(typed: string, { readFile, fromTop }: Pick<Calling, 'readFile' | 'fromTop'>) {
  const found = /^(.*?)(?::(\d+)(?:-(\d+))?)?$/.exec(typed);
  const file = found?.[1] ?? typed;
  const [path = file] = fromTop([file]);
  if (found?.[2] === undefined) return { path };
  const from = Number(found[2]);
  const to = Number(found[3] ?? found[2]);
  const lines = readFile(file).split('\n');
  if (from < 1 || to < from || to > lines.length) {
    throw new UsageError(`${file} has no lines ${from} to ${to}: it has ${lines.length}.`, 'Use --attach file:10-20.');
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
