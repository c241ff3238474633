/** Messages whose time is over leave the inboxes; the thread keeps them, and their sender gets the receipt `expired`. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { agentsFolder, broadcastFolder, broadcastPath, inboxFolder, inboxPath, receiptPath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { msOf } from '../time.ts';
import { isUnread, mark } from './receipt.ts';

interface Due {
  readonly message: MessageRecord;
  readonly path: string;
  readonly readers: readonly string[];
}

/**
 * The only way in which mail is ever dropped unread. At most so many, of whichever agents; answers how many. Receipts are asked for
 * together: one by one, a decision would begin anew for each.
 */
export function expireMail(draft: Draft, context: Context, countMax: number): number {
  const due = dueIn(draft, context, countMax);
  draft.view.expectRecords(due.map(({ message }) => receiptPath(message.id)));
  for (const { message, path, readers } of due) {
    draft.remove(path);
    for (const reader of readers) {
      if (path === inboxPath(reader, message.id) || isUnread(draft, message.id, reader))
        mark(draft, message, reader, 'expired', context.now, context);
    }
  }
  return due.length;
}

/** By the names of the files: one whose record cannot be read has its mail all the same. */
function dueIn(draft: Draft, { nowMs }: Context, countMax: number): Due[] {
  const due: Due[] = [];
  const look = (folder: string, pathOf: (message: MessageRecord) => Omit<Due, 'message'>) => {
    for (const message of due.length < countMax ? draft.folder(folder) : []) {
      if (message.kind !== 'message' || message.expires === undefined || msOf(message.expires) > nowMs) continue;
      due.push({ message, ...pathOf(message) });
      if (due.length === countMax) return;
    }
  };
  for (const agent of draft.view.names(agentsFolder))
    look(inboxFolder(agent), ({ id }) => ({ path: inboxPath(agent, id), readers: [agent] }));
  look(broadcastFolder, ({ id, to }) => ({ path: broadcastPath(id), readers: to }));
  return due;
}
