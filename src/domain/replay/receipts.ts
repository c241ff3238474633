/** Receipts: the marks of both, each agent's earliest. */
import { calledIn } from '../message/called.ts';
import { messagePath, receiptPath } from '../record/path.ts';
import type { MessageRecord, ReceiptRecord } from '../record/record.ts';
import { dropWhenReadByAll } from './messages.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';
import { isSameRecord } from './three-way.ts';

type Marks = ReceiptRecord['delivered'];

export function replayReceipts({ draft, past }: Round): void {
  for (const { path, before, after } of editsIn('receipts', past)) {
    const current = draft.record(path);
    if (after?.kind === 'receipt' && (current === undefined || current.kind === 'receipt')) {
      const message = draft.record(messagePath(after.id));
      // Of a notice that was not repeated.
      if (message === undefined) continue;
      const ours = message.kind === 'message' ? asCalled(after, message, draft) : after;
      const receipt = current === undefined ? ours : union(current, ours);
      draft.put(receiptPath(after.id), receipt);
      dropWhenReadByAll(receipt, draft);
    } else if (after === undefined && before?.kind === 'receipt' && isSameRecord(before, current)) {
      // Of a message that stays since somebody waits for it.
      if (draft.record(messagePath(before.id)) === undefined) draft.remove(path);
    }
  }
}

/** A message that the chain brought may call its readers by other names here. */
function asCalled(receipt: ReceiptRecord, message: MessageRecord, draft: Round['draft']): ReceiptRecord {
  const { completed } = receipt;
  if (completed?.some(({ as }) => as !== undefined) !== true) return receipt;
  const called = completed.map((mark) =>
    mark.as === undefined ? mark : { ...mark, as: calledIn(draft, message, mark.agent) ?? mark.as },
  );
  return { ...receipt, completed: called };
}

function union(current: ReceiptRecord, after: ReceiptRecord): ReceiptRecord {
  const completed = unionOf(current.completed ?? [], after.completed ?? []);
  const expired = unionOf(current.expired ?? [], after.expired ?? []);
  return {
    ...after,
    ...current,
    delivered: unionOf(current.delivered, after.delivered),
    acknowledged: unionOf(current.acknowledged, after.acknowledged),
    ...(completed.length > 0 && { completed }),
    ...(expired.length > 0 && { expired }),
  };
}

/** In the order of the authority, new ones behind. */
function unionOf(some: Marks, others: Marks): Marks {
  const earliest = new Map(some.map((mark) => [mark.agent, mark]));
  for (const mark of others) {
    const known = earliest.get(mark.agent);
    if (known === undefined || mark.at < known.at) earliest.set(mark.agent, mark);
  }
  return [...earliest.values()];
}
