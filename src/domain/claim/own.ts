/** What an agent holds, or waits for, already by another claim or place of its own. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { type Pattern, parsePattern } from '../pattern/parse.ts';
import { isWithin } from '../pattern/within.ts';
import { type Claimed, patternsOf } from '../record/patterns.ts';
import type { ClaimMode, ClaimRecord, WaitingRecord } from '../record/record.ts';
import type { Wanted } from './conflict.ts';
import { isOver } from './lease.ts';

/** Whether each pattern lies inside of a live claim of the same agent that binds others as much. */
export function isHeldAlready({ uid, patterns, mode }: Wanted, draft: Draft, context: Context): boolean {
  const held = draft
    .claimsOverlapping(patterns)
    .filter((claim): claim is ClaimRecord => claim.kind === 'claim' && claim.uid === uid && !isOver(claim, context))
    .filter((claim) => isAsStrong(claim, mode))
    .flatMap((claim) => readable(claim, draft));
  return patterns.every((pattern) => held.some((own) => isWithin(pattern, own)));
}

/** Whether what is wanted comes with this claim, or this place: once the place has its turn, it is held already. */
export function comesWith(
  place: ClaimRecord | WaitingRecord,
  { patterns, mode }: { readonly patterns: readonly Pattern[]; readonly mode: ClaimMode },
  draft: Draft,
): boolean {
  const awaited = readable(place, draft);
  return isAsStrong(place, mode) && patterns.every((pattern) => awaited.some((own) => isWithin(pattern, own)));
}

/** Without paths that are no pattern: those hold everything against others, and give their holder nothing. */
function readable(own: Claimed, draft: Draft): Pattern[] {
  const paths = own.paths.filter((path) => parsePattern(path, draft.view.paths).ok);
  return patternsOf({ ...own, paths }, draft.view.paths);
}

function isAsStrong(own: { readonly mode: ClaimMode }, wanted: ClaimMode): boolean {
  return own.mode === 'exclusive' || wanted === 'shared';
}
