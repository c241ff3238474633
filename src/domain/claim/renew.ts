/** Renewing leases: the holder's own, also lapsed ones that nobody took meanwhile. The token stays. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { isWholeId } from '../id.ts';
import { claimPath } from '../record/path.ts';
import type { ClaimRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { formatDuration, instantOf } from '../time.ts';
import { meantClaims, ownClaims } from './held.ts';
import { clockOf, leaseLength } from './lease.ts';
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
    const leaseSeconds = leaseLength(intent.leaseSeconds ?? claim.leaseSeconds, context.policy);
    const after = renewedFor(claim, leaseSeconds, context);
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

/** The same claim with its lease begun now, by the clock of the holder's host; an offer is taken by it. */
export function renewedFor(claim: ClaimRecord, leaseSeconds: number, { now, nowMs, actor }: Context): ClaimRecord {
  const expires = instantOf(nowMs + leaseSeconds * 1000);
  return { ...claim, at: now, ...clockOf(actor), expires, leaseSeconds, offeredUntil: undefined };
}

function own(draft: Draft, references: readonly string[], context: Context): ClaimRecord[] | ReturnType<typeof refuse> {
  const held = ownClaims(draft, context).map(({ claim }) => claim);
  if (references.length === 0) {
    return held.length > 0
      ? held
      : refuse('not-holder', `${context.actor.name} holds no claim.`, 'Run git intercom claim <path>.');
  }
  const meant = meantClaims(draft, references, 'own', context);
  if (Array.isArray(meant)) return meant.map(({ claim }) => claim);
  const { reference } = meant.data;
  if (typeof reference !== 'string' || !isWholeId(reference)) return { ok: false, refusal: meant };
  return refuse(
    'withdrawn',
    `The claim ${reference} is not held by ${context.actor.name} any more: it was released, or lapsed and taken.`,
    'Run git intercom peek for the notice, and claim the paths again.',
    { id: reference },
  );
}
