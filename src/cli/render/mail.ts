/** Messages, threads and receipts as text. The text of others is indented and named as theirs. */

import { toldQuestion } from '../../domain/ask/told.ts';
import { shortId } from '../../domain/id.ts';
import type { ShownMail, ShownMessage } from '../../domain/message/present.ts';
import { provenanceOf } from '../../domain/message/provenance.ts';
import type { MessageState } from '../../domain/message/state.ts';
import { toldDamped, toldLate, toldNone } from '../../domain/message/told.ts';
import { type ToldReceipts, toldOver, toldReceipts } from '../../domain/message/told-receipts.ts';
import { listed } from '../../domain/text.ts';
import { formatDuration, msOf } from '../../domain/time.ts';
import type { Replying } from '../../operations/reply.ts';
import { aligned } from '../columns.ts';
import type { Telling } from '../command.ts';
import { attachmentLines } from './attachment.ts';
import { ago, askMark, escalationMark, idWord, nameWord, signatureMark } from './words.ts';

export function renderMail(unread: number, messages: readonly ShownMail[], telling: Telling): string {
  if (messages.length === 0) return toldNone(unread);
  const { terminal } = telling;
  const shown = messages.map((message) => renderMessage(message, telling)).join('\n\n');
  return `${above(messages, telling)}${shown}\n\n${terminal.paint('dim', hintFor(unread, messages))}`;
}

/** What can be done with what is shown; nothing where all of it is acknowledged already. */
function hintFor(unread: number, messages: readonly ShownMail[]): string {
  const open = messages.filter(({ acknowledged }) => acknowledged === null);
  const [first] = open;
  const hidden = unread - open.length;
  const more = hidden > 0 ? `${hidden} more unread: git intercom peek --limit ${unread}. ` : '';
  if (first === undefined) return more === '' ? 'Nothing else is unread.' : more.trimEnd();
  const isOne = open.length === 1;
  const id = isOne ? shortId(first.id) : '<id>';
  const ack = isOne ? id : hidden > 0 ? '<id…>' : '--all';
  return `${more}git intercom reply ${id} "…" answers, git intercom ack ${ack} takes note.`;
}

/** `earlier` is the first message where there are more before it. */
export function renderThread(messages: readonly InThread[], earlier: string | null, telling: Telling): string {
  if (messages.length === 0) return 'Nothing was said before that.';
  const [first] = messages;
  const more = earlierHint(earlier, `git intercom thread ${shortId(first?.id ?? '')}`, telling);
  const shown = messages.map((message) => renderInThread(message, telling));
  return `${above(messages, telling)}${[...more, ...shown].join('\n\n')}`;
}

/** Whose words they are; nothing above one's own. */
export function above(messages: Parameters<typeof provenanceOf>[0], { terminal, self }: Telling): string {
  const line = provenanceOf(messages, self);
  return line === undefined ? '' : `${terminal.paint('dim', line)}\n`;
}

export function earlierHint(earlier: string | null, command: string, { terminal }: Telling): string[] {
  return earlier === null
    ? []
    : [terminal.paint('dim', `There is more before: ${command} --before ${shortId(earlier)}`)];
}

type InThread = ShownMessage & { readonly state: MessageState; readonly receipts: ToldReceipts };

/** As a thread shows it: with how it stands. An ask and an escalation say by themselves that they are over. */
function renderInThread(message: InThread, telling: Telling): string {
  const { state, receipts, ask, escalation } = message;
  const isRaised = escalation === null && state === 'escalated';
  const isOver = ask !== null && (ask.answer !== null || ask.cancelled !== null);
  const stands = isOver || escalation !== null ? [] : toldReceipts(receipts, telling.nowMs);
  const shown = { ...message, ackWanted: message.ackWanted && state === 'pending' };
  const more = isRaised ? 'a person is to decide' : state === 'superseded' ? 'superseded' : '';
  return renderMessage(shown, telling, [...stands, more]);
}

