/** How an edit is stopped: refused, left to the person, or refused once with a warning. */
import type { HeldRival } from '../claim/verdict.ts';
import { type GuardAnswer, nothingToSay } from './event.ts';
import { type Owned, ownerWarning, toldOwned } from './owners.ts';
import { toldRefusal } from './told.ts';

export interface Stop {
  readonly answer: GuardAnswer;
  /** What the agent is warned of by this answer: known, the same edit goes through the next time. */
  readonly warnings: readonly string[];
}

export function stop(
  how: 'refuse' | 'ask' | 'warn',
  rivals: readonly HeldRival[],
  { nowMs, warned }: { readonly nowMs: number; readonly warned: () => ReadonlySet<string> },
): Stop {
  if (how !== 'warn') {
    const permission = how === 'ask' ? 'ask' : 'refuse';
    return { answer: { permission, reason: toldRefusal(rivals, { nowMs, again: false }) }, warnings: [] };
  }
  const warnings = rivals.flatMap(({ id, overlap }) => overlap.map((path) => `${id} ${path}`));
  const known = warned();
  if (warnings.every((warning) => known.has(warning))) return { answer: nothingToSay, warnings: [] };
  return { answer: { permission: 'refuse', reason: toldRefusal(rivals, { nowMs, again: true }) }, warnings };
}

/** Of what others look after one is warned once, and then goes on; undefined where that is done. */
export function stopForOwners(owned: readonly Owned[], warned: () => ReadonlySet<string>): Stop | undefined {
  if (owned.length === 0) return undefined;
  const known = warned();
  const [first, ...others] = owned.filter((each) => !known.has(ownerWarning(each)));
  if (first === undefined) return undefined;
  const answer: GuardAnswer = { permission: 'refuse', reason: toldOwned([first, ...others]) };
  return { answer, warnings: [...new Set([first, ...others].map(ownerWarning))] };
}
