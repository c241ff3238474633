/**
 * Taking out of the tree what is over: used keys, mail whose time has run out, and conversation that everybody has
 * acknowledged, after the retention. Nothing unread ever goes this way; the history keeps all of it.
 */

import { reapAgents } from './agent/reap.ts';
import { settleAsks } from './ask/open.ts';
import { settle } from './claim/settle.ts';
import type { Context, Decision } from './decision.ts';
import type { Draft } from './draft.ts';
import { expireLandings } from './landing/settle.ts';
import { expiredMailMax, tidiedMessagesMax } from './limits.ts';
import { expireMail } from './message/expire.ts';
import { messagesOver, receiptsLeft } from './message/over.ts';
import { returnUndelivered } from './message/undelivered.ts';
import { awaitedPath, keyPath, keysFolder, messagePath, receiptPath, threadPath } from './record/path.ts';
import type { MessageRecord } from './record/record.ts';
import { counted, listed, oneLine } from './text.ts';
import { msOf } from './time.ts';

export interface Tidied {
  readonly removed: number;
  /** There is more to take out, by a next commit: one alone must not hold up the writers. */
  readonly hasMore: boolean;
}

export interface TidyIntent {
  /** So many expired messages are enough for one commit. */
  readonly expiredMax?: number;
}

export function decideTidying(draft: Draft, intent: TidyIntent, context: Context): Decision<Tidied> {
  const { expiredMax = expiredMailMax } = intent;
  settle(draft, context);
  settleAsks(draft, context);
  expireLandings(draft, context);
  const reaped = reapAgents(draft, context);
  const expired = expireMail(draft, context, expiredMax);
  returnUndelivered(draft, context);
  for (const key of [...draft.folder(keysFolder)]) {
    if (key.kind === 'key' && msOf(key.expires) <= context.nowMs) draft.remove(keyPath(key.id));
  }
  // A backlog of what expired goes first: then one commit has enough of it.
  const isBacklog = expired >= expiredMax;
  const ended = isBacklog ? [] : messagesOver(draft, context, tidiedMessagesMax);
  for (const message of ended) remove(draft, message);
  const left = isBacklog ? [] : receiptsLeft(draft, context, tidiedMessagesMax);
  for (const id of left) draft.remove(receiptPath(id));
  const removed = draft.edits().filter(({ record }) => record === null).length;
  const gone = reaped.length === 0 ? [] : [`${oneLine(listed(reaped), 120)} left without a word`];
  const over = removed === 0 ? [] : [`${counted(removed, 'record')} that ${removed === 1 ? 'is' : 'are'} over`];
  const what = [...over, ...gone].join('; ') || 'nothing is over';
  return {
    ok: true,
    result: { removed, hasMore: expired >= expiredMax || ended.length >= tidiedMessagesMax },
    headline: { op: 'gc', subject: `tidy: ${what} (${context.actor.name})`, ids: [] },
  };
}

function remove(draft: Draft, message: MessageRecord): void {
  draft.remove(messagePath(message.id));
  if (message.thread !== message.id) draft.remove(threadPath(message.thread, message.id));
  for (const path of [receiptPath(message.id), awaitedPath(message.id)]) {
    if (draft.record(path) !== undefined) draft.remove(path);
  }
}
