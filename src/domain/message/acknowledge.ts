/** Acknowledging: the entry leaves the inbox, the sender sees the receipt, the thread keeps the text. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { closeCompleted } from '../escalation/close.ts';
import { openEscalation } from '../escalation/open.ts';
import { closeWhenAcknowledged } from '../escalation/overdue.ts';
import { isWholeId } from '../id.ts';
import { awaitedPath, broadcastPath, inboxPath, messagePath, receiptPath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { counted, listed, oneLine } from '../text.ts';
import { calledIn } from './called.ts';
import { complete, whyNotComplete } from './complete.ts';
import { noteHeard } from './heard.ts';
import { meantMessages, unreadOf } from './inbox.ts';
import { hasAcknowledged, isMarked, isReadByAll, mark } from './receipt.ts';
import { isTakenBack } from './withdraw.ts';

export interface AcknowledgeIntent {
  /** Ids, or endings of them; `all` acknowledges whatever is unread. */
  readonly references: readonly string[] | 'all';
  /** What they asked for is done. Also said of what was acknowledged before. */
  readonly done?: boolean | undefined;
}

export interface Acknowledged {
  readonly acknowledged: readonly string[];
  /** Only where it was said. */
  readonly completed?: readonly string[];
}

/**
 * Acknowledging again what is acknowledged already is done, not refused: the answer of the first time may have been
 * lost. What was superseded meanwhile is acknowledged by itself; the newer one stays unread. An id that never was in
 * this inbox is refused.
 */
export function decideAcknowledge(draft: Draft, intent: AcknowledgeIntent, context: Context): Decision<Acknowledged> {
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const { name } = context.actor;
  const unread = unreadOf(draft, name);
  const meant =
    intent.references === 'all' ? { messages: unread, unknown: [] } : meantMessages(unread, intent.references);
  if ('code' in meant) return { ok: false, refusal: meant };
  const { messages, unknown } = meant;
  const again = unknown.filter((id) => wasAcknowledged(draft, id, name));
  const withdrawn = unknown.flatMap((id) => withdrawnFrom(draft, id, name));
  // A person may close what was raised before they came.
  const escalated = intent.done === true ? unknown.flatMap((id) => openEscalation(draft, id) ?? []) : [];
  const found = new Set([...again, ...[...withdrawn, ...escalated].map(({ id }) => id)]);
  const missing = unknown.filter((id) => !found.has(id));
  if (missing.length > 0) {
    return refuse(
      'unknown-message',
      `${name} has no unread message ${listed(missing.map((id) => oneLine(id, 40)))}.`,
      'Run git intercom peek to see what is unread.',
      { unknown: missing },
    );
  }
  const known = again.flatMap((id) => messageOf(draft, id));
  const done = intent.done === true ? [...new Set([...messages, ...withdrawn, ...known, ...escalated])] : [];
  const open = whyNotComplete(draft, done, context);
  if (open !== undefined) return { ok: false, refusal: open };
  for (const message of messages) acknowledge(draft, message, context);
  for (const message of withdrawn) mark(draft, message, name, 'acknowledged', context.now, context);
  closeCompleted(draft, done, context);
  complete(draft, done, context);
  const fresh = [...messages, ...withdrawn];
  noteHeard(draft, fresh, context);
  const ids = fresh.map(({ id }) => id);
  const acknowledged = [...new Set([...ids, ...again, ...escalated.map(({ id }) => id)])];
  const verb = intent.done === true ? 'done' : 'ack';
  return {
    ok: true,
    result: intent.done === true ? { acknowledged, completed: acknowledged } : { acknowledged },
    headline: {
      op: 'ack',
      subject: subjectOf(verb, intent.done === true ? done : fresh, name),
      ids: intent.done === true ? done.map(({ id }) => id) : ids,
    },
  };
}

function messageOf(draft: Draft, id: string): MessageRecord[] {
  const message = draft.record(messagePath(id));
  return message?.kind === 'message' ? [message] : [];
}

export function acknowledge(draft: Draft, message: MessageRecord, context: Context): void {
  const { name } = context.actor;
  mark(draft, message, name, 'acknowledged', context.now, context);
  if (message.audience === 'named') draft.remove(inboxPath(name, message.id));
  else dropWhenRead(draft, message);
  // Most messages are never watched: they cost no look.
  if (message.escalation?.overdue === true) closeWhenAcknowledged(draft, message.id, context);
  const isWatching = context.policy.escalation.ackOverdueSeconds !== null;
  const isAwaited = isWatching && message.audience === 'named' && message.to.length === 1;
  if (isAwaited && draft.record(awaitedPath(message.id)) !== undefined) draft.remove(awaitedPath(message.id));
}

/** A message to many leaves the tree when the last of them has done with it. */
export function dropWhenRead(draft: Draft, message: MessageRecord): void {
  const receipt = draft.record(receiptPath(message.id));
  if (receipt?.kind === 'receipt' && isReadByAll(message, receipt)) draft.remove(broadcastPath(message.id));
}

function wasAcknowledged(draft: Draft, id: string, agent: string): boolean {
  if (!isWholeId(id)) return false;
  const [message] = messageOf(draft, id);
  const called = message === undefined ? agent : (calledIn(draft, message, agent) ?? agent);
  return hasAcknowledged(draft, id, agent) || hasAcknowledged(draft, id, called);
}

/** The superseded message of this id, when it was taken from this agent unread. */
function withdrawnFrom(draft: Draft, id: string, agent: string): MessageRecord[] {
  if (!isWholeId(id) || hasAcknowledged(draft, id, agent) || isMarked(draft, id, agent, 'expired')) return [];
  const message = draft.record(messagePath(id));
  return message?.kind === 'message' && isTakenBack(message) && message.to.includes(agent) ? [message] : [];
}

function subjectOf(verb: 'ack' | 'done', messages: readonly MessageRecord[], name: string): string {
  const [first] = messages;
  if (messages.length === 1 && first !== undefined) {
    return `${verb} ${first.agent}: ${oneLine(first.subject ?? first.text, 60)} (${name})`;
  }
  return `${verb} ${counted(messages.length, 'message')} (${name})`;
}
