/** What keeps an agent from going on: places in the queue, and open asks of its own. */
import type { Names } from '../domain/agent/visibility.ts';
import { shownMessage } from '../domain/message/present.ts';
import { asksFolder } from '../domain/record/path.ts';
import { listed } from '../domain/text.ts';
import { msOf } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import { waitingIn } from './claims.ts';

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

/** By the uid of the agent. Reads the small folders of what is open. */
export function waitsIn(view: View, nowMs: number, names: Names): ReadonlyMap<string, readonly Wait[]> {
  const waits = new Map<string, Wait[]>();
  const add = (uid: string, wait: Wait) => waits.set(uid, [...(waits.get(uid) ?? []), wait]);
  for (const { id, uid, paths, expires } of waitingIn(view)) {
    if (msOf(expires) > nowMs) add(uid, { kind: 'claim', id, what: listed(paths, 3) });
  }
  for (const record of view.folder(asksFolder).values()) {
    if (record.kind !== 'message' || record.ask === undefined || msOf(record.ask.until) <= nowMs) continue;
    add(record.uid, { kind: 'answer', id: record.id, what: listed(shownMessage(record).to.map(names)) });
  }
  return waits;
}
