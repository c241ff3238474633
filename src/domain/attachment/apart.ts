/** Which texts of attachments are files of their own beside the message, and so take nothing of its record. */
import { textApartBytesMin } from '../limits.ts';
import type { MessageRecord } from '../record/record.ts';

type Attachment = NonNullable<MessageRecord['attachments']>[number];

export function isApart(text: string): boolean {
  return new TextEncoder().encode(text).length >= textApartBytesMin;
}

/** The message as its own file has it, for a record that holds it beside that. */
export function withoutLongTexts(message: MessageRecord): MessageRecord {
  const { attachments } = message;
  return attachments === undefined ? message : { ...message, attachments: attachments.map(withoutLongText) };
}

function withoutLongText(attachment: Attachment): Attachment {
  const { text, ...where } = attachment;
  return text === undefined || !isApart(text) ? attachment : where;
}
