/**
 * Taking out of the tree what is over: used keys, and conversation that everybody has acknowledged, after the
 * retention. Nothing unread ever goes this way; the history keeps all of it.
 */

import { settleAsks } from './ask/open.ts';
import { settle } from './claim/settle.ts';
import type { Context, Decision } from './decision.ts';
import type { Draft } from './draft.ts';
import { openEscalations } from './escalation/open.ts';
import { expireLandings } from './landing/settle.ts';
import { expireMail } from './message/expire.ts';
import {
  agentsFolder,
  asksFolder,
  broadcastFolder,
  escalationsFolder,
  inboxFolder,
  keyPath,
  keysFolder,
  messagePath,
  messagesFolder,
  receiptPath,
  threadPath,
} from './record/path.ts';
import type { MessageRecord } from './record/record.ts';
import { counted } from './text.ts';
import { msOf } from './time.ts';

export function decideTidying(draft: Draft, context: Context): Decision<{ readonly removed: number }> {
  settle(draft, context);
  settleAsks(draft, context);
  expireLandings(draft, context);
  // By the names of the files: one whose record cannot be read has its mail all the same.
  const agents = [...draft.view.folder(agentsFolder).keys()];
  for (const agent of agents) expireMail(draft, agent, context);
  for (const key of [...draft.folder(keysFolder)]) {
    if (key.kind === 'key' && msOf(key.expires) <= context.nowMs) draft.remove(keyPath(key.id));
  }
  const awaited = awaitedIds(draft, agents);
  const beforeMs = context.nowMs - context.policy.threadRetentionDays * 86_400_000;
  for (const message of [...draft.folder(messagesFolder)]) {
    if (message.kind !== 'message' || awaited.has(message.id) || msOf(message.at) > beforeMs) continue;
    remove(draft, message);
  }
  const removed = draft.edits().filter(({ record }) => record === null).length;
  const over = `${counted(removed, 'record')} that ${removed === 1 ? 'is' : 'are'} over`;
  return {
    ok: true,
    result: { removed },
    headline: { op: 'gc', subject: `tidy: ${over} (${context.actor.name})`, ids: [] },
  };
}

/** Of what somebody has not acknowledged, or not answered. */
function awaitedIds(draft: Draft, agents: readonly string[]): Set<string> {
  const awaited = new Set<string>();
  for (const folder of [asksFolder, escalationsFolder, broadcastFolder, ...agents.map(inboxFolder)]) {
    for (const { id } of draft.folder(folder)) awaited.add(id);
  }
  for (const { escalation } of openEscalations(draft))
    if (escalation.about !== undefined) awaited.add(escalation.about);
  return awaited;
}

function remove(draft: Draft, message: MessageRecord): void {
  draft.remove(messagePath(message.id));
  if (message.thread !== message.id) draft.remove(threadPath(message.thread, message.id));
  if (draft.record(receiptPath(message.id)) !== undefined) draft.remove(receiptPath(message.id));
}
