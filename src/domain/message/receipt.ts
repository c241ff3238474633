/** Receipts: one record a message, with who had it put before them and who acknowledged it. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { receiptPath } from '../record/path.ts';
import type { MessageRecord, ReceiptRecord } from '../record/record.ts';
import { calledIn } from './called.ts';

export type ReceiptMark = 'delivered' | 'acknowledged' | 'completed' | 'expired';

/**
 * Adds the mark once; the earliest instant stays, in whichever order they come: what was put before an agent is noted
 * after the acknowledgement that the same commit may bring. Completing implies acknowledged, and that delivered.
 */
export function mark(
  draft: Draft,
  message: MessageRecord,
  agent: string,
  as: ReceiptMark,
  at: string,
  context: Context,
): void {
  const before = receiptOf(draft, message, context);
  const marks = before[as] ?? [];
  const called = calledIn(draft, message, agent) ?? agent;
  const isIts = (known: { readonly agent: string }) => known.agent === agent || known.agent === called;
  if (marks.some((known) => isIts(known) && known.at <= at)) return;
  const others = marks.filter((known) => !isIts(known));
  const own = { agent, at, ...(called !== agent && { as: called }) };
  const after: ReceiptRecord = { ...before, [as]: [...others, own] };
  draft.put(receiptPath(message.id), after);
  const implied = as === 'completed' ? 'acknowledged' : as === 'acknowledged' ? 'delivered' : undefined;
  if (implied !== undefined) mark(draft, message, agent, implied, at, context);
}

export function hasAcknowledged(draft: Pick<Draft, 'record'>, message: string, agent: string): boolean {
  return isMarked(draft, message, agent, 'acknowledged');
}

/** Of a message to all or to a room: neither acknowledged, nor ended by its expiry or by leaving the room. */
export function isUnread(draft: Pick<Draft, 'record'>, message: string, agent: string): boolean {
  return !hasAcknowledged(draft, message, agent) && !isMarked(draft, message, agent, 'expired');
}

/** When nobody has it unread any more, it leaves the folder of messages to many. */
export function isReadByAll({ to }: Pick<MessageRecord, 'to'>, receipt: ReceiptRecord): boolean {
  const { acknowledged, expired = [] } = receipt;
  const over = namesIn([...acknowledged, ...expired]);
  return to.every((agent) => over.has(agent));
}

export function isMarked(draft: Pick<Draft, 'record'>, message: string, agent: string, as: ReceiptMark): boolean {
  const receipt = draft.record(receiptPath(message));
  return receipt?.kind === 'receipt' && namesIn(receipt[as]).has(agent);
}

/** Whose marks these are, by the names of now and by those that the message has. */
export function namesIn(marks: ReceiptRecord['completed']): Set<string> {
  return new Set((marks ?? []).flatMap(({ agent, as }) => (as === undefined ? [agent] : [agent, as])));
}

function receiptOf(draft: Draft, message: MessageRecord, context: Context): ReceiptRecord {
  const known = draft.record(receiptPath(message.id));
  if (known?.kind === 'receipt') return known;
  return {
    v: 1,
    id: message.id,
    kind: 'receipt',
    agent: message.agent,
    at: context.now,
    thread: message.thread,
    delivered: [],
    acknowledged: [],
  };
}

/** The marks of both, each agent's earliest; in the order of the first, new ones behind. */
export function unionOf(first: ReceiptRecord, other: ReceiptRecord): ReceiptRecord {
  const completed = marksOf(first.completed, other.completed);
  const expired = marksOf(first.expired, other.expired);
  return {
    ...other,
    ...first,
    delivered: marksOf(first.delivered, other.delivered),
    acknowledged: marksOf(first.acknowledged, other.acknowledged),
    ...(completed.length > 0 && { completed }),
    ...(expired.length > 0 && { expired }),
  };
}

function marksOf(some: ReceiptRecord['completed'] = [], others: ReceiptRecord['completed'] = []) {
  const earliest = new Map(some.map((mark) => [mark.agent, mark]));
  for (const mark of others) {
    const known = earliest.get(mark.agent);
    if (known === undefined || mark.at < known.at) earliest.set(mark.agent, mark);
  }
  return [...earliest.values()];
}
