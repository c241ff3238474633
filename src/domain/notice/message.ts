/** What a new message, or a new mark on its receipt, says. */
import { addressed } from '../message/addressed.ts';
import { namesIn } from '../message/receipt.ts';
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
  const kind = after.escalation !== undefined ? 'escalated' : after.ask === undefined ? as : 'asked';
  const receiver = kind === 'escalated' ? 'a person' : whom(after);
  const text = `${agent} ${verbs[kind]} ${receiver}: ${said(after)}`;
  return [{ kind, at, agent, id, paths: [], text, forYou: to.includes(name) }];
}

const verbs = { message: 'to', asked: 'asks', answered: 'answers', escalated: 'escalates to' } as const;

export function whom(message: MessageRecord): string {
  return listed(addressed(message));
}

export function said({ subject, text }: MessageRecord): string {
  return oneLine(subject ?? text, shownChars);
}

/**
 * A mark is for whoever sent the message: that it was put before a reader, nobody else is told. What is completed at once is
 * not acknowledged besides, and neither is told as delivered.
 */
export function receiptNotices(
  before: ReceiptRecord | undefined,
  after: ReceiptRecord | undefined,
  { name }: Watcher,
): Notice[] {
  if (after === undefined) return [];
  const { id } = after;
  const completed = added(before?.completed, after.completed);
  const isCompleted = new Set(completed.map(({ agent }) => agent));
  const acknowledged = added(before?.acknowledged, after.acknowledged).filter(({ agent }) => !isCompleted.has(agent));
  const isFurther = namesIn([...acknowledged, ...completed, ...(before?.acknowledged ?? [])]);
  const delivered = after.agent !== name ? [] : added(before?.delivered, after.delivered);
  const tell = (kind: 'delivered' | 'acknowledged' | 'completed', verb: string) => (mark: Mark) => {
    const { agent, at } = mark;
    return { kind, at, agent, id, paths: [], text: `${agent} ${verb} ${id}`, forYou: after.agent === name };
  };
  return [
    ...delivered.filter(({ agent }) => !isFurther.has(agent)).map(tell('delivered', 'has seen')),
    ...acknowledged.map(tell('acknowledged', 'acknowledges')),
    ...completed.map(tell('completed', 'completes')),
  ];
}

type Mark = ReceiptRecord['delivered'][number];

function added(before: readonly Mark[] = [], after: readonly Mark[] = []): Mark[] {
  const known = new Set(before.map(({ agent }) => agent));
  return after.filter(({ agent }) => !known.has(agent));
}
