/** Mail as guards put it before an agent: urgent ones first, quiet ones not before somebody asks. */
import type { ShownMessage } from '../message/present.ts';
import { toldMessages } from '../message/told.ts';
import { plainText } from '../text.ts';

/** `prompt`: whatever is unread. `between-steps`: quiet messages wait for company. `urgent`: nothing else interrupts. */
export type Slot = 'prompt' | 'between-steps' | 'urgent';

/** The rest comes with the next answer. */
const messagesMax = 8;

export function isWorthTelling(fresh: readonly ShownMessage[], slot: Slot): boolean {
  const isQuiet = fresh.every(
    ({ importance, kind, damped }) => importance === 'low' || kind === 'progress' || damped === true,
  );
  return fresh.length > 0 && !(slot !== 'prompt' && isQuiet);
}

/** The ids are those of the messages that the text has. */
export function toldMail(
  fresh: readonly ShownMessage[],
  { nowMs }: { readonly nowMs: number },
): { readonly text: string; readonly ids: readonly string[] } {
  const shown = fresh.slice(0, messagesMax);
  const more = fresh.length - shown.length;
  const rest = more === 0 ? '' : ` ${more} more: peek.`;
  const way = `Answer with reply <id>, or ack <id> when it is dealt with (tools, or git intercom reply/ack).${rest}`;
  const text = plainText(`intercom: unread mail. ${toldMessages(shown, { nowMs })}\n${way}`);
  return { text, ids: shown.map(({ id }) => id) };
}
