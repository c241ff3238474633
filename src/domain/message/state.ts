/**
 * How a message stands, as its sender sees it: the least that all of its recipients have done. An ask is completed by its
 * answer. What a person is asked to decide about is escalated until that is answered. What some did not take note of, and
 * can no more, is over by how that came about.
 */
import type { MessageRecord, ReceiptRecord } from '../record/record.ts';
import { msOf } from '../time.ts';
import { namesIn } from './receipt.ts';

export type MessageState =
  | 'pending'
  | 'acknowledged'
  | 'completed'
  | 'escalated'
  /** Its time was over, or who did not read it had left. */
  | 'expired'
  | 'superseded'
  /** An ask that was taken back. */
  | 'cancelled';

export function stateOf(
  message: Pick<MessageRecord, 'to' | 'ask' | 'escalation' | 'expires' | 'superseded'>,
  receipt: ReceiptRecord | undefined,
  { isEscalated, nowMs }: { readonly isEscalated: boolean; readonly nowMs: number },
): MessageState {
  if (isEscalated) return 'escalated';
  const hasAll = (marks: ReceiptRecord['delivered'] = []) => {
    const agents = namesIn(marks);
    return message.to.length > 0 && message.to.every((name) => agents.has(name));
  };
  const { overdue, answer, closed } = message.escalation ?? {};
  const isDecided = closed !== undefined && (overdue !== true || answer !== undefined);
  const isEnded = message.ask?.answer !== undefined || isDecided;
  if (isEnded || hasAll(receipt?.completed)) return 'completed';
  if (hasAll(receipt?.acknowledged)) return 'acknowledged';
  if (message.ask?.cancelled !== undefined) return 'cancelled';
  if (message.superseded === true) return 'superseded';
  // The clock counts, too: mail stays in its inbox until somebody tidies.
  const isOver = message.expires !== undefined && msOf(message.expires) <= nowMs;
  const ended = [...(receipt?.acknowledged ?? []), ...(receipt?.expired ?? [])];
  return isOver || hasAll(ended) ? 'expired' : 'pending';
}
