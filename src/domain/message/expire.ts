/** Messages whose time is over leave the inboxes; the thread keeps them, and their sender gets the receipt `expired`. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { broadcastFolder, broadcastPath, inboxFolder, inboxPath } from '../record/path.ts';
import { msOf } from '../time.ts';
import { isUnread, mark } from './receipt.ts';

/** The only way in which mail is ever dropped unread. */
export function expireMail(draft: Draft, agent: string, context: Context): void {
  for (const message of [...draft.folder(inboxFolder(agent))]) {
    if (message.kind !== 'message' || message.expires === undefined) continue;
    if (msOf(message.expires) > context.nowMs) continue;
    draft.remove(inboxPath(agent, message.id));
    mark(draft, message, agent, 'expired', context.now, context);
  }
  for (const message of [...draft.folder(broadcastFolder)]) {
    if (message.kind !== 'message' || message.expires === undefined) continue;
    if (msOf(message.expires) > context.nowMs) continue;
    draft.remove(broadcastPath(message.id));
    for (const reader of message.to) {
      if (isUnread(draft, message.id, reader)) mark(draft, message, reader, 'expired', context.now, context);
    }
  }
}
