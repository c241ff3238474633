/** Which record somebody means by an id or an ending of it. An ending that fits several means none of them. */
import { meansId } from './id.ts';
import type { MessageRecord } from './record/record.ts';
import { type Refusal, refuse } from './refusal.ts';
import { listed, oneLine } from './text.ts';

/** One where it is clear, several where it is not. The whole of an id means that one, whatever else ends in it. */
export function meantBy<T extends { readonly id: string }>(typed: string, records: readonly T[]): T[] {
  const whole = records.filter(({ id }) => id === typed);
  return whole.length > 0 ? whole : records.filter(({ id }) => meansId(typed, id));
}

/** Whole ids are shown: the parts that are usually shown may be the same. */
export function ambiguous(typed: string, candidates: readonly { readonly id: string; readonly what: string }[]) {
  const named = candidates.map(({ id, what }) => `${id} (${what})`);
  const message = `${oneLine(typed, 80)} may mean any of ${candidates.length}: ${listed(named, 5)}.`;
  return refuse('ambiguous', message, 'Name the whole id of the one that is meant.', { candidates }).refusal;
}

export function ambiguousMessages(typed: string, messages: readonly MessageRecord[]): Refusal {
  return ambiguous(
    typed,
    messages.map(({ id, agent, subject, text }) => ({ id, what: `${agent}: ${oneLine(subject ?? text, 40)}` })),
  );
}
