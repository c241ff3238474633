/** Receipts: the marks of both, each agent's earliest. */
import { calledIn } from '../message/called.ts';
import { unionOf } from '../message/receipt.ts';
import { messagePath, receiptPath } from '../record/path.ts';
import type { AnyRecord, MessageRecord, ReceiptRecord } from '../record/record.ts';
import { dropWhenReadByAll } from './messages.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';
import { isSameRecord } from './three-way.ts';

export function replayReceipts({ draft, past }: Round): void {
  for (const { path, before, after } of editsIn('receipts', past)) {
    const current = draft.record(path);
    if (after?.kind === 'receipt' && (current === undefined || current.kind === 'receipt')) {
      const message = draft.record(messagePath(after.id));
      if (message === undefined) {
        const said = completedSince(before, after, past.agent);
        if (said !== undefined) draft.put(path, current === undefined ? said : unionOf(current, said));
        continue;
      }
      const ours = message.kind === 'message' ? asCalled(after, message, draft) : after;
      const receipt = current === undefined ? ours : unionOf(current, ours);
      draft.put(receiptPath(after.id), receipt);
      dropWhenReadByAll(receipt, draft);
    } else if (after === undefined && before?.kind === 'receipt' && isSameRecord(before, current)) {
      // Of a message that stays since somebody waits for it.
      if (draft.record(messagePath(before.id)) === undefined) draft.remove(path);
    }
  }
}

/**
 * Of what the retention took away meanwhile: that it is done is told all the same, and the next tidying takes it into the history.
 * Others' marks are there already, and are not this agent's to write. None of a notice that was not repeated.
 */
function completedSince(before: AnyRecord | undefined, after: ReceiptRecord, agent: string): ReceiptRecord | undefined {
  const known = before?.kind === 'receipt' ? before : undefined;
  const ownIn = (marks: ReceiptRecord['completed'] = []) => marks.filter((mark) => mark.agent === agent);
  const completed = ownIn(after.completed);
  if (known === undefined || completed.length === ownIn(known.completed).length) return undefined;
  const { expired: _others, ...rest } = after;
  return { ...rest, delivered: ownIn(after.delivered), acknowledged: ownIn(after.acknowledged), completed };
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
