/**
 * How a message stands, as its sender sees it: the least that all of its recipients have done. An ask is completed by its
 * answer. What a person is asked to decide about is escalated until that is answered.
 */
import type { MessageRecord, ReceiptRecord } from '../record/record.ts';
import { namesIn } from './receipt.ts';

export type MessageState = 'pending' | 'acknowledged' | 'completed' | 'escalated';

export function stateOf(
  message: Pick<MessageRecord, 'to' | 'ask' | 'escalation'>,
  receipt: ReceiptRecord | undefined,
  isEscalated: boolean,
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
  return hasAll(receipt?.acknowledged) ? 'acknowledged' : 'pending';
}
