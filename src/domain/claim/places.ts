/** Which of an agent's places in the queue are meant, by ids or by all the paths that one waits for. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { ambiguous, meantBy } from '../meant-id.ts';
import { waitingFolder } from '../record/path.ts';
import type { WaitingRecord } from '../record/record.ts';
import type { Refusal } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { meantPaths, ownClaims } from './held.ts';

interface MeantPlaces {
  /** The oldest first. */
  readonly places: readonly WaitingRecord[];
  /** References that mean none of them, or a claim as well. */
  readonly others: readonly string[];
}

/** An ending of several ids is refused. A place is meant as a whole: some of its paths mean none. */
export function meantPlaces(
  draft: Draft,
  references: readonly string[],
  by: 'id' | 'id or paths',
  context: Context,
): MeantPlaces | Refusal {
  const own = ownPlaces(draft, context);
  const left = new Set<WaitingRecord>();
  const used = new Set<string>();
  for (const typed of references) {
    const meant = meantBy(typed, own);
    if (meant.length > 1) {
      return ambiguous(
        typed,
        meant.map(({ id, paths }) => ({ id, what: `waiting for ${oneLine(listed(paths), 80)}` })),
      );
    }
    for (const place of meant) left.add(place);
    if (meant.length > 0) used.add(typed);
  }
  const named = by === 'id' ? [] : references.filter((typed) => !used.has(typed));
  for (const place of own.filter((each) => !left.has(each))) {
    const paths = new Set(named.flatMap((typed) => meantPaths(place, typed, draft, context)));
    if (paths.size < place.paths.length) continue;
    left.add(place);
    for (const typed of named) if (meantPaths(place, typed, draft, context).length > 0) used.add(typed);
  }
  const isHeld = (typed: string) =>
    ownClaims(draft, context).some(({ claim }) => meantPaths(claim, typed, draft, context).length > 0);
  return {
    places: [...left].sort((a, b) => (a.id < b.id ? -1 : 1)),
    others: references.filter((typed) => !used.has(typed) || isHeld(typed)),
  };
}

export function ownPlaces(draft: Draft, { actor }: Context): WaitingRecord[] {
  const waiting = [...draft.folder(waitingFolder)].filter((record) => record.kind === 'waiting');
  return waiting.filter(({ uid }) => uid === actor.uid);
}
