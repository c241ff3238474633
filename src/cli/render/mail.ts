/** Messages, threads and receipts as text. The text of others is indented and named as theirs. */

import { shortId } from '../../domain/id.ts';
import type { ShownMail, ShownMessage } from '../../domain/message/present.ts';
import { listed } from '../../domain/text.ts';
import type { Telling } from '../command.ts';
import { ago, idWord, nameWord } from './words.ts';

export function renderMail(unread: number, messages: readonly ShownMail[], telling: Telling): string {
  if (messages.length === 0)
    return unread === 0 ? 'Nothing is unread.' : `None of the ${unread} unread messages matches.`;
  const { terminal } = telling;
  const shown = messages.map((message) => renderMessage(message, telling)).join('\n\n');
  const ids = messages.length === 1 ? shortId((messages[0] as ShownMail).id) : '<id>';
  const more = unread > messages.length ? `${unread - messages.length} more unread: --limit ${unread}. ` : '';
  const hint = `${more}git intercom reply ${ids} "…" answers, git intercom ack ${messages.length === 1 ? ids : '--all'} takes note.`;
  return `${shown}\n\n${terminal.paint('dim', hint)}`;
}

export function renderMessage(message: ShownMessage, telling: Telling): string {
  const { terminal } = telling;
  const marks = [
    message.importance === 'urgent' ? terminal.paint('red', 'urgent') : '',
    message.importance === 'high' ? terminal.paint('yellow', 'important') : '',
    message.kind === 'message' ? '' : message.kind,
    message.ackWanted ? 'wants an acknowledgement' : '',
  ].filter((part) => part !== '');
  const head = `${idWord(message.id, telling)}  ${nameWord(message.from, telling)} → ${listed(message.to)}, ${ago(message.at, telling)}`;
  const subject = message.subject === null ? [] : [`  ${terminal.paint('bold', message.subject)}`];
  const attached = message.attachments.map(
    ({ path, from, to }) => `  attached: ${path}${from === undefined ? '' : `:${from}-${to ?? from}`}`,
  );
  const text = message.text.split('\n').map((line) => `  ${line}`.trimEnd());
  return [[head, ...marks].join('  '), ...subject, ...text, ...attached].join('\n');
}

export function renderSent(message: ShownMessage, telling: Telling): string {
  const { terminal } = telling;
  const to = message.to.length === 0 ? 'nobody' : listed(message.to, 4);
  return `${terminal.paint('green', 'Sent')} to ${to}. ${terminal.paint('dim', `id ${message.id}`)}`;
}
