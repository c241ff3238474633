/** Receipts of messages, whether they are in the tree still or not. */
import { isReadByAll, unionOf } from '../domain/message/receipt.ts';
import { messagePath, receiptPath } from '../domain/record/path.ts';
import type { MessageRecord, ReceiptRecord } from '../domain/record/record.ts';
import type { Session } from './session.ts';

/**
 * What was completed in a clone after the retention had taken a message elsewhere has a receipt with the marks of that one
 * agent. All had acknowledged by then: where that is not so, earlier receipts have the rest.
 */
export async function pastReceipts(
  messages: readonly MessageRecord[],
  { store }: Session,
): Promise<(ReceiptRecord | undefined)[]> {
  const last = await store.archive.last(messages.map(({ id }) => receiptPath(id)));
  const present = await store.read((view) => messages.map(({ id }) => view.record(messagePath(id)) !== undefined));
  return Promise.all(
    messages.map(async (message, n) => {
      const record = last[n];
      if (record?.kind !== 'receipt') return undefined;
      if (present[n] === true || isReadByAll(message, record)) return record;
      let whole: ReceiptRecord = record;
      for await (const earlier of store.past(receiptPath(message.id))) {
        if (earlier.kind === 'receipt') whole = unionOf(whole, earlier);
        if (isReadByAll(message, whole)) break;
      }
      return whole;
    }),
  );
}
