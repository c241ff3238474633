/** May this agent edit what a pattern is about? Paths that are names are judged in verdict.ts, with less to load. */
import { narrower } from '../pattern/narrower.ts';
import { overlaps } from '../pattern/overlap.ts';
import { parsePattern } from '../pattern/parse.ts';
import { isWithin } from '../pattern/within.ts';
import { type Claimed, patternsOf } from '../record/patterns.ts';
import { belowOf, type HeldPath, isLive, judge, type Meeting, type Verdict, type VerdictWorld } from './verdict.ts';

/** `conflict` as a claim on the same patterns would be; `ours` when each lies whole in one path of a claim of ours. */
export function verdictOnGlobs(
  globs: Claimed,
  held: readonly HeldPath[],
  self: { readonly uid: string | undefined; readonly name: string },
  world: VerdictWorld,
): Verdict {
  const live = held
    .filter((claim) => isLive(claim, world.nowMs))
    .map((claim) => ({ claim, own: parsePattern(claim.pattern, { ...world, below: belowOf(claim) }) }));
  const asked = patternsOf(globs, world).map((pattern) => ({
    near: live.flatMap(({ claim, own }): Meeting[] => {
      // A claim that nobody can read holds everything.
      if (!own.ok) return [{ claim, isWhole: true, overlap: pattern.source }];
      if (!overlaps(pattern, own.pattern)) return [];
      return [{ claim, isWhole: isWithin(pattern, own.pattern), overlap: narrower(pattern, own.pattern) }];
    }),
  }));
  return judge(asked, self, world);
}
