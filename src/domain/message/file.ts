/** Where a message is kept: under its id, and, when it is a reply, in its thread too (the same blob, so it is free). */
import type { Draft } from '../draft.ts';
import { messagePath, threadPath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';

export function file(draft: Draft, message: MessageRecord): void {
  draft.put(messagePath(message.id), message);
  if (message.thread !== message.id) draft.put(threadPath(message.thread, message.id), message);
}
