/** What keeps an agent from going on: places in the queue, and open asks of its own. */
import type { Names } from '../domain/agent/visibility.ts';
import type { Wait } from '../domain/agent/wait.ts';
import { shownMessage } from '../domain/message/present.ts';
import { asksFolder } from '../domain/record/path.ts';
import { listed } from '../domain/text.ts';
import { msOf } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import { waitingIn } from './claims.ts';

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
