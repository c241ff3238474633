/** How long ago and how long still, in words. */
import { counted } from './text.ts';
import { formatDuration, type Instant, msOf } from './time.ts';

export function agoOf(instant: Instant, nowMs: number): string {
  const seconds = (nowMs - msOf(instant)) / 1000;
  return seconds < 5 ? 'now' : `${formatDuration(seconds)} ago`;
}

/** Where nobody is listed who is still there. */
export function toldGone(count: number): string {
  return `Nobody is here now; ${counted(count, 'agent')} left before`;
}

/** `12m left` or `lapsed 3m ago`; empty where nobody knows when it ends. */
export function leftOf(expires: Instant | null, nowMs: number): string {
  if (expires === null) return '';
  const seconds = (msOf(expires) - nowMs) / 1000;
  return seconds > 0 ? `${formatDuration(seconds)} left` : `lapsed ${formatDuration(-seconds)} ago`;
}
