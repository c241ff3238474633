/** What keeps an agent from going on, in words. */

export interface Wait {
  readonly kind: 'claim' | 'answer';
  /** Of the place in the queue, or of the ask. */
  readonly id: string;
  /** The paths, or who is to answer. */
  readonly what: string;
}

/** `src/a.ts`, `the answer of ada`: several asks of one agent are one wait. */
export function toldWaits(waits: readonly Wait[]): readonly string[] {
  return [...new Set(waits.map(({ kind, what }) => (kind === 'claim' ? what : `the answer of ${what}`)))];
}
