/** What came along with a message: where it is from, and the beginning of it as a fenced block. */
import { placeOf } from '../../domain/attachment/told.ts';
import { shortId } from '../../domain/id.ts';
import type { ShownMessage } from '../../domain/message/present.ts';
import { counted, plainText } from '../../domain/text.ts';

type Attachment = ShownMessage['attachments'][number];

/** More lines than this are read in the file; --json has them all. */
const linesMax = 20;

export function attachmentLines(attachment: Attachment, message: Pick<ShownMessage, 'id'>): string[] {
  const { text } = attachment;
  const head = `  attached: ${placeOf(attachment)}`;
  if (text === undefined || text === '') return [head];
  const lines = plainText(text).replace(/\n$/, '').split('\n');
  const shown = lines.slice(0, linesMax).map((line, n) => numbered(line, n, attachment, lines.length));
  const more = lines.length - shown.length;
  const rest = more > 0 ? [`    and ${counted(more, 'more line')} (--json has them all)`] : [];
  const apply =
    attachment.kind === 'patch'
      ? [`    to apply it, from the top: git intercom thread ${shortId(message.id)} --patch | git apply`]
      : [];
  const fence = fenceFor(shown);
  const block = [`${fence}${attachment.language ?? ''}`, ...shown, fence].map((line) => `    ${line}`.trimEnd());
  return [head, ...block, ...rest, ...apply];
}

function numbered(line: string, n: number, { kind, from = 1 }: Attachment, count: number): string {
  return kind === 'patch' ? line : `${String(from + n).padStart(String(from + count - 1).length)}  ${line}`;
}

/** Longer than any in the text: what stands in the block cannot end it. */
function fenceFor(lines: readonly string[]): string {
  const longest = lines.reduce((most, line) => Math.max(most, /`{3,}/.exec(line)?.[0].length ?? 2), 2);
  return '`'.repeat(longest + 1);
}
