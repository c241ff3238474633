/**
 * Mail of an agent that left, and did not come back within the time of the policy. What was sent to it by name goes back to
 * its sender, as a notice with the text; where the sender has left, too, it stays, for nobody would have it. A message to
 * many ends for the one who left: its sender sees that in the receipts, and it need not wait for ever.
 *
 * Whoever takes the name again before that has the mail.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import {
  agentPath,
  agentsFolder,
  askPath,
  broadcastFolder,
  broadcastPath,
  escalationPath,
  inboxFolder,
  inboxPath,
  receiptPath,
} from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { oneLine } from '../text.ts';
import { formatDuration, msOf } from '../time.ts';
import { notify } from './notify.ts';
import { isReadByAll, isUnread, mark } from './receipt.ts';

/** In one commit; the rest is the next one's. */
const returnedMax = 100;

export function returnUndelivered(draft: Draft, context: Context): void {
  const untilMs = context.nowMs - context.policy.undeliveredDays * 86_400_000;
  draft.view.expectRecords(draft.view.names(agentsFolder).map(agentPath));
  const gone = draft.view.names(agentsFolder).filter((name) => isGoneSince(draft, name, untilMs));
  const due = gone.flatMap((name) => dueIn(draft, name, untilMs).map((message) => ({ name, message })));
  for (const { name, message } of due.slice(0, returnedMax)) giveBack(draft, message, name, context);
  endForTheGone(draft, new Set(gone), untilMs, context);
}

/** Whether an agent has left, by this instant. */
export function isGoneSince(draft: Draft, name: string, untilMs: number): boolean {
  const record = draft.record(agentPath(name));
  return record?.kind === 'agent' && record.left !== undefined && msOf(record.left) <= untilMs;
}

/** An ask ends by itself, an escalation by a person, and a notice has nobody behind it. */
function dueIn(draft: Draft, name: string, untilMs: number): MessageRecord[] {
  return [...draft.folder(inboxFolder(name))].filter((message): message is MessageRecord => {
    if (message.kind !== 'message' || message.purpose === 'notice' || msOf(message.at) > untilMs) return false;
    const isOpen = [askPath(message.id), escalationPath(message.id)].some((path) => draft.record(path) !== undefined);
    const sender = draft.record(agentPath(message.agent));
    return !isOpen && sender?.kind === 'agent' && sender.left === undefined;
  });
}

function giveBack(draft: Draft, message: MessageRecord, name: string, context: Context): void {
  const { id, agent, subject, text } = message;
  draft.remove(inboxPath(name, id));
  mark(draft, message, name, 'expired', context.now, context);
  const days = formatDuration(context.policy.undeliveredDays * 86_400);
  notify(draft, context, {
    to: agent,
    subject: `undelivered: ${name} left: ${oneLine(subject ?? text, 120)}`,
    text: `${name} left, and did not come back within ${days}. Nobody read what you sent as ${id}:\n\n${text}`,
    importance: 'normal',
    about: { what: 'undelivered', claims: [id] },
  });
}

function endForTheGone(draft: Draft, gone: ReadonlySet<string>, untilMs: number, context: Context): void {
  for (const message of [...draft.folder(broadcastFolder)]) {
    if (message.kind !== 'message' || msOf(message.at) > untilMs) continue;
    for (const name of message.to) {
      if (gone.has(name) && isUnread(draft, message.id, name))
        mark(draft, message, name, 'expired', context.now, context);
    }
    const receipt = draft.record(receiptPath(message.id));
    if (receipt?.kind === 'receipt' && isReadByAll(message, receipt)) draft.remove(broadcastPath(message.id));
  }
}
