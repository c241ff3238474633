/** Where an attachment is from, in a few words. */
import type { MessageRecord } from '../record/record.ts';
import { counted, oneLine } from '../text.ts';

type Attachment = NonNullable<MessageRecord['attachments']>[number] & {
  /** Of one that is told in parts: `2 of 9`. */
  readonly part?: string;
};

/** `src/auth.ts:2-3 at 3f2a1b0, changed since`. */
export function placeOf({ path: written, kind, from, to, commit, changed, text, part }: Attachment): string {
  const path = oneLine(written, 300);
  const lines = from === undefined ? '' : `:${to === undefined || to === from ? from : `${from}-${to}`}`;
  const at = commit?.slice(0, 7);
  if (part !== undefined) return `${path}${lines}, part ${part}`;
  if (kind === 'patch') {
    const files = (text ?? '').match(/^diff --git /gm)?.length ?? 0;
    return `${path} (${counted(files, 'file')})${at === undefined ? '' : ` on top of ${at}`}`;
  }
  if (at === undefined) return `${path}${lines}`;
  return `${path}${lines} at ${at}${changed === true ? ', with changes that are not committed' : ''}`;
}
