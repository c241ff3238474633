/** Open asks, answers, and waits that ran out, as text. */
import type { ShownAsk } from '../../domain/ask/present.ts';
import { toldQuestion } from '../../domain/ask/told.ts';
import type { ShownEscalation } from '../../domain/escalation/present.ts';
import { shortId } from '../../domain/id.ts';
import type { ShownMail } from '../../domain/message/present.ts';
import { listed, oneLine } from '../../domain/text.ts';
import { formatDuration, msOf } from '../../domain/time.ts';
import type { Asked } from '../../operations/ask.ts';
import { aligned } from '../columns.ts';
import type { Telling } from '../command.ts';
import { escalationsAbove } from './escalations.ts';
import { above, renderMail, renderMessage } from './mail.ts';
import { idWord, leaseLeft, nameWord, signatureMark } from './words.ts';

/** The answer, or that the ask was taken back. */
export function renderAsked(asked: Asked, telling: Telling): string {
  const { paint } = telling.terminal;
  if ('cancelled' in asked) return `${paint('green', 'Taken back')}: ${shortId(asked.cancelled.id)} wants no answer.`;
  const id = shortId(asked.answer.id);
  const hint = `git intercom ack ${id} takes note, git intercom reply ${id} "…" goes on.`;
  return `${above([asked.answer], telling)}${renderMessage(asked.answer, telling)}\n\n${paint('dim', hint)}`;
}

interface Peeked {
  readonly unread: number;
  readonly messages: readonly ShownMail[];
  readonly pendingAsks: readonly ShownAsk[];
  readonly escalations: readonly ShownEscalation[];
}

/** What waits for a person first, then the mail; and that there are open asks beside it: acknowledged already, or one's own. */
export function renderPeek({ unread, messages, pendingAsks, escalations }: Peeked, telling: Telling): string {
  const isBelow = (id: string) => messages.some((message) => message.id === id);
  const above = escalationsAbove(
    escalations.filter(({ id }) => !isBelow(id)),
    telling,
  );
  const mail = `${above}${renderMail(unread, messages, telling)}`;
  const count = pendingAsks.filter(({ id }) => !isBelow(id)).length;
  if (count === 0) return mail;
  const asks = `${count} open ${count === 1 ? 'ask' : 'asks'}: git intercom pending.`;
  return `${mail} ${telling.terminal.paint('dim', asks)}`;
}

/** What waits for the reader first. */
export function renderPending(asks: readonly ShownAsk[], telling: Telling): string {
  const { terminal, self } = telling;
  const forYou = asks.filter(({ to }) => to.includes(self));
  const yours = asks.filter(({ from }) => from === self);
  if (asks.length === 0) return 'No ask is open: nobody waits for your answer, nor you for one.';
  const inOrder = [...forYou, ...yours];
  const rows = inOrder.map(({ id, from, to, expires, decision, subject, text, sealed, signature }) => [
    idWord(id, telling),
    `${nameWord(from, telling)} → ${to.map((name) => nameWord(name, telling)).join(', ')}`,
    leaseLeft(expires, telling),
    [
      `${decision ? 'decision: ' : ''}${oneLine(subject ?? text, 200)}`,
      ...(sealed === undefined ? [] : ['(sealed)']),
      ...(signature === undefined ? [] : [`(${signatureMark(signature, telling)})`]),
    ].join(' '),
  ]);
  const hints = [
    ...(forYou.length > 0 ? [`git intercom reply ${idIn(forYou)} "…" answers.`] : []),
    ...(yours.length > 0 ? [`git intercom ask --id ${idIn(yours)} waits, --cancel ${idIn(yours)} takes back.`] : []),
  ];
  // What is asked in an interview stands below: one does not answer by its subject.
  const list = aligned(rows, terminal.columns)
    .flatMap((row, n) => [row, ...(inOrder[n]?.questions ?? []).map((question) => `  ${toldQuestion(question)}`)])
    .join('\n');
  return `${above(asks, telling)}${list}\n\n${terminal.paint('dim', hints.join(' '))}`;
}

/** A wait for an answer that ran out: until when there may still be one, and both ways on. */
export function unanswered(pending: { id: string; to: readonly string[]; expires: string }, telling: Telling): string {
  const { paint } = telling.terminal;
  const id = shortId(pending.id);
  const seconds = (msOf(pending.expires) - telling.nowMs) / 1000;
  const isOver = seconds < 1;
  const state = isOver ? 'and the ask is over' : `and the ask stays open for ${formatDuration(seconds)} more`;
  const next = isOver
    ? 'Ask again, or go on without. A late answer is mail: git intercom peek.'
    : `Run git intercom ask --id ${id} to go on waiting, or git intercom ask --cancel ${id} to take it back.`;
  return [
    `${paint('yellow', 'pending:')} ${listed(pending.to)} has not answered yet, ${state}.`,
    `${paint('cyan', 'next:')}    ${next}`,
  ].join('\n');
}

function idIn(asks: readonly ShownAsk[]): string {
  return asks.length === 1 ? shortId((asks[0] as ShownAsk).id) : '<id>';
}
