/** What a hook says to whoever runs git: who holds what, why, for how long, and both ways on. */
import { hiddenName, holderWord } from '../domain/agent/visibility.ts';
import type { HeldRival, Verdict } from '../domain/claim/verdict.ts';
import { pathWord } from '../domain/shell-word.ts';
import { listed, oneLine } from '../domain/text.ts';
import { formatDuration, msOf } from '../domain/time.ts';

/** More would push the first ones off the screen; `git intercom claims` has them all. */
const rivalsMax = 5;
const pathsInCommandMax = 5;

export interface Telling {
  readonly deed: 'commit' | 'push';
  /** Why it goes on all the same; undefined when it is refused. */
  readonly goesOn?: string | undefined;
  readonly nowMs: number;
}

export function conflictText({ rivals }: Verdict, { deed, goesOn, nowMs }: Telling): string {
  const end = goesOn === undefined ? 'and is refused' : `and goes on: ${goesOn}`;
  const lines = rivals.slice(0, rivalsMax).map((rival) => `  ${rivalLine(rival, nowMs)}`);
  const more = rivals.length > rivalsMax ? [`  and ${rivals.length - rivalsMax} more: git intercom claims`] : [];
  const overlap = [...new Set(rivals.flatMap((rival) => rival.overlap))].slice(0, pathsInCommandMax);
  const holder = rivals.find(({ uid, agent }) => uid !== null && agent !== hiddenName)?.agent;
  const wait = `git intercom claim ${overlap.map(pathWord).join(' ')} --wait to stand in line`;
  const isUnreadable = rivals.every(({ uid }) => uid === null);
  const ask = isUnreadable
    ? 'git intercom doctor, or '
    : holder === undefined
      ? ''
      : `git intercom send ${holder} "…", or `;
  return [
    `git intercom: this ${deed} changes what others have claimed, ${end}.`,
    ...lines,
    ...more,
    `next:  Run ${ask}${wait}.`,
    ...(goesOn === undefined ? [`       To go on without them: git ${deed} --no-verify, or INTERCOM_SKIP=1.`] : []),
  ].join('\n');
}

function rivalLine({ id, overlap, agent, branch, expires, why }: HeldRival, nowMs: number): string {
  const are = overlap.length === 1 ? 'is' : 'are';
  const on = branch === null ? '' : ` on ${oneLine(branch, 60)}`;
  const left = expires === null ? '' : `, ${formatDuration((msOf(expires) - nowMs) / 1000)} left`;
  const reason = why === null ? '' : `: ${oneLine(why, 120)}`;
  return `${oneLine(listed(overlap, 3), 200)} ${are} claimed by ${holderWord({ agent, id })}${on}${left}${reason}`;
}

export function coordinationBranchText(branch: string): string {
  return [
    `git intercom: ${branch} is the coordination branch, and this commit on it is refused: nobody reads it as a record.`,
    `next:  Run git switch - to go back to your branch, or git worktree add to have one beside it.`,
    '       To commit here all the same: git commit --no-verify, or INTERCOM_SKIP=1.',
  ].join('\n');
}
