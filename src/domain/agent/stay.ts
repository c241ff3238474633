/**
 * A sign of life, for many acts at once: leases that are past their half begin anew, and when the agent was last seen is
 * written when the record is old. One commit for both, and none when neither is due.
 */
import { ownClaims } from '../claim/held.ts';
import { renewedFor } from '../claim/renew.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { seenSecondsMax } from '../limits.ts';
import { agentPath, claimPath } from '../record/path.ts';
import type { ClaimRecord } from '../record/record.ts';
import { listed, oneLine } from '../text.ts';
import { msOf } from '../time.ts';
import { register } from './register.ts';

/** Answers the renewed claims. An offer that was not taken, and a claim that lapsed, are left as they are. */
export function decideStay(draft: Draft, context: Context): Decision<{ renewed: readonly ClaimRecord[] }> {
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const due = ownClaims(draft, context).map(({ claim }) => claim);
  const renewed = due
    .filter((claim) => isPastHalf(claim, context))
    .map((claim) => renewedFor(claim, claim.leaseSeconds, context));
  for (const claim of renewed) draft.put(claimPath(claim.id), claim);
  const { actor, now } = context;
  const record = draft.record(agentPath(actor.name));
  if (record?.kind === 'agent' && context.nowMs - msOf(record.lastSeen) >= seenSecondsMax * 1000) {
    draft.put(agentPath(actor.name), { ...record, lastSeen: now });
  }
  const paths = renewed.flatMap((claim) => claim.paths);
  return {
    ok: true,
    result: { renewed },
    headline: {
      op: 'renew',
      subject:
        paths.length === 0 ? `${actor.name} is still here` : `renew ${oneLine(listed(paths), 120)} (${actor.name})`,
      ids: renewed.length === 0 ? [actor.uid] : renewed.map(({ id }) => id),
      paths,
    },
  };
}

function isPastHalf(claim: ClaimRecord, { nowMs }: Context): boolean {
  const leftMs = msOf(claim.expires) - nowMs;
  return claim.offeredUntil === undefined && leftMs > 0 && leftMs <= (claim.leaseSeconds * 1000) / 2;
}
