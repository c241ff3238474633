/** What a new message, or a new mark on its receipt, says. */
import type { MessageRecord, ReceiptRecord } from '../record/record.ts';
import { listed, oneLine } from '../text.ts';
import type { Notice, Watcher } from './notice.ts';

const shownChars = 120;

export function messageNotices(
  before: MessageRecord | undefined,
  after: MessageRecord | undefined,
  { name }: Watcher,
): Notice[] {
  if (before !== undefined || after === undefined) return [];
  const { agent, id, at, to, audience } = after;
  const whom = audience === 'all' ? 'all' : listed(to);
  const text = `${agent} to ${whom}: ${oneLine(after.subject ?? after.text, shownChars)}`;
  return [{ kind: 'message', at, agent, id, paths: [], text, forYou: to.includes(name) }];
}

/** A receipt does not name the author, so its marks are never marked as somebody's: he asks `receipts`. */
export function receiptNotices(
  before: ReceiptRecord | undefined,
  after: ReceiptRecord | undefined,
  _watcher: Watcher,
): Notice[] {
  const known = new Set(before?.acknowledged.map(({ agent }) => agent));
  const fresh = after?.acknowledged.filter(({ agent }) => !known.has(agent)) ?? [];
  const id = after?.id ?? '';
  return fresh.map(({ agent, at }) => ({
    kind: 'acknowledged',
    at,
    agent,
    id,
    paths: [],
    text: `${agent} acknowledges ${id}`,
    forYou: false,
  }));
}
