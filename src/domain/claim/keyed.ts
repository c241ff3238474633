/** Claims under an idempotency key, whether they were granted at once or after a wait. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { type KeyedRequest, recallKey } from '../key.ts';
import { claimPath } from '../record/path.ts';
import type { ClaimMode, ClaimRecord } from '../record/record.ts';
import type { ClaimOutcome } from './claim.ts';

export function keyedClaim(
  key: string | undefined,
  { mode, paths }: { readonly mode: ClaimMode; readonly paths: readonly string[] },
): KeyedRequest {
  return { op: 'claim', key, fingerprint: [mode, ...[...paths].sort()].join('\n') };
}

/** The first result, which may be long over by now. */
export function recallClaim(keyed: KeyedRequest, draft: Draft, context: Context): Decision<ClaimOutcome> | undefined {
  const recalled = recallKey<{ readonly claim: ClaimRecord }>(draft, keyed, context);
  if (recalled?.ok !== true) return recalled;
  const { claim } = recalled.result;
  const now = draft.record(claimPath(claim.id));
  const isHeld = now?.kind === 'claim' && now.uid === context.actor.uid;
  return { ...recalled, result: isHeld ? { claim } : { claim, over: true } };
}
