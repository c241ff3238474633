/** Receipts: one record a message, with who had it put before them and who acknowledged it. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { receiptPath } from '../record/path.ts';
import type { MessageRecord, ReceiptRecord } from '../record/record.ts';

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
  if (marks.some((known) => known.agent === agent && known.at <= at)) return;
  const others = marks.filter((known) => known.agent !== agent);
  const after: ReceiptRecord = { ...before, [as]: [...others, { agent, at }] };
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
  const over = new Set([...acknowledged, ...expired].map(({ agent }) => agent));
  return to.every((agent) => over.has(agent));
}

export function isMarked(draft: Pick<Draft, 'record'>, message: string, agent: string, as: ReceiptMark): boolean {
  const receipt = draft.record(receiptPath(message));
  return receipt?.kind === 'receipt' && (receipt[as] ?? []).some((known) => known.agent === agent);
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
