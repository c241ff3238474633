/**
 * Long texts of attachments, each in a file of its own beside the messages: nothing in it is of a message, so that git keeps
 * equal texts once, in however many messages they are. The message names the object, by which the text is found also when
 * both have left the tip. Whoever reads or writes records sees whole messages, and knows nothing of it.
 */
import { isApart } from '../../domain/attachment/apart.ts';
import type { Oid } from '../../domain/oid.ts';
import type { AnyRecord, LiveRecord, MessageRecord } from '../../domain/record/record.ts';
import { decodeYaml } from '../codec/decode.ts';
import { encodeYaml } from '../codec/encode.ts';
import { attachedPath } from './placement.ts';
import type { BlobEdit } from './record-tree.ts';

type Attachment = NonNullable<MessageRecord['attachments']>[number];

/** The record as its file has it, and the files that its long texts are put into by `add`. */
export async function setApart(
  record: LiveRecord,
  add: (content: Uint8Array) => Promise<Oid>,
): Promise<{ readonly record: LiveRecord; readonly files: readonly BlobEdit[] }> {
  if (record.kind !== 'message' || record.attachments === undefined) return { record, files: [] };
  const files: BlobEdit[] = [];
  const attachments: Attachment[] = [];
  let nth = 0;
  for (const attachment of record.attachments) {
    const { text, ...where } = attachment;
    if (text === undefined || !isApart(text)) {
      attachments.push(attachment);
      // Its text could not be read; its file keeps its place.
      if (attachment.object !== undefined) nth++;
      continue;
    }
    const object = await add(encodeYaml({ v: 1, kind: 'attached', text }));
    files.push({ path: attachedPath(record.id, nth++), oid: object });
    attachments.push({ ...where, object });
  }
  return files.length === 0 ? { record, files } : { record: { ...record, attachments }, files };
}

/** The whole message. A text that the repository lacks, or that is none, stays away, and its object goes on being named. */
export async function putTogether(
  record: AnyRecord,
  contentOf: (object: string) => Promise<Uint8Array | undefined>,
): Promise<AnyRecord> {
  if (record.kind !== 'message' || !record.attachments?.some(({ object }) => object !== undefined)) return record;
  const attachments = await Promise.all(
    record.attachments.map(async (attachment): Promise<Attachment> => {
      const { object, ...where } = attachment;
      const content = object === undefined ? undefined : await contentOf(object);
      const text = content === undefined ? undefined : textIn(content);
      return text === undefined ? attachment : { ...where, text };
    }),
  );
  return { ...record, attachments };
}

/** A message that was made by hand may name any object of the repository: only what was put there for it counts. */
function textIn(content: Uint8Array): string | undefined {
  const decoded = decodeYaml(content);
  if (!decoded.ok || decoded.value.kind !== 'attached') return undefined;
  const { text } = decoded.value;
  return typeof text === 'string' ? text : undefined;
}
