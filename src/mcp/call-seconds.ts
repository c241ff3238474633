/** How long one call may wait: clients give up after a minute, and the wait goes on by the next call. */
import { waitCallSecondsMax } from '../domain/limits.ts';

export function callSeconds(wanted: number): number {
  return Math.min(wanted, waitCallSecondsMax);
}
