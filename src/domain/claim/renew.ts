/** Renewing leases: the holder's own, also lapsed ones that nobody took meanwhile. The token stays. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { meansId } from '../id.ts';
import { claimPath } from '../record/path.ts';
import type { ClaimRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { formatDuration, instantOf } from '../time.ts';
import { meantClaims, ownClaims } from './held.ts';
import { settle } from './settle.ts';

export interface RenewIntent {
  /** Ids or paths; none means all that the agent holds. */
  readonly references: readonly string[];
  readonly leaseSeconds?: number | undefined;
}

export function decideRenew(
  draft: Draft,
  intent: RenewIntent,
  context: Context,
): Decision<{ claims: readonly ClaimRecord[] }> {
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  settle(draft, context);
  const claims = own(draft, intent.references, context);
  if (!Array.isArray(claims)) return claims;
  const renewed = claims.map((claim) => {
    const leaseSeconds = Math.min(intent.leaseSeconds ?? claim.leaseSeconds, context.policy.leaseSecondsMax);
    const expires = instantOf(context.nowMs + leaseSeconds * 1000);
    const after: ClaimRecord = { ...claim, at: context.now, expires, leaseSeconds, offeredUntil: undefined };
    draft.put(claimPath(claim.id), after);
    return after;
  });
  const [first] = renewed;
  const until = first === undefined ? '' : `, ${formatDuration(first.leaseSeconds)}`;
  return {
    ok: true,
    result: { claims: renewed },
    headline: {
      op: 'renew',
      subject: `renew ${oneLine(listed(renewed.flatMap(({ paths }) => paths)), 120)} (${context.actor.name}${until})`,
      ids: renewed.map(({ id }) => id),
      paths: renewed.flatMap(({ paths }) => paths),
    },
  };
}

function own(draft: Draft, references: readonly string[], context: Context): ClaimRecord[] | ReturnType<typeof refuse> {
  const held = ownClaims(draft, context).map(({ claim }) => claim);
  if (references.length === 0) {
    return held.length > 0
      ? held
      : refuse('not-holder', `${context.actor.name} holds no claim.`, 'Run git intercom claim <path>.');
  }
  for (const reference of references) {
    const isTaken = /^[0-9a-z]{16}$/.test(reference) && !held.some((claim) => meansId(reference, claim.id));
    if (isTaken) {
      return refuse(
        'withdrawn',
        `The claim ${reference} is not held by ${context.actor.name} any more: it was released, or lapsed and taken.`,
        'Run git intercom peek for the notice, and claim the paths again.',
        { id: reference },
      );
    }
  }
  const meant = meantClaims(draft, references, 'own', context);
  return Array.isArray(meant) ? meant.map(({ claim }) => claim) : { ok: false, refusal: meant };
}
