/** Unread mail as text for an agent: each message once, urgent ones first, quiet ones not before somebody asks. */
import { isWorthTelling, type Slot, toldMail } from '../../domain/guard/mail.ts';
import { peek } from '../peek.ts';
import type { Session } from '../session.ts';

export async function freshMail(
  session: Session,
  slot: Slot,
): Promise<{ readonly text: string | undefined; readonly ids: readonly string[] }> {
  const input = peek.input.parse({ fresh: true, mark: false, urgent: slot === 'urgent' });
  const answer = await peek.run(input, session);
  const fresh = answer.status === 'done' ? answer.value.messages : [];
  if (!isWorthTelling(fresh, slot)) return { text: undefined, ids: [] };
  return session.store.read((_view, nowMs) => toldMail(fresh, { nowMs }));
}
