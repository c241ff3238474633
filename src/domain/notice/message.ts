/** What a new message, or a new mark on its receipt, says. */
import type { MessageRecord, ReceiptRecord } from '../record/record.ts';
import { listed, oneLine } from '../text.ts';
import type { Notice, Watcher } from './notice.ts';

const shownChars = 120;

export function messageNotices(
  before: MessageRecord | undefined,
  after: MessageRecord | undefined,
  { name }: Watcher,
  as: 'message' | 'answered',
): Notice[] {
  if (before !== undefined || after === undefined) return [];
  const { agent, id, at, to } = after;
  const kind = after.ask === undefined ? as : 'asked';
  const text = `${agent} ${verbs[kind]} ${whom(after)}: ${said(after)}`;
  return [{ kind, at, agent, id, paths: [], text, forYou: to.includes(name) }];
}

const verbs = { message: 'to', asked: 'asks', answered: 'answers' } as const;

export function whom({ audience, to }: MessageRecord): string {
  return audience === 'all' ? 'all' : listed(to);
}

export function said({ subject, text }: MessageRecord): string {
  return oneLine(subject ?? text, shownChars);
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
