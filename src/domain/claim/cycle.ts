/** Waits that would form a cycle are refused: nobody in it could ever be granted. */
import { namesFor } from '../agent/visibility.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { waitingFolder } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { WaitingRecord } from '../record/record.ts';
import { obstacles, type Rival } from './conflict.ts';

/**
 * The names along the cycle that `rivals` would close for the actor, the actor first and last; undefined when there is
 * none. A holder who waits for nothing ends every path. Depth-first over the agents that wait; each is looked at once.
 */
export function cycleThrough(rivals: readonly Rival[], draft: Draft, context: Context): string[] | undefined {
  const waitsByUid = new Map<string, WaitingRecord[]>();
  for (const record of draft.folder(waitingFolder)) {
    if (record.kind === 'waiting') waitsByUid.set(record.uid, [...(waitsByUid.get(record.uid) ?? []), record]);
  }
  const { uid, name } = context.actor;
  const seen = new Set<string>();
  const follow = (from: readonly Rival[], trail: readonly string[]): string[] | undefined => {
    for (const rival of from) {
      if (rival.uid === uid) return [...trail, name];
      if (rival.uid === null || seen.has(rival.uid)) continue;
      seen.add(rival.uid);
      for (const waiting of waitsByUid.get(rival.uid) ?? []) {
        const wanted = { ...waiting, patterns: patternsOf(waiting, draft.view.paths) };
        const found = follow(obstacles(draft, wanted, context).rivals, [...trail, rival.agent]);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  return follow(rivals, [name])?.map(namesFor(draft, name));
}
