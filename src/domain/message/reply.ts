/** Replying: goes to the sender in the same thread, and acknowledges what it answers. */
import { nameIn } from '../agent/former.ts';
import { answer } from '../ask/answer.ts';
import { answersFrom } from '../ask/answers.ts';
import { theOneOpen } from '../ask/meant.ts';
import { type Ask, answerableAsk, isAsk } from '../ask/open.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { closeByAnswer, closeCompleted } from '../escalation/close.ts';
import { isWholeId } from '../id.ts';
import { messagePath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Sealing } from '../sealed/seal.ts';
import { oneLine } from '../text.ts';
import { acknowledge } from './acknowledge.ts';
import { complete, whyNotComplete } from './complete.ts';
import { meantMessages, unreadOf } from './inbox.ts';
import { decideSend, sendSubject } from './send.ts';

export interface ReplyIntent {
  /** An id or an ending of one; without it the one open ask or escalation is meant, or where there is none the only unread message. */
  readonly reference?: string | undefined;
  /** The message of the reference where it has left the tree: its thread goes on all the same. */
  readonly past?: MessageRecord | undefined;
  readonly text: string;
  /** Other recipients than the sender of the original. */
  readonly to?: readonly string[] | undefined;
  readonly importance?: MessageRecord['importance'] | undefined;
  readonly attachments?: MessageRecord['attachments'];
  /** What the original asked for is done. */
  readonly done?: boolean | undefined;
  /** Always of the answer to what was sealed. The answers to an interview are then under it, too: whoever seals them looks whether they fit. */
  readonly sealed?: Sealing | undefined;
}

export interface Replied {
  readonly message: MessageRecord;
  /** The ask that it answers; undefined where it is mail like any. */
  readonly asked: Ask | undefined;
  /** The ask that it would have answered, which was over. */
  readonly late: Ask | undefined;
  /** What waited for it, and waits no more. */
  readonly settled: readonly Settled[];
}

export interface Settled {
  readonly id: string;
  readonly kind: 'ask' | 'escalation';
}

export function decideReply(draft: Draft, given: ReplyIntent, context: Context): Decision<Replied> {
  const ask = given.reference === undefined ? theOneOpen(draft, given.to, context) : undefined;
  if (ask?.ok === false) return ask;
  const intent = { ...given, reference: given.reference ?? ask?.id };
  const { name } = context.actor;
  const unread = unreadOf(draft, name);
  const found = originalOf(draft, unread, intent, name);
  if (!found.ok) return found;
  const { original } = found;
  const asked = askAnswered(draft, original, intent, context);
  const late = asked === undefined ? lateFor(draft, original, intent, context) : undefined;
  const questions = (asked ?? late)?.ask.questions;
  const answers = questions && answersFrom(intent.text, questions, original.id);
  // What comes too late is mail: it may say why, and has its answers beside it where it fits.
  if (asked !== undefined && answers?.ok === false) return answers;
  const sent = decideSend(
    draft,
    {
      to: intent.to ?? [nameIn(draft, { name: original.agent, uid: original.uid })],
      text: intent.text,
      thread: original.thread,
      replyTo: original.id,
      importance: intent.importance,
      attachments: intent.attachments,
      answers: intent.sealed === undefined && answers?.ok === true ? answers.answers : undefined,
      sealed: intent.sealed,
      mustSeal: original.sealed !== undefined,
    },
    context,
  );
  if (!sent.ok) return sent;
  const answered = unread.find(({ id }) => id === original.id);
  if (answered !== undefined) acknowledge(draft, answered, context);
  const pair = { original, reply: sent.result.message };
  const settled: Settled[] = [
    ...(answer(draft, pair, context) ? [{ id: original.id, kind: 'ask' as const }] : []),
    ...closeByAnswer(draft, pair, context).map(({ id }) => ({ id, kind: 'escalation' as const })),
  ];
  const verb = settled.length > 0 ? 'answer' : 'reply';
  if (given.done === true) {
    const open = whyNotComplete(draft, [original], context);
    if (open !== undefined) return { ok: false, refusal: open };
    closeCompleted(draft, [original], context);
    complete(draft, [original], context, (sender) => sent.result.message.to.includes(sender));
  }
  const subject = sendSubject(sent.result.message).replace('message ', `${verb} `);
  return {
    ...sent,
    result: { ...sent.result, asked, late, settled },
    headline: { op: 'reply', subject, ids: [sent.result.message.id] },
  };
}

function originalOf(
  draft: Draft,
  unread: readonly MessageRecord[],
  intent: ReplyIntent,
  name: string,
): { readonly ok: true; readonly original: MessageRecord } | { readonly ok: false; readonly refusal: Refusal } {
  const { reference } = intent;
  const meant = meantMessages(unread, reference === undefined ? [] : [reference]);
  if ('code' in meant) return { ok: false, refusal: meant };
  const isOnlyOne = reference === undefined && unread.length === 1;
  const original = isOnlyOne ? unread[0] : (meant.messages[0] ?? knownBy(reference, draft) ?? intent.past);
  return original?.kind === 'message' ? { ok: true, original } : noOriginal(unread, intent, name);
}

/** A message that is read already can be answered, by its whole id. */
function knownBy(reference: string | undefined, draft: Draft) {
  return reference !== undefined && isWholeId(reference) ? draft.record(messagePath(reference)) : undefined;
}

function noOriginal(unread: readonly MessageRecord[], { reference }: ReplyIntent, name: string) {
  const list = unread.map(({ id, agent, subject, text }) => ({
    id,
    from: agent,
    subject: subject ?? text.slice(0, 60),
  }));
  if (reference !== undefined) {
    const message = `${name} knows no message ${oneLine(reference, 40)}.`;
    return refuse('unknown-message', message, 'Run git intercom peek to see the ids.', { unread: list });
  }
  if (unread.length === 0) {
    return refuse(
      'nothing-to-reply',
      `${name} has no unread message to reply to.`,
      'Name an id, or use git intercom send.',
    );
  }
  const message = `${name} has ${unread.length} unread messages: it is not clear which one is meant.`;
  return refuse('ambiguous', message, 'Name the id: git intercom reply <id> "…".', { unread: list });
}

/** Only by the reply that would be the answer; any other is mail. */
function askAnswered(draft: Draft, original: MessageRecord, intent: ReplyIntent, context: Context): Ask | undefined {
  const ask = answerableAsk(draft, original.id, context);
  return ask !== undefined && wouldAnswer(ask, intent, context) ? ask : undefined;
}

/** An ask that was over before anybody answered it. */
function lateFor(draft: Draft, original: MessageRecord, intent: ReplyIntent, context: Context): Ask | undefined {
  const ask = draft.record(messagePath(original.id));
  if (!isAsk(ask) || ask.ask.answer !== undefined || ask.ask.cancelled !== undefined) return undefined;
  return wouldAnswer(ask, intent, context) ? ask : undefined;
}

function wouldAnswer(ask: Ask, { to }: ReplyIntent, { actor }: Context): boolean {
  return ask.to.includes(actor.name) && (to === undefined || to.includes(ask.agent));
}
