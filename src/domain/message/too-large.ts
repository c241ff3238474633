/** Whether a message can be written so that every reader takes it: its own record, its receipt, and what is attached. */
import { isApart } from '../attachment/apart.ts';
import {
  attachmentsBytesMax,
  audienceMax,
  messageWrittenBytesMax,
  receiptMarkBytes,
  receiptMarksBytesMax,
} from '../limits.ts';
import type { MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { oneLine } from '../text.ts';

type Attachment = NonNullable<MessageRecord['attachments']>[number];

/** A record that got too large to be read would be a message lost, or who has acknowledged it. */
export function whyTooLarge(
  texts: readonly string[],
  attachments: readonly Attachment[],
  to: readonly string[],
): Refusal | undefined {
  const names = to.reduce((sum, name) => sum + name.length, 0);
  if (to.length > audienceMax || 2 * (names + receiptMarkBytes * to.length) > receiptMarksBytesMax) {
    const message = `The receipt of one message has no room for ${to.length} agents.`;
    return refuse('too-many', message, 'Name those whom it concerns.').refusal;
  }
  const flaw = whyTooMuchAttached(attachments);
  if (flaw !== undefined) return flaw;
  const short = attachments.map(({ path, text: lines = '' }) => (isApart(lines) ? [path] : [path, lines]));
  const parts = [...texts, ...short.flat()];
  const bytes = parts.reduce((sum, part) => sum + writtenBytes(part), names + 12 * to.length);
  if (bytes <= messageWrittenBytesMax) return undefined;
  const message = `With attachments and recipients the message may take ${bytes} bytes, and ${messageWrittenBytesMax} is the most.`;
  const next = 'Attach fewer lines, or put the text into a file of the repository and name it.';
  return refuse('too-large', message, next, { bytes, bytesMax: messageWrittenBytesMax }).refusal;
}

/** Each long text is a file of its own, which must be readable, too; equal ones are one file, and are read each. */
function whyTooMuchAttached(attachments: readonly Attachment[]): Refusal | undefined {
  const next = 'Attach fewer lines, or push a branch and name it.';
  for (const { path, text = '' } of attachments) {
    const bytes = writtenBytes(text);
    if (bytes <= messageWrittenBytesMax) continue;
    const message = `With all its lines ${oneLine(path, 200)} may take ${bytes} bytes, and ${messageWrittenBytesMax} is the most.`;
    return refuse('too-large', message, next, { bytes, bytesMax: messageWrittenBytesMax }).refusal;
  }
  const bytes = attachments.reduce((sum, { text = '' }) => sum + new TextEncoder().encode(text).length, 0);
  if (bytes <= attachmentsBytesMax) return undefined;
  const message = `What is attached has ${bytes} bytes, and ${attachmentsBytesMax} is the most for one message.`;
  return refuse('too-large', message, next, { bytes, bytesMax: attachmentsBytesMax }).refusal;
}

/** At the most: quoted, each character of a text can take twice its bytes, and a control character six; each line of it is indented. */
function writtenBytes(text: string): number {
  const lines = text.split('\n').length;
  const controls = text.match(/(?![\t\n\r])\p{Cc}/gu)?.length ?? 0;
  return 2 * new TextEncoder().encode(text).length + 12 * lines + 4 * controls;
}
