/** What an agent has not acknowledged: its inbox, and the messages to all or to a room that still lack its receipt. */
import type { Draft } from '../draft.ts';
import { ambiguousMessages, meantBy } from '../meant-id.ts';
import { broadcastFolder, inboxFolder } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import type { Refusal } from '../refusal.ts';
import { isUnread } from './receipt.ts';

type Reader = Pick<Draft, 'folder' | 'record'>;

/** Open escalations first, then urgent ones, then by time. */
export function unreadOf(draft: Reader, agent: string): MessageRecord[] {
  const unread: MessageRecord[] = [];
  for (const record of draft.folder(inboxFolder(agent))) if (record.kind === 'message') unread.push(record);
  for (const record of draft.folder(broadcastFolder)) {
    if (record.kind === 'message' && record.to.includes(agent) && isUnread(draft, record.id, agent)) {
      unread.push(record);
    }
  }
  return unread.sort((a, b) => urgency(a) - urgency(b) || (a.id < b.id ? -1 : 1));
}

/** Only these jump the line; the rest is read in the order in which it was written. */
function urgency({ importance, escalation }: MessageRecord): number {
  if (escalation !== undefined && escalation.closed === undefined) return 0;
  return importance === 'urgent' && escalation === undefined ? 1 : 2;
}

/** The unread messages that typed references mean; those that mean none are given back. */
export function meantMessages(
  unread: readonly MessageRecord[],
  references: readonly string[],
): { readonly messages: readonly MessageRecord[]; readonly unknown: readonly string[] } | Refusal {
  const found = new Map<string, MessageRecord>();
  const unknown = new Set<string>();
  for (const reference of references) {
    const [message, ...others] = meantBy(reference, unread);
    if (message === undefined) unknown.add(reference);
    else if (others.length > 0) return ambiguousMessages(reference, [message, ...others]);
    else found.set(message.id, message);
  }
  return { messages: [...found.values()], unknown: [...unknown] };
}
