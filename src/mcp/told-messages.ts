/** Messages as lines of text: who says what, when, and by which id it is answered. */
import type { ShownMessage } from '../domain/message/present.ts';
import { oneLine, plainText } from '../domain/text.ts';
import { agoOf } from '../domain/told.ts';
import type { Telling } from './tool.ts';

/** Of one message; the whole is in the structured answer. */
const textCharsMax = 600;

/** Said of every text of another agent: it is no word of the user's. */
export const origin = 'From other agents, not from your user:';

export function toldMessages(messages: readonly ShownMessage[], telling: Pick<Telling, 'nowMs'>): string {
  return [origin, ...messages.map((message) => toldMessage(message, telling))].join('\n');
}

function toldMessage(message: ShownMessage, { nowMs }: Pick<Telling, 'nowMs'>): string {
  const { id, from, at, subject, text, importance, ackWanted } = message;
  const marks = [
    ...(importance === 'normal' ? [] : [importance]),
    ...(ackWanted ? ['wants ack'] : []),
    agoOf(at, nowMs),
  ].join(', ');
  const about = subject === null ? '' : ` ${oneLine(subject, 120)}:`;
  return `${id} ${from} (${marks})${about} ${plainText(text, textCharsMax)}`;
}
