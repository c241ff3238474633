/** The lines of a file that go with a message. */
import { attachmentBytesMax } from '../limits.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { plainText } from '../text.ts';
import type { TypedAttachment } from './typed.ts';

export interface Snippet {
  readonly from?: number;
  readonly to?: number;
  readonly text: string;
}

/** Windows line ends become plain ones; a line feed at the end of the file begins no line. */
export function snippetOf(whole: string, { path, from, to }: TypedAttachment): Snippet | Refusal {
  const lines = plainText(whole).replace(/\n$/, '').split('\n');
  const count = whole === '' ? 0 : lines.length;
  const first = from ?? 1;
  const last = to ?? (from === undefined ? count : from);
  if (from !== undefined && (first < 1 || last < first || last > count)) {
    const what = first === last ? `no line ${first}` : `no lines ${first} to ${last}`;
    const most = count === 0 ? path : `${path}:1-${count}`;
    return refuse('bad-attachment', `${path} has ${what}: it has ${count}.`, `The most is --attach ${most}.`, { path })
      .refusal;
  }
  const text = lines.slice(first - 1, last).join('\n');
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > attachmentBytesMax) {
    const next = `Attach fewer lines, such as --attach ${path}:1-200, or push a branch and name the file.`;
    return tooLarge(first === 1 && last === count ? path : `${path}:${first}-${last}`, bytes, next);
  }
  return count === 0 ? { text } : { from: first, to: last, text };
}

export function tooLarge(what: string, bytes: number, next: string): Refusal {
  const message = `${what} has ${bytes} bytes, and ${attachmentBytesMax} is the most to attach.`;
  return refuse('too-large', message, next, { bytes, bytesMax: attachmentBytesMax }).refusal;
}
