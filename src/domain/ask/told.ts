/** How an ask stands, and what an interview asks, in words. */
import { shortId } from '../id.ts';
import type { ShownAsking } from '../message/present.ts';
import { listed, oneLine } from '../text.ts';
import { formatDuration, msOf } from '../time.ts';
import type { ShownAsk } from './present.ts';
import type { Question } from './questions.ts';

export function toldAsking({ until, decision, answer, cancelled }: ShownAsking, nowMs: number): string {
  if (answer !== null) return `answered by ${shortId(answer)}`;
  if (cancelled !== null) return 'taken back';
  const seconds = (msOf(until) - nowMs) / 1000;
  if (seconds <= 0) return 'not answered in time';
  return `wants ${decision ? 'a decision' : 'an answer'} within ${formatDuration(seconds)}`;
}

/** Open asks by whose turn it is, without a word of what they ask: no line to who has none. */
export function toldPending(
  asks: readonly ShownAsk[],
  { nowMs, self }: { readonly nowMs: number; readonly self?: string },
): string[] {
  const left = ({ expires }: ShownAsk) => `${formatDuration(Math.max(0, (msOf(expires) - nowMs) / 1000))} left`;
  const own = asks.filter(({ from }) => from === self);
  const others = asks.filter(({ from }) => from !== self);
  const line = (head: string, all: readonly ShownAsk[], told: (ask: ShownAsk) => string) =>
    all.length === 0 ? [] : [`${head}: ${listed(all.map(told), 5)}.`];
  return [
    ...line('Waiting for your answer', others, (ask) => `${ask.id} of ${ask.from} (${left(ask)})`),
    ...line('You wait for the answer to', own, (ask) => `${ask.id}, of ${listed(ask.to)} (${left(ask)})`),
  ];
}

/** `port: Which port? (one of 8080, 9090)`. */
export function toldQuestion({ id, text, options, multiple, required }: Question): string {
  const how = [
    options === undefined ? '' : `${multiple === true ? 'some' : 'one'} of ${options.join(', ')}`,
    required === false ? 'may be left out' : '',
  ].filter((part) => part !== '');
  return oneLine(`${id}: ${text}${how.length === 0 ? '' : ` (${how.join('; ')})`}`);
}
