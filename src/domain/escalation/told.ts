/** How an escalation stands, and why a person is needed, in words. */
import type { ShownEscalating } from '../message/present.ts';
import { oneLine } from '../text.ts';

export function toldEscalating({ why, by, closed }: ShownEscalating): string {
  if (closed !== null) return `decided by ${by ?? 'a person'}`;
  return `waits for a person${why === null ? '' : `: ${oneLine(why, 200)}`}`;
}
