/**
 * What its sender has said in a message, for whoever holds it against what was recorded first. How it went on (an answer, an
 * end, a receipt) is written by others and is no part of it.
 */
import type { ShownMessage } from './present.ts';

/** Of a message as the branch has it: with what is sealed instead of what is under the seal. */
export function saidIn(message: Omit<ShownMessage, 'signature'>, sealed: string | undefined): string {
  const { id, from, fromPerson, at, subject, text, importance, ask, escalation, attachments, answers } = message;
  const asked = ask === null ? null : [ask.decision, ask.questions];
  // An escalation goes to persons who come later, too.
  const to = escalation === null ? message.to : null;
  const said = [
    id,
    from,
    to,
    at,
    subject,
    text,
    importance,
    asked,
    attachments,
    answers,
    sealed ?? null,
    ...(fromPerson ? ['person'] : []),
  ];
  return JSON.stringify(said, inOrder);
}

/** A record that was just made has its keys in another order than one that was read. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
