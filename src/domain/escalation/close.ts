/** What closes an escalation: a person's reply to whoever raised it, or a person who says that it is done. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { file } from '../message/file.ts';
import { notify } from '../message/notify.ts';
import { escalationPath, inboxPath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import type { Refusal } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { type Escalation, openEscalation, settledBy } from './open.ts';
import { isPerson } from './person.ts';
import { notPersonRefusal } from './refusals.ts';

/**
 * By a reply to the escalation, or to the message that it is about. Whoever raised it is told by a notice where the reply
 * went to the sender of that message alone. Answers which it closed.
 */
export function closeByAnswer(
  draft: Draft,
  { original, reply }: { readonly original: MessageRecord; readonly reply: MessageRecord },
  context: Context,
): readonly Escalation[] {
  if (!isPerson(context.actor)) return [];
  const isTold = (name: string) => name === reply.agent || reply.to.includes(name);
  const closed = settledBy(draft, original).filter(
    ({ agent, escalation }) => isTold(agent) || (escalation.about === original.id && isTold(original.agent)),
  );
  for (const escalation of closed) {
    close(draft, escalation, { answer: reply.id, by: reply.agent }, context);
    if (!isTold(escalation.agent)) tell(draft, escalation, reply, context);
  }
  return closed;
}

function tell(draft: Draft, { id, agent, subject, text }: Escalation, reply: MessageRecord, context: Context): void {
  notify(draft, context, {
    to: agent,
    subject: `${reply.agent} answered what you escalated: ${oneLine(subject ?? text, 100)}`,
    text: `${id} is closed. ${reply.agent} told ${listed(reply.to)} at ${context.now}: ${reply.text}`,
  });
}

/** By a person who completes them, or what they are about. */
export function closeCompleted(draft: Draft, messages: readonly MessageRecord[], context: Context): void {
  if (!isPerson(context.actor)) return;
  for (const message of messages) {
    for (const escalation of settledBy(draft, message)) close(draft, escalation, { by: context.actor.name }, context);
  }
}

/** An agent cannot say of an escalation that it is done. */
export function whyNotClose(draft: Draft, id: string, { actor }: Context): Refusal | undefined {
  const open = openEscalation(draft, id);
  return open === undefined || open.escalation.overdue === true || isPerson(actor)
    ? undefined
    : notPersonRefusal(open, actor.name).refusal;
}

/** Other persons keep it in their inboxes until they take note, and see there that it is answered. */
function close(
  draft: Draft,
  open: Escalation,
  end: { readonly answer?: string; readonly by: string },
  { now }: Context,
): void {
  const closed: Escalation = { ...open, escalation: { ...open.escalation, ...end, closed: now } };
  draft.remove(escalationPath(open.id));
  file(draft, closed);
  for (const name of open.to) {
    if (draft.record(inboxPath(name, open.id)) !== undefined) draft.put(inboxPath(name, open.id), closed);
  }
}
