/** Receipts: the marks of both, each agent's earliest. */
import { messagePath, receiptPath } from '../record/path.ts';
import type { ReceiptRecord } from '../record/record.ts';
import { dropWhenReadByAll } from './messages.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';
import { isSameRecord } from './three-way.ts';

type Marks = ReceiptRecord['delivered'];

export function replayReceipts({ draft, past }: Round): void {
  for (const { path, before, after } of editsIn('receipts', past)) {
    const current = draft.record(path);
    if (after?.kind === 'receipt' && (current === undefined || current.kind === 'receipt')) {
      // Of a notice that was not repeated.
      if (draft.record(messagePath(after.id)) === undefined) continue;
      const receipt = current === undefined ? after : union(current, after);
      draft.put(receiptPath(after.id), receipt);
      dropWhenReadByAll(receipt, draft);
    } else if (after === undefined && before?.kind === 'receipt' && isSameRecord(before, current)) {
      // Of a message that stays since somebody waits for it.
      if (draft.record(messagePath(before.id)) === undefined) draft.remove(path);
    }
  }
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
