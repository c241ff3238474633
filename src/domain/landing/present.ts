/** Landing notes as answers show them, and in a sentence. */
import type { LandingRecord } from '../record/record.ts';
import { counted, listed, oneLine } from '../text.ts';

export interface ShownLanding {
  readonly id: string;
  readonly agent: string;
  readonly uid: string;
  readonly paths: readonly string[];
  readonly why: string | null;
  readonly branch: string;
  /** The commit of the branch that is to land. */
  readonly tip: string;
  readonly commits: number;
  readonly since: string;
}

export function shownLanding(note: LandingRecord): ShownLanding {
  const { id, agent, uid, paths, branch, tip, commits, since } = note;
  return { id, agent, uid, paths, why: note.why ?? null, branch, tip, commits, since };
}

/** As facts, for an agent that is about to work on the same paths. */
export function toldLandings(landings: readonly ShownLanding[]): string {
  return landings
    .map(({ agent, paths, branch, commits, why }) => {
      const reason = why === null ? '' : ` (${oneLine(why, 120)})`;
      const what = `${oneLine(listed(paths), 120)} on ${oneLine(branch, 80)}${reason}`;
      return `${agent} has finished ${what}: ${counted(commits, 'commit')}, not merged yet.`;
    })
    .join(' ');
}
