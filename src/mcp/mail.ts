/**
 * Unread messages, put into the answer of whatever tool is called next: a client that passes every push by still gets
 * its mail. Each message once; it stays unread until it is acknowledged.
 */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ShownMail } from '../domain/message/present.ts';
import { toldMessages } from '../domain/message/told.ts';
import { plainly } from '../domain/plainly.ts';
import { plainText } from '../domain/text.ts';
import { instantOf } from '../domain/time.ts';
import { peek } from '../operations/peek.ts';
import type { Session } from '../operations/session.ts';
import { pageOf } from './bounds.ts';

/** Of JSON; the rest is a peek away. */
const mailBytesMax = 4_000;

export async function withMail(
  result: CallToolResult,
  session: Session,
  { nowMs, isReadOnly, shown }: { readonly nowMs: number; readonly isReadOnly: boolean; readonly shown: Set<string> },
): Promise<CallToolResult> {
  const fresh = await freshMail(session, shown);
  if (fresh.length === 0) return result;
  const { items } = pageOf(fresh, 1, mailBytesMax);
  for (const { id } of items) shown.add(id);
  if (!isReadOnly) session.store.journals.delivered.note(session.self.name, idsOf(items), instantOf(nowMs));
  const more = fresh.length - items.length;
  const text = `Unread mail. ${toldMessages(items, { nowMs })}${more === 0 ? '' : `\n${more} more: call peek.`}`;
  return {
    ...result,
    content: [...result.content, { type: 'text', text: plainText(text) }],
    structuredContent: { ...result.structuredContent, unreadMail: plainly(items) },
  };
}

/** Not put before the agent yet: by a receipt, by the local journal, or, where neither is written, by this server. */
async function freshMail(session: Session, shown: ReadonlySet<string>): Promise<ShownMail[]> {
  const answer = await peek.run(peek.input.parse({ fresh: true, mark: false }), session);
  return answer.status === 'done'
    ? answer.value.messages.filter(({ id, damped }) => damped !== true && !shown.has(id))
    : [];
}

function idsOf(messages: readonly { readonly id: string }[]): string[] {
  return messages.map(({ id }) => id);
}
