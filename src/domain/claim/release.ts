/** Giving claims back: whole ones, single paths of them, a place in the queue, or by force what another holds. */
import { register } from '../agent/register.ts';
import { namesFor } from '../agent/visibility.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { noteLanding, type Unmerged } from '../landing/note.ts';
import { notify } from '../message/notify.ts';
import { claimPath, waitingPath } from '../record/path.ts';
import { withPaths } from '../record/patterns.ts';
import type { ClaimRecord, WaitingRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { type Meant, meantClaims, ownClaims } from './held.ts';
import { meantPlaces, ownPlaces } from './places.ts';
import { settle } from './settle.ts';

export interface ReleaseIntent {
  /** Ids or patterns of claims, or of places in the queue; with none and `all`, everything that the agent holds or waits for. */
  readonly references: readonly string[];
  readonly all: boolean;
  /** Given, other agents' claims may be released too; the reason goes to the holder and into the history. */
  readonly force?: { readonly why: string; readonly evidence: string } | undefined;
  /** By claim id: of which the branch holds commits that are not merged. Those leave a landing note. */
  readonly unmerged?: ReadonlyMap<string, Unmerged> | undefined;
}

export interface ReleaseOutcome {
  readonly claims: readonly ClaimRecord[];
  /** Places in the queue that were given up. */
  readonly left: readonly WaitingRecord[];
}

/** With `all` nothing may be held at all: then nothing is written, neither for the agent nor for others. */
export function decideRelease(draft: Draft, intent: ReleaseIntent, context: Context): Decision<ReleaseOutcome> {
  if (intent.all && ownClaims(draft, context).length === 0 && ownPlaces(draft, context).length === 0) {
    const headline = { op: 'release', subject: `release nothing (${context.actor.name})`, ids: [] };
    return { ok: true, result: { claims: [], left: [] }, headline };
  }
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  // Who takes a claim by force means the claim, and goes on waiting for the rest.
  const by = intent.force === undefined ? 'id or paths' : 'id';
  const given = intent.all
    ? { places: ownPlaces(draft, context), others: [] }
    : meantPlaces(draft, intent.references, by, context);
  if (!('places' in given)) return { ok: false, refusal: given };
  const { places, others: references } = given;
  for (const { id } of places) draft.remove(waitingPath(id));
  const left = places.map(({ id }) => id);
  const meant = intent.all
    ? ownClaims(draft, context)
    : meantClaims(draft, references, intent.force ? 'anyone' : 'own', context);
  if (!Array.isArray(meant)) return { ok: false, refusal: meant };
  if (!intent.all && meant.length === 0 && left.length === 0) {
    return refuse('not-holder', 'Nothing was named to release.', 'Name an id or a path, or use --all.');
  }
  const released = meant.map((each) => take(each, draft, intent, context));
  settle(draft, context);
  const paths = released.flatMap((claim) => claim.paths);
  return {
    ok: true,
    result: { claims: released, left: places },
    headline: {
      op: intent.force === undefined ? 'release' : 'force-release',
      subject: subjectOf(released, left, intent, context),
      ids: [...released.map(({ id }) => id), ...left],
      paths,
      ...(intent.force && { body: `Why: ${oneLine(intent.force.why, 500)}\nEvidence: ${intent.force.evidence}` }),
    },
  };
}

function subjectOf(
  released: readonly ClaimRecord[],
  left: readonly string[],
  intent: ReleaseIntent,
  { actor }: Context,
) {
  const what = oneLine(listed(released.flatMap((claim) => claim.paths)), 120);
  if (intent.force !== undefined) {
    const holders = listed([...new Set(released.map(({ agent }) => agent))]);
    return `force-release ${what} of ${holders} (${actor.name}): ${oneLine(intent.force.why, 80)}`;
  }
  return what === '' ? `leave the queue (${actor.name}, ${left.length})` : `release ${what} (${actor.name})`;
}

/** Removes the claim, or those of its paths that are meant; the answer has just what was given back. */
function take({ claim, paths }: Meant, draft: Draft, intent: ReleaseIntent, context: Context): ClaimRecord {
  const rest = claim.paths.filter((path) => !paths.includes(path));
  if (rest.length === 0) draft.remove(claimPath(claim.id));
  else draft.put(claimPath(claim.id), withPaths(claim, rest));
  if (intent.force !== undefined && claim.uid !== context.actor.uid) {
    notify(draft, context, {
      to: claim.agent,
      subject: `${namesFor(draft, claim.agent)(context.actor.name)} released your claim on ${listed(paths)}`,
      text: `Why: ${intent.force.why}\nEvidence: ${intent.force.evidence}\nClaim again before you go on editing.`,
      about: { what: 'released', claims: [claim.id] },
    });
  }
  const released = withPaths(claim, paths);
  noteLanding(draft, released, intent.unmerged?.get(claim.id), context);
  return released;
}
