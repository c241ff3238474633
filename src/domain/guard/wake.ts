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
}

/** So many times may one agent wake another in so long; then its messages wait for the next prompt. */
const wakesMax = 5;
const withinMs = 10 * 60_000;

/** Quiet messages never wake; urgent ones and asks always do, for their number is bounded elsewhere. */
export function mayWake({ from, importance, isAsk }: Waking, past: readonly Wake[], nowMs: number): boolean {
  if (importance === 'low') return false;
  if (importance === 'urgent' || isAsk) return true;
  return past.filter((wake) => wake.from === from && nowMs - wake.atMs < withinMs).length < wakesMax;
}
