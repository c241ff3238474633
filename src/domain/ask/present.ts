/** Open asks as answers show them: the same keys in `pending`, in `peek`, in tools and in the library. */
import type { ShownMessage } from '../message/present.ts';
import { msOf } from '../time.ts';

export interface ShownAsk {
  readonly id: string;
  readonly thread: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly at: string;
  /** Until when it is open. */
  readonly expires: string;
  /** The asker cannot go on without it. */
  readonly decision: boolean;
  readonly subject: string | null;
  readonly text: string;
}

/** Those that this agent asked, and those that were asked of it, in the order in which they were asked. */
export function pendingAsks(asks: Iterable<ShownMessage>, agent: string, nowMs: number): ShownAsk[] {
  const pending: ShownAsk[] = [];
  for (const { id, thread, from, to, at, subject, text, ask } of asks) {
    if (ask === null || msOf(ask.until) <= nowMs || (from !== agent && !to.includes(agent))) continue;
    pending.push({ id, thread, from, to, at, expires: ask.until, decision: ask.decision, subject, text });
  }
  return pending.sort((a, b) => (a.id < b.id ? -1 : 1));
}
