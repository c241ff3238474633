/** Landing notes are facts: what a release left behind, and that somebody saw it merged. */
import { landingFolder } from '../record/path.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';
import { isSameRecord } from './three-way.ts';

/** One that another changed meanwhile stays as it is now: it has grown, and is not over. */
export function replayLandings({ draft, past }: Round): void {
  for (const { path, before, after } of editsIn(landingFolder, past)) {
    const current = draft.record(path);
    const isOthers = current !== undefined && (current.kind !== 'landing' || current.uid !== past.uid);
    if (after?.kind === 'landing' && !isOthers) draft.put(path, after);
    else if (after === undefined && before?.kind === 'landing' && isSameRecord(before, current)) draft.remove(path);
  }
}
