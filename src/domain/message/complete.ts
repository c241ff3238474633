/**
 * Completing: what a message asked for is done. It is a mark like an acknowledgement, and implies one; the sender is told
 * once, by a quiet notice, unless a reply tells already.
 */
import { nameIn } from '../agent/former.ts';
import { openAsk } from '../ask/open.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { whyNotClose } from '../escalation/close.ts';
import { isEscalation } from '../escalation/open.ts';
import { shortId } from '../id.ts';
import type { MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { counted, listed, oneLine } from '../text.ts';
import { calledIn } from './called.ts';
import { notify } from './notify.ts';
import { isMarked, mark } from './receipt.ts';

/** What was completed before stays as it is, and tells nobody anything. */
export function complete(
  draft: Draft,
  messages: readonly MessageRecord[],
  context: Context,
  isTold: (sender: string) => boolean = () => false,
): void {
  const { name } = context.actor;
  const fresh = messages.filter((message) => {
    const names = [name, calledIn(draft, message, name) ?? name];
    return !names.some((each) => isMarked(draft, message.id, each, 'completed'));
  });
  for (const message of fresh) mark(draft, message, name, 'completed', context.now, context);
  const answerable = fresh.filter(isAnswerable);
  const senderOf = ({ agent, uid }: MessageRecord) => nameIn(draft, { name: agent, uid });
  for (const sender of new Set(answerable.map(senderOf))) {
    if (sender === name || isTold(sender)) continue;
    const done = answerable.filter((message) => senderOf(message) === sender);
    tell(draft, sender, done, context);
  }
}

/** Only who got a message can; and an ask waits for its answer: saying that it is done would leave whoever asked waiting. */
export function whyNotComplete(
  draft: Draft,
  messages: readonly MessageRecord[],
  context: Context,
): Refusal | undefined {
  const { name } = context.actor;
  for (const { id } of messages) {
    const refusal = whyNotClose(draft, id, context);
    if (refusal !== undefined) return refusal;
  }
  const others = messages.find((message) => calledIn(draft, message, name) === undefined && !isEscalation(message));
  if (others !== undefined) {
    const message = `${shortId(others.id)} did not go to ${name}: only who got a message can complete it.`;
    return refuse('not-recipient', message, 'Run git intercom peek to see what is yours.', { id: others.id }).refusal;
  }
  const open = messages.flatMap(({ id }) => openAsk(draft, id, context) ?? []);
  const [first] = open;
  if (first === undefined) return undefined;
  const asks = listed(open.map(({ id, agent }) => `${shortId(id)} of ${agent}`));
  return refuse(
    'ask-open',
    `${counted(open.length, 'ask')} of these ${open.length === 1 ? 'waits' : 'wait'} for an answer: ${asks}.`,
    `Answer with git intercom reply ${shortId(first.id)} --done "…".`,
    { open: open.map(({ id }) => id) },
  ).refusal;
}

/** A notice has nobody behind it who waits to hear of it. */
function isAnswerable({ purpose }: MessageRecord): boolean {
  return purpose !== 'notice';
}

function tell(draft: Draft, to: string, done: readonly MessageRecord[], context: Context): void {
  const { name } = context.actor;
  const what = done.map(({ subject, text }) => oneLine(subject ?? text, 100));
  notify(draft, context, {
    to,
    importance: 'low',
    subject: `${name} has done: ${listed(what)}`,
    text:
      done.length === 1
        ? `You sent it as ${done[0]?.id}`
        : ['You sent that as:', ...done.map(({ id }, n) => `${id}  ${what[n]}`)].join('\n'),
  });
}
