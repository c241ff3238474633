/** Unread mail as text for an agent: each message once, urgent ones first, quiet ones not before somebody asks. */
import { toldMessages } from '../../domain/message/told.ts';
import { peek } from '../peek.ts';
import type { Session } from '../session.ts';

/** `prompt`: whatever is unread. `between-steps`: quiet messages wait for company. `urgent`: nothing else interrupts. */
export type Slot = 'prompt' | 'between-steps' | 'urgent';

/** The rest comes with the next answer. */
const messagesMax = 8;

export async function freshMail(
  session: Session,
  slot: Slot,
): Promise<{ readonly text: string | undefined; readonly ids: readonly string[] }> {
  const input = peek.input.parse({ fresh: true, mark: false, urgent: slot === 'urgent' });
  const answer = await peek.run(input, session);
  const fresh = answer.status === 'done' ? answer.value.messages : [];
  const isQuiet = fresh.every(({ importance, kind }) => importance === 'low' || kind === 'progress');
  if (fresh.length === 0 || (slot === 'between-steps' && isQuiet)) return { text: undefined, ids: [] };
  const shown = fresh.slice(0, messagesMax);
  const { nowMs } = await session.store.read((_view, nowMs) => ({ nowMs }));
  const more = fresh.length - shown.length;
  const rest = more === 0 ? '' : ` ${more} more: peek.`;
  const way = `Answer with reply <id>, or ack <id> when it is dealt with (tools, or git intercom reply/ack).${rest}`;
  return { text: `intercom: unread mail. ${toldMessages(shown, { nowMs })}\n${way}`, ids: shown.map(({ id }) => id) };
}
