/** Taking an ask back: it leaves the inbox of the asked agent if it is unread there; who took note of it is told. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { notify } from '../message/notify.ts';
import { hasAcknowledged } from '../message/receipt.ts';
import { takeBack } from '../message/withdraw.ts';
import type { MessageRecord } from '../record/record.ts';
import { oneLine } from '../text.ts';
import { askSubject } from './ask.ts';
import { answerOf, ownAsk } from './await.ts';
import type { Ask } from './open.ts';
import { unknownAskRefusal } from './refusals.ts';

export type Cancelled = { readonly cancelled: Ask } | { readonly answer: MessageRecord };

/** Taking back what is taken back already is done. What was answered meanwhile cannot be: here is the answer. */
export function decideCancel(draft: Draft, { id }: { readonly id: string }, context: Context): Decision<Cancelled> {
  const ask = ownAsk(draft, id, context);
  if (ask === undefined) return unknownAskRefusal(id, context.actor.name);
  const headline = { op: 'ask-cancel', subject: askSubject('take back', ask), ids: [ask.id] };
  const answer = answerOf(draft, ask);
  if (answer !== undefined) return { ok: true, result: { answer }, headline };
  if (ask.ask.cancelled === undefined) {
    takeBack(draft, ask, context);
    for (const name of ask.to) if (hasAcknowledged(draft, ask.id, name)) tell(draft, name, ask, context);
  }
  return { ok: true, result: { cancelled: ask }, headline };
}

function tell(draft: Draft, to: string, ask: Ask, context: Context): void {
  notify(draft, context, {
    to,
    subject: `${ask.agent} needs no answer any more: ${oneLine(ask.subject ?? ask.text, 100)}`,
    text: `${ask.agent} took the ask ${ask.id} back at ${context.now}.`,
  });
}
