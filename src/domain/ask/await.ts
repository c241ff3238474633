/** Whoever asked comes back: for the answer, or to learn that there is none yet, or that there will be none. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { askPath, messagePath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { msOf } from '../time.ts';
import { askSubject } from './ask.ts';
import { type Ask, isAsk } from './open.ts';
import { cancelledRefusal, unknownAskRefusal } from './refusals.ts';

/** `over`: nobody answered in time. It is a result and no refusal, because it may have to be written down. */
export type Awaited = { readonly answer: MessageRecord } | { readonly open: Ask } | { readonly over: Ask };

/** Writes only when it finds an ask whose time is over, which then leaves the tree for everybody. */
export function decideAwait(draft: Draft, { id }: { readonly id: string }, context: Context): Decision<Awaited> {
  const ask = ownAsk(draft, id, context);
  if (ask === undefined) return unknownAskRefusal(id, context.actor.name);
  const headline = { op: 'ask-over', subject: askSubject('unanswered', ask), ids: [ask.id] };
  const answer = answerOf(draft, ask);
  if (answer !== undefined) return { ok: true, result: { answer }, headline };
  if (ask.ask.cancelled !== undefined) return cancelledRefusal(ask);
  const isOpen = draft.record(askPath(ask.id)) !== undefined;
  if (isOpen && msOf(ask.ask.until) > context.nowMs) return { ok: true, result: { open: ask }, headline };
  if (isOpen) draft.remove(askPath(ask.id));
  return { ok: true, result: { over: ask }, headline };
}

/** The ask of this id, when the actor asked it. */
export function ownAsk(draft: Draft, id: string, { actor }: Context): Ask | undefined {
  const record = draft.record(messagePath(id));
  return isAsk(record) && record.uid === actor.uid ? record : undefined;
}

export function answerOf(draft: Draft, { ask }: Ask): MessageRecord | undefined {
  const record = ask.answer === undefined ? undefined : draft.record(messagePath(ask.answer));
  return record?.kind === 'message' ? record : undefined;
}
