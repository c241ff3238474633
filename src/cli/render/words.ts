/** The small words of every text answer: relative times, ids, paths. */
import { shortId } from '../../domain/id.ts';
import type { ShownAsking } from '../../domain/message/present.ts';
import { listed } from '../../domain/text.ts';
import { formatDuration, msOf } from '../../domain/time.ts';
import type { Telling } from '../command.ts';

export function ago(instant: string, { nowMs }: Pick<Telling, 'nowMs'>): string {
  const seconds = (nowMs - msOf(instant)) / 1000;
  if (seconds < 5) return 'now';
  return `${formatDuration(seconds)} ago`;
}

/** `12m left` or `lapsed 3m ago`. */
export function leaseLeft(expires: string | null, { nowMs, terminal }: Pick<Telling, 'nowMs' | 'terminal'>): string {
  if (expires === null) return '';
  const seconds = (msOf(expires) - nowMs) / 1000;
  if (seconds <= 0) return terminal.paint('yellow', `lapsed ${formatDuration(-seconds)} ago`);
  return terminal.paint(seconds < 120 ? 'yellow' : 'dim', `${formatDuration(seconds)} left`);
}

export function idWord(id: string, { terminal }: Pick<Telling, 'terminal'>): string {
  return terminal.paint('dim', shortId(id));
}

export function nameWord(name: string, { terminal, self }: Telling): string {
  return name === self ? terminal.paint('green', `${name} (you)`) : terminal.paint('cyan', name);
}

export function pathsWord(paths: readonly string[], { terminal }: Pick<Telling, 'terminal'>): string {
  return terminal.paint('bold', listed(paths, 3));
}

/** How an ask stands. */
export function askMark(
  { until, decision, answer, cancelled }: ShownAsking,
  { nowMs, terminal }: Pick<Telling, 'nowMs' | 'terminal'>,
): string {
  if (answer !== null) return `answered by ${shortId(answer)}`;
  if (cancelled !== null) return 'taken back';
  const seconds = (msOf(until) - nowMs) / 1000;
  if (seconds <= 0) return 'not answered in time';
  return terminal.paint('yellow', `wants ${decision ? 'a decision' : 'an answer'} within ${formatDuration(seconds)}`);
}
