/** Taking landing notes away: those that were seen to be merged or abandoned, and what is too old to wait for. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { landingDaysMax } from '../limits.ts';
import { landingFolder, landingPath } from '../record/path.ts';
import { listed, oneLine } from '../text.ts';
import { msOf } from '../time.ts';

/** What was found out of a note, and on which commit: one that has grown meanwhile is not over. */
export interface LandingOver {
  readonly id: string;
  readonly tip: string;
}

/** Nothing is written where none of them is there any more. */
export function decideLanded(draft: Draft, over: readonly LandingOver[], { actor }: Context): Decision<undefined> {
  const branches = new Set<string>();
  const ids: string[] = [];
  for (const { id, tip } of over) {
    const note = draft.record(landingPath(id));
    if (note?.kind !== 'landing' || note.tip !== tip) continue;
    draft.remove(landingPath(id));
    branches.add(note.branch);
    ids.push(id);
  }
  const subject = `landed ${oneLine(listed([...branches]), 120)} (seen by ${actor.name})`;
  return { ok: true, result: undefined, headline: { op: 'landed', subject, ids } };
}

/** Of a branch that nobody has here any more nobody can tell whether it was merged. */
export function expireLandings(draft: Draft, { nowMs }: Context): void {
  for (const note of [...draft.folder(landingFolder)]) {
    if (note.kind !== 'landing' || nowMs - msOf(note.at) < landingDaysMax * 86_400_000) continue;
    draft.remove(landingPath(note.id));
  }
}
