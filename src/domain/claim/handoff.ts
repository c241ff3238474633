/** Handing claims to another agent: its name, a new token, the rest of the lease begun anew. */

import { nameIn } from '../agent/former.ts';
import { register } from '../agent/register.ts';
import { isGhost } from '../agent/visibility.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { placesPerClaimMax } from '../limits.ts';
import { notify } from '../message/notify.ts';
import { agentRecords, unknownRecipient } from '../message/recipients.ts';
import { agentPath, claimPath, waitingPath } from '../record/path.ts';
import { patternsOf, withPaths } from '../record/patterns.ts';
import type { ClaimRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { instantOf } from '../time.ts';
import { obstacles, type Rival } from './conflict.ts';
import { nextToken } from './fence.ts';
import { type Meant, meantClaims, ownClaims } from './held.ts';
import { clockOf } from './lease.ts';
import { comesWith } from './own.ts';
import { settle, supersede } from './settle.ts';

export interface HandoffIntent {
  readonly to: string;
  /** Ids or paths; none means all that the agent holds. */
  readonly references: readonly string[];
  readonly why?: string | undefined;
}

export function decideHandoff(
  draft: Draft,
  intent: HandoffIntent,
  context: Context,
): Decision<{ claims: readonly ClaimRecord[] }> {
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const held = new Set(ownClaims(draft, context).map(({ claim }) => claim.id));
  settle(draft, context);
  const to = draft.record(agentPath(nameIn(draft, { name: intent.to })));
  if (to?.kind !== 'agent' || (isGhost(to) && to.uid !== context.actor.uid)) {
    return unknownRecipient([intent.to], agentRecords(draft));
  }
  if (to.uid === context.actor.uid) {
    const next = 'Name another agent; to begin the lease anew, claim the same paths again.';
    return refuse('handoff-self', `${to.agent} is you: what you hold is yours already.`, next);
  }
  const found =
    intent.references.length > 0 ? meantClaims(draft, intent.references, 'own', context) : ownClaims(draft, context);
  if (!Array.isArray(found)) return { ok: false, refusal: found };
  // What this very act offers to the giver was not meant: nobody has been told of it yet.
  const meant = found.filter(({ claim }) => held.has(claim.id));
  if (meant.length === 0) {
    return refuse('not-holder', `${context.actor.name} holds no claim to hand over.`, 'Run git intercom claims.');
  }
  const claims = meant.map((each) => handOver(each, to.agent, to.uid, draft, context));
  const kept = claims.flatMap((claim) => stillInTheWay(claim, draft, context));
  if (kept.length > 0) {
    const what = listed(kept.flatMap(({ overlap }) => overlap));
    const message = `${context.actor.name} and ${to.agent} would both hold ${what}: ${context.actor.name} keeps ${listed(kept.flatMap((rival) => rival.paths))}.`;
    return refuse('claim-conflict', message, 'Hand over the overlapping claim too, or release it.', { rivals: kept });
  }
  for (const claim of claims) leavePlaces(claim, draft);
  const paths = claims.flatMap((claim) => claim.paths);
  // Nobody is told of what they did themselves.
  if (to.uid !== context.actor.uid) {
    notify(draft, context, {
      to: to.agent,
      subject: `${context.actor.name} handed you ${listed(paths)}`,
      text: intent.why === undefined ? `You hold ${paths.join(', ')} now.` : intent.why,
      about: { what: 'handed', claims: claims.map(({ id }) => id) },
    });
  }
  return {
    ok: true,
    result: { claims },
    headline: {
      op: 'handoff',
      subject: `hand ${oneLine(listed(paths), 120)} to ${to.agent} (${context.actor.name})`,
      ids: claims.map(({ id }) => id),
      paths,
    },
  };
}

/** A claim of which only some paths are handed over is split: the paths that go get a claim of their own. */
function handOver({ claim, paths }: Meant, agent: string, uid: string, draft: Draft, context: Context): ClaimRecord {
  const rest = claim.paths.filter((path) => !paths.includes(path));
  const id = rest.length === 0 ? claim.id : context.newId();
  if (rest.length > 0) draft.put(claimPath(claim.id), withPaths(claim, rest));
  const handed: ClaimRecord = {
    ...withPaths(claim, paths),
    id,
    agent,
    uid,
    at: context.now,
    since: context.now,
    ...clockOf(context.actor),
    expires: instantOf(context.nowMs + claim.leaseSeconds * 1000),
    token: nextToken(draft, context),
    offeredUntil: undefined,
    places: undefined,
  };
  draft.put(claimPath(id), handed);
  return handed;
}

/** Who has been handed what it waits for stands in line for it no more, and finds the claim by the place. */
export function leavePlaces(claim: ClaimRecord, draft: Draft): void {
  const patterns = patternsOf(claim, draft.view.paths);
  const left = draft
    .waitingOverlapping(patterns)
    .filter((place) => place.uid === claim.uid)
    .filter((place) => comesWith(claim, { mode: place.mode, patterns: patternsOf(place, draft.view.paths) }, draft));
  if (left.length === 0) return;
  for (const { id } of left) draft.remove(waitingPath(id));
  const places = new Set([...(claim.places ?? []), ...left.map(({ id }) => id)]);
  draft.put(claimPath(claim.id), { ...claim, places: [...places].slice(0, placesPerClaimMax) });
}

/** What the giver keeps that the receiver could not have been granted beside. */
function stillInTheWay(claim: ClaimRecord, draft: Draft, context: Context): Rival[] {
  const wanted = { ...claim, patterns: patternsOf(claim, draft.view.paths), ticket: 0 };
  const { rivals, lapsed } = obstacles(draft, wanted, context);
  for (const each of lapsed) supersede(each, claim.agent, draft, context);
  return rivals.filter(({ uid }) => uid === context.actor.uid);
}
