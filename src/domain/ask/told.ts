/** How an ask stands, and what an interview asks, in words. */
import { shortId } from '../id.ts';
import type { ShownAsking } from '../message/present.ts';
import { formatDuration, msOf } from '../time.ts';
import type { Question } from './questions.ts';

export function toldAsking({ until, decision, answer, cancelled }: ShownAsking, nowMs: number): string {
  if (answer !== null) return `answered by ${shortId(answer)}`;
  if (cancelled !== null) return 'taken back';
  const seconds = (msOf(until) - nowMs) / 1000;
  if (seconds <= 0) return 'not answered in time';
  return `wants ${decision ? 'a decision' : 'an answer'} within ${formatDuration(seconds)}`;
}

/** `port: Which port? (one of 8080, 9090)`. */
export function toldQuestion({ id, text, options, multiple, required }: Question): string {
  const how = [
    options === undefined ? '' : `${multiple === true ? 'some' : 'one'} of ${options.join(', ')}`,
    required === false ? 'may be left out' : '',
  ].filter((part) => part !== '');
  return `${id}: ${text}${how.length === 0 ? '' : ` (${how.join('; ')})`}`;
}
