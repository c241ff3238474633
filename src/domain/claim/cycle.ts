/**
 * Waits that would form a cycle are refused: nobody in it could ever be granted. An agent is looked at as one: all that
 * it waits for keeps it from releasing, and a place is as good as held, for it will be.
 */
import { namesFor } from '../agent/visibility.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { waitingFolder } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { WaitingRecord } from '../record/record.ts';
import { obstacles, type Rival, type Wanted } from './conflict.ts';
import { comesWith } from './own.ts';

export interface Cycle {
  /** The actor's first and last. */
  readonly names: readonly string[];
  /** The actor's own place in the queue, where that is what the last one waits for, and no claim. */
  readonly place: WaitingRecord | undefined;
}

/**
 * The cycle that `rivals` would close for the actor's wish; undefined when there is none. A holder who waits for nothing
 * ends every path. What comes with a place of the actor's own waits no longer than that place does.
 */
export function cycleThrough(
  wanted: Pick<Wanted, 'patterns' | 'mode'>,
  rivals: readonly Rival[],
  draft: Draft,
  context: Context,
): Cycle | undefined {
  const waitsByUid = new Map<string, WaitingRecord[]>();
  for (const record of draft.folder(waitingFolder)) {
    if (record.kind === 'waiting') waitsByUid.set(record.uid, [...(waitsByUid.get(record.uid) ?? []), record]);
  }
  const { uid, name } = context.actor;
  const own = waitsByUid.get(uid) ?? [];
  const rivalsOf = (place: WaitingRecord) =>
    obstacles(draft, { ...place, patterns: patternsOf(place, draft.view.paths) }, context).rivals;
  const follow = (from: readonly Rival[], trail: readonly string[], seen: Set<string>): Cycle | undefined => {
    for (const rival of from) {
      if (rival.uid === uid) return { names: [...trail, name], place: own.find(({ id }) => id === rival.id) };
      if (rival.uid === null || seen.has(rival.uid)) continue;
      seen.add(rival.uid);
      for (const place of decisive(waitsByUid.get(rival.uid) ?? [], draft)) {
        const found = follow(rivalsOf(place), [...trail, rival.agent], seen);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  const cycle = follow(rivals, [name], new Set());
  if (cycle === undefined) return undefined;
  const around = own.filter((place) => comesWith(place, wanted, draft));
  if (around.some((place) => follow(rivalsOf(place), [name], new Set()) === undefined)) return undefined;
  return { ...cycle, names: cycle.names.map(namesFor(draft, name)) };
}

/** Without those that come with an earlier one of the same agent. */
function decisive(places: readonly WaitingRecord[], draft: Draft): readonly WaitingRecord[] {
  if (places.length === 1) return places;
  return places.filter((place) => {
    const wanted = { mode: place.mode, patterns: patternsOf(place, draft.view.paths) };
    return !places.some((other) => other.ticket < place.ticket && comesWith(other, wanted, draft));
  });
}
