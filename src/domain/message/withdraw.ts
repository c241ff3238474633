/** Taking back: the message leaves the inboxes where it is unread; what was acknowledged stays acknowledged. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { whyNotClose } from '../escalation/close.ts';
import { askPath, broadcastPath, escalationPath, inboxPath, messagePath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { oneLine } from '../text.ts';
import { file } from './file.ts';

export function withdraw(draft: Draft, id: string, context: Context): Refusal | undefined {
  const old = draft.record(messagePath(id));
  if (old?.kind !== 'message' || old.uid !== context.actor.uid) {
    return refuse(
      'unknown-message',
      `${context.actor.name} sent no message ${oneLine(id, 40)} that could be superseded.`,
      'Run git intercom search to find its id.',
      { id },
    ).refusal;
  }
  const waiting = whyNotClose(draft, id, context);
  if (waiting !== undefined) return waiting;
  takeBack(draft, { ...old, superseded: true }, context);
  return undefined;
}

/** An ask that is still open is then over, too. */
export function takeBack(draft: Draft, old: MessageRecord, context: Context): void {
  for (const name of old.to) {
    if (draft.record(inboxPath(name, old.id)) !== undefined) draft.remove(inboxPath(name, old.id));
  }
  if (draft.record(broadcastPath(old.id)) !== undefined) draft.remove(broadcastPath(old.id));
  if (draft.record(escalationPath(old.id)) !== undefined) draft.remove(escalationPath(old.id));
  file(draft, { ...old, ask: old.ask && endedAsk(draft, old.id, old.ask, context) });
}

function endedAsk(draft: Draft, id: string, ask: NonNullable<MessageRecord['ask']>, context: Context) {
  if (draft.record(askPath(id)) !== undefined) draft.remove(askPath(id));
  return ask.answer === undefined ? { ...ask, cancelled: context.now } : ask;
}

/** Superseded, or an ask that was cancelled. */
export function isTakenBack(message: MessageRecord): boolean {
  return message.superseded === true || message.ask?.cancelled !== undefined;
}