export function renderMessage(message: ShownMessage, telling: Telling, more: readonly string[] = []): string {
  const { terminal } = telling;
  const marks = [
    message.importance === 'urgent' ? terminal.paint('red', 'urgent') : '',
    message.importance === 'high' ? terminal.paint('yellow', 'important') : '',
    message.ask === null
      ? message.kind === 'message' || message.kind === 'escalation'
        ? ''
        : message.kind
      : askMark(message.ask, telling),
    // One that was overdue is no decision when it is over.
    message.escalation === null || (message.kind !== 'escalation' && message.escalation.closed !== null)
      ? ''
      : escalationMark(message.escalation, telling),
    message.sealed === undefined ? '' : 'sealed',
    message.signature === undefined ? '' : signatureMark(message.signature, telling),
    message.ackWanted ? 'wants an acknowledgement' : '',
    message.expires === null ? '' : expiry(message.expires, telling),
    message.supersedes === null ? '' : `instead of ${shortId(message.supersedes)}`,
    message.damped === true ? 'one of many answers in a row' : '',
    message.allowedSecret === undefined ? '' : `let through as no secret: ${message.allowedSecret}`,
    ...more,
  ].filter((part) => part !== '');
  const head = `${idWord(message.id, telling)}  ${nameWord(message.from, telling)} → ${listed(message.to)}, ${ago(message.at, telling)}`;
  const subject = message.subject === null ? [] : [`  ${terminal.paint('bold', message.subject)}`];
  const attached = message.attachments.flatMap((each) => attachmentLines(each, message));
  const text = message.text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd());
  const asked = (message.ask?.questions ?? []).map((question) => `    ${toldQuestion(question)}`);
  return [[head, ...marks].join('  '), ...subject, ...text, ...asked, ...attached].join('\n');
}

function expiry(expires: string, { nowMs }: Telling): string {
  const seconds = (msOf(expires) - nowMs) / 1000;
  return seconds > 0 ? `expires in ${formatDuration(seconds)}` : `expired ${formatDuration(-seconds)} ago`;
}

export interface Receipts {
  readonly state: MessageState;
  readonly delivered: readonly Mark[];
  readonly acknowledged: readonly Mark[];
  readonly completed: readonly Mark[];
  readonly answered: readonly Mark[];
  readonly expired: readonly Mark[];
  readonly waiting: readonly string[];
}

interface Mark {
  readonly agent: string;
  readonly at: string;
  /** What the message calls it, where it has another name since. */
  readonly as?: string | undefined;
}

/** One line for each who has done something, one for all who have not, and one where it is over unread. */
export function renderReceipts(
  { state, delivered, acknowledged, completed, answered, expired, waiting }: Receipts,
  telling: Telling,
): string {
  const over = toldOver(state);
  const namesOf = (marks: readonly Mark[]) => new Set(marks.flatMap(({ agent, as = agent }) => [agent, as]));
  const replied = namesOf([...answered, ...completed]);
  const done = namesOf([...acknowledged, ...expired]);
  const row = (mark: string, marks: readonly Mark[]) =>
    marks.map(({ agent, at }) => [mark, nameWord(agent, telling), ago(at, telling)]);
  const silent = waiting.filter((agent) => !done.has(agent));
  const rows = [
    ...row('answered', answered),
    ...row('done', completed),
    ...row(
      'acknowledged',
      acknowledged.filter(({ agent }) => !replied.has(agent)),
    ),
    ...row(
      'seen',
      delivered.filter(({ agent }) => !done.has(agent)),
    ),
    ...row('expired', expired),
    ...(silent.length > 0 ? [[over === undefined ? 'not seen yet' : 'never seen', listed(silent, 5)]] : []),
  ];
  if (rows.length === 0) return over ?? 'It went to nobody.';
  return [...aligned(rows, telling.terminal.columns), ...(over === undefined ? [] : [over])].join('\n');
}

/** `settled`: what waited for it. */
export function renderSent(
  message: ShownMessage,
  telling: Telling,
  { settled = [], late }: Pick<Replying, 'settled' | 'late'> = {},
): string {
  const { terminal } = telling;
  const to = message.to.length === 0 ? 'nobody' : listed(message.to, 4);
  const waits = message.damped === true ? ` ${toldDamped}` : '';
  const ended = settled.map(({ id, kind }) =>
    kind === 'ask' ? ` It answers the ask ${shortId(id)}.` : ` It closes the escalation ${shortId(id)}.`,
  );
  return `${terminal.paint('green', 'Sent')} to ${to}.${ended.join('')}${late === undefined ? '' : ` ${toldLate(late)}`}${waits} ${terminal.paint('dim', `id ${message.id}`)}`;
}
