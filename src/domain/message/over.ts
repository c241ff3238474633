/**
 * Which conversation is over: a thread goes as a whole, when all that the tree has of it is older than the retention and nobody
 * has any of it unread, unanswered or before a person.
 *
 * Ids tell when a message was made and names who has it unread, so that of a hundred thousand messages only the old ones
 * are read.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { openEscalations } from '../escalation/open.ts';
import { msOfId } from '../id.ts';
import {
  agentsFolder,
  askPath,
  asksFolder,
  awaitedPath,
  broadcastFolder,
  broadcastPath,
  escalationPath,
  escalationsFolder,
  inboxFolder,
  inboxPath,
  messagePath,
  messagesFolder,
  receiptPath,
  receiptsFolder,
  threadFolder,
} from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { msOf } from '../time.ts';

/** The oldest first, and whole threads, so that there may be somewhat more than asked for. */
export function messagesOver(draft: Draft, context: Context, countMax: number): MessageRecord[] {
  const untilMs = context.nowMs - context.policy.threadRetentionDays * 86_400_000;
  const awaited = awaitedIds(draft);
  const isOver = (id: string) => !awaited.has(id) && (msOfId(id) ?? msOfRecord(draft, id)) <= untilMs;
  const candidates = draft.view.names(messagesFolder).filter(isOver).sort();
  const over: MessageRecord[] = [];
  // Of those that are looked at, some may belong to a thread that goes on: then the next ones are.
  for (let at = 0; at < candidates.length && over.length < countMax; at += countMax) {
    const ids = candidates.slice(at, at + countMax);
    draft.view.expectRecords(ids.map(messagePath));
    const known = new Set(over.map(({ thread }) => thread));
    const threads = new Set(ids.flatMap((id) => messageAt(draft, id)?.thread ?? []));
    over.push(
      ...wholeThreads(
        [...threads].filter((thread) => !known.has(thread)),
        isOver,
        draft,
      ),
    );
  }
  return over;
}

/** Ids of what was completed in a clone after the retention had taken the message: it is told, and is over with that. */
export function receiptsLeft(draft: Draft, { nowMs, policy }: Context, countMax: number): string[] {
  const present = new Set(draft.view.names(messagesFolder));
  const untilMs = nowMs - policy.threadRetentionDays * 86_400_000;
  const left = draft.view.names(receiptsFolder).filter((id) => !present.has(id));
  return left.filter((id) => (msOfId(id) ?? 0) <= untilMs).slice(0, countMax);
}

function wholeThreads(threads: readonly string[], isOver: (id: string) => boolean, draft: Draft): MessageRecord[] {
  draft.view.names(...threads.map(threadFolder));
  draft.view.expectRecords(threads.map(messagePath));
  const whole = threads.flatMap((thread) => {
    const replies = draft.view.names(threadFolder(thread));
    const ids = messageAt(draft, thread) === undefined ? replies : [thread, ...replies];
    return ids.every(isOver) ? ids : [];
  });
  draft.view.expectRecords(whole.flatMap((id) => [messagePath(id), receiptPath(id), awaitedPath(id)]));
  return whole.flatMap((id) => messageAt(draft, id) ?? []);
}

function messageAt(draft: Draft, id: string): MessageRecord | undefined {
  const record = draft.record(messagePath(id));
  return record?.kind === 'message' ? record : undefined;
}

/** Of an id that another program made; what cannot be read is never old. */
function msOfRecord(draft: Draft, id: string): number {
  const message = messageAt(draft, id);
  return message === undefined ? Number.POSITIVE_INFINITY : msOf(message.at);
}

/** The same of one message: whether somebody has it unread, waits for its answer, or is to decide about it. */
export function isAwaited({ id, to, ask, escalation }: MessageRecord, draft: Draft): boolean {
  const places = [broadcastPath(id), ...to.map((agent) => inboxPath(agent, id))];
  if (ask !== undefined) places.push(askPath(id));
  if (escalation !== undefined) places.push(escalationPath(id));
  if (places.some((path) => draft.record(path) !== undefined)) return true;
  return openEscalations(draft).some((open) => open.escalation.about === id);
}

/** Of what somebody has not acknowledged, or not answered. */
function awaitedIds(draft: Draft): Set<string> {
  const inboxes = draft.view.names(agentsFolder).map(inboxFolder);
  const awaited = new Set(draft.view.names(asksFolder, escalationsFolder, broadcastFolder, ...inboxes));
  for (const { escalation } of openEscalations(draft))
    if (escalation.about !== undefined) awaited.add(escalation.about);
  return awaited;
}
