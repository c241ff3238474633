/** Messages as lines of text: who says what, when, and by which id it is answered. */
import { toldAsking, toldQuestion } from '../ask/told.ts';
import { placeOf } from '../attachment/told.ts';
import { toldEscalating } from '../escalation/told.ts';
import { shortId } from '../id.ts';
import { roundsMax } from '../limits.ts';
import { indentedBelow, oneLine, plainText } from '../text.ts';
import { agoOf } from '../told.ts';
import type { ShownMessage } from './present.ts';
import { provenanceOf, toldSignature } from './provenance.ts';
import type { MessageState } from './state.ts';
import { type ToldReceipts, toldReceipts } from './told-receipts.ts';

/** Of one message; the whole is in the structured answer. */
const textCharsMax = 600;

/** Said to its sender: going on would be talking to nobody. */
export const toldDamped = `After ${roundsMax} answers in a row it interrupts nobody; let it rest, or ask a person.`;

/** To who answered an ask after its end. */
export function toldLate(ask: string): string {
  return `The ask ${shortId(ask)} was over: this is mail.`;
}

/** Where none of them is shown. */
export function toldNone(unread: number): string {
  if (unread === 0) return 'Nothing is unread.';
  return unread === 1 ? 'The one unread message does not match.' : `None of the ${unread} unread messages matches.`;
}

/** `self`: who reads them, where that is known. */
export function toldMessages(
  messages: readonly Told[],
  telling: { readonly nowMs: number; readonly self?: string },
): string {
  const above = provenanceOf(messages, telling.self);
  return [...(above === undefined ? [] : [above]), ...messages.map((message) => toldMessage(message, telling))].join(
    '\n',
  );
}

/** In a thread also how it stands. */
type Told = ShownMessage & { readonly state?: MessageState; readonly receipts?: ToldReceipts };

function toldMessage(message: Told, { nowMs }: { readonly nowMs: number }): string {
  const { id, from, to, at, subject, text, importance, ackWanted, state, receipts } = message;
  const room = to[0]?.startsWith('@') ? [`in ${to[0]}`] : [];
  const marks = [
    ...room,
    ...(importance === 'normal' ? [] : [importance]),
    ...standingOf(message, nowMs),
    ...(message.sealed === undefined ? [] : ['sealed']),
    ...(message.signature === undefined ? [] : [toldSignature(message.signature)]),
    ...(ackWanted && (state === undefined || state === 'pending') ? ['wants ack'] : []),
    ...(receipts === undefined ? [] : toldReceipts(receipts, nowMs)),
    ...(state === 'superseded' || state === 'expired' ? [state] : []),
    agoOf(at, nowMs),
  ].join(', ');
  const about = subject === null ? '' : ` ${oneLine(subject, 120)}:`;
  const asked = (message.ask?.questions ?? []).map((question) => `\n  ${toldQuestion(question)}`).join('');
  return `${id} ${from} (${marks})${about} ${indentedBelow(plainText(text, textCharsMax))}${toldAttached(message)}${asked}`;
}

/** In a thread with their texts, below; elsewhere only where they are from, and where they can be read. */
function toldAttached({ id, attachments, state }: Told): string {
  if (attachments.length === 0) return '';
  if (state === undefined) return ` [attached: ${attachments.map(placeOf).join('; ')}; thread ${id} has it]`;
  const below = (text = '') =>
    plainText(text, textCharsMax)
      .trimEnd()
      .replace(/^(?=.)/gm, '    ');
  const told = attachments.map((each) => [`  attached: ${placeOf(each)}`, below(each.text)].filter(Boolean).join('\n'));
  return `\n${told.join('\n')}`;
}

/** Who waits for what; nothing of a plain message, nor of one that was overdue and is not any more. */
function standingOf({ kind, ask, escalation }: ShownMessage, nowMs: number): string[] {
  if (ask !== null) return [toldAsking(ask, nowMs)];
  if (escalation !== null && (kind === 'escalation' || escalation.closed === null)) return [toldEscalating(escalation)];
  return kind === 'message' || kind === 'escalation' ? [] : [kind];
}
