/** How an escalation stands, and why a person is needed, in words. */
import type { ShownEscalating } from '../message/present.ts';
import { listed, oneLine } from '../text.ts';
import { agoOf } from '../told.ts';
import type { ShownEscalation } from './present.ts';

export function toldEscalating({ why, by, closed }: ShownEscalating): string {
  if (closed !== null) return `decided by ${by ?? 'a person'}`;
  return `waits for a person${why === null ? '' : `: ${oneLine(why, 200)}`}`;
}

/** Open ones, without a word of what they say: no line where there is none. */
export function toldWaiting(escalations: readonly ShownEscalation[], nowMs: number): string[] {
  if (escalations.length === 0) return [];
  const each = escalations.map(({ id, from, at }) => `${id} of ${from} (${agoOf(at, nowMs)})`);
  return [`Waiting for a person: ${listed(each, 5)}.`];
}
