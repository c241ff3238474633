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
import { bounded, pageOf, shortText } from './bounds.ts';
import { withCallsNamed } from './next-call.ts';

/** Of JSON; the rest is a peek away. */
const mailBytesMax = 4_000;

export interface Showing {
  readonly nowMs: number;
  readonly isReadOnly: boolean;
  /** Ids that this server has put before the agent. */
  readonly shown: Set<string>;
  /** Which tools the client was shown. */
  readonly has: (tool: string) => boolean;
}

export async function withMail(result: CallToolResult, session: Session, showing: Showing): Promise<CallToolResult> {
  const mail = await freshMail(session);
  // Looked at when nothing is awaited any more: of calls at the same time one brings a message.
  const fresh = mail.filter(({ id }) => !showing.shown.has(id));
  if (fresh.length === 0) return result;
  const short = withCallsNamed(fresh, showing.has).map((message) => bounded(plainly(message), mailBytesMax));
  const { items } = pageOf(short, 1, mailBytesMax);
  noteShown(items, session, showing);
  const more = fresh.length - items.length;
  const rest = [
    ...(items.some(({ omitted }) => omitted !== undefined) ? ['Cut here: peek has all of it.'] : []),
    ...(more === 0 ? [] : [`${more} more: call peek.`]),
  ];
  const told = shortText(plainText(`Unread mail. ${toldMessages(items, showing)}`));
  return {
    ...result,
    content: [...result.content, { type: 'text', text: [told, ...rest].join('\n') }],
    structuredContent: { ...result.structuredContent, unreadMail: items },
  };
}

/** Not put before the agent yet, by a receipt or by the local journal. */
async function freshMail(session: Session): Promise<ShownMail[]> {
  const answer = await peek.run(peek.input.parse({ fresh: true, mark: false }), session);
  return answer.status === 'done' ? answer.value.messages.filter(({ damped }) => damped !== true) : [];
}

/** It does not come again with another answer, also where nothing may be marked; else it counts as delivered. */
export function noteShown(
  messages: readonly Pick<ShownMail, 'id' | 'delivered'>[],
  { store, self }: Session,
  { nowMs, isReadOnly, shown }: Omit<Showing, 'has'>,
): void {
  for (const { id } of messages) shown.add(id);
  const fresh = messages.filter(({ delivered }) => delivered === null).map(({ id }) => id);
  if (!isReadOnly && fresh.length > 0) store.journals.delivered.note(self.name, fresh, instantOf(nowMs));
}
