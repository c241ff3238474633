/** Whether a message wakes an idle agent. Two agents that answer each other for ever are damped; people come through. */
import type { MessageRecord } from '../record/record.ts';

export interface Wake {
  readonly from: string;
  readonly atMs: number;
}

export interface Waking {
  readonly from: string;
  readonly importance: MessageRecord['importance'];
  /** Somebody waits for the answer. */
  readonly isAsk: boolean;
  /** The last of too many answers in a row. */
  readonly isDamped: boolean;
}

/** So many times may one agent wake another in so long, and with urgent ones twice as often; then its messages wait. */
const wakesMax = 5;
const withinMs = 10 * 60_000;

/** Quiet messages never wake; asks always do, for the open ones are bounded. */
export function mayWake({ from, importance, isAsk, isDamped }: Waking, past: readonly Wake[], nowMs: number): boolean {
  if (importance === 'low' || isDamped) return false;
  if (isAsk) return true;
  const most = importance === 'urgent' ? 2 * wakesMax : wakesMax;
  return past.filter((wake) => wake.from === from && nowMs - wake.atMs < withinMs).length < most;
}
