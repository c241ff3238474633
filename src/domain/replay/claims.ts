/**
 * Claims of a commit, decided again: grants like new ones, with a new token; what was done to a claim only where it is
 * still the claim of the one who had it. Offers, and what was taken away because it was over, are no part of it:
 * settling decides them again.
 */
import { obstacles } from '../claim/conflict.ts';
import { nextToken } from '../claim/fence.ts';
import { isOver } from '../claim/lease.ts';
import { supersede } from '../claim/settle.ts';
import type { About } from '../message/notify.ts';
import { claimPath, claimsFolder, waitingPath } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { ClaimRecord } from '../record/record.ts';
import { msOf } from '../time.ts';
import { type ClaimEdit, changedClaim } from './changed-claim.ts';
import { type Handed, handedBy, replayHandoff } from './handoff.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';
import { loseRenewed, withdraw } from './withdrawal.ts';

/** What frees paths, or keeps them: a renewal counts although the lease would be over by now. */
export function replayKept(round: Round): void {
  const { others } = partsOf(round);
  for (const { before, after } of others) if (before && !after) giveBack(before, round);
  for (const { before, after } of others) if (before && after) change(before, after, round);
}

/** What takes paths; what is over is to be settled before, for it stands in nobody's way. */
export function replayTaken(round: Round): void {
  const { edits, handed, others } = partsOf(round);
  replayHandoff(handed, edits, round);
  for (const { before, after } of others) if (!before && after && after.offeredUntil === undefined) grant(after, round);
}

function partsOf({ past }: Round) {
  const edits = editsIn(claimsFolder, past).flatMap(({ before, after }): ClaimEdit[] =>
    before?.kind === 'unreadable' || after?.kind === 'unreadable'
      ? []
      : [{ before: before as ClaimRecord | undefined, after: after as ClaimRecord | undefined }],
  );
  const handed = handedBy(edits, past);
  const inHandoff = new Set(handed.flatMap(({ after, origin }: Handed) => [after.id, origin.id]));
  const others = edits.filter(({ before, after }) => !inHandoff.has((after ?? before)?.id ?? ''));
  return { edits, handed, others };
}

function giveBack(before: ClaimRecord, round: Round): void {
  const current = heldBy(before, round);
  if (current === undefined || !isGivenBack(before, round)) return;
  round.draft.remove(claimPath(before.id));
  round.upheld.add(before.id);
}

/** Given back by its holder or by force; what settling took away comes with a notice, or is an offer. */
function isGivenBack(before: ClaimRecord, { past }: Round): boolean {
  const told = whatIsTold(before.id, past.edits);
  if (before.uid !== past.uid) return told.has('released');
  if (told.has('taken') || told.has('reaped')) return false;
  return before.offeredUntil === undefined || isGivingBack(past.op);
}

export function isGivingBack(op: string): boolean {
  return op === 'release' || op === 'force-release' || op === 'leave';
}

/** What the notices of the same commit say of the claim. */
function whatIsTold(id: string, edits: Round['past']['edits']): Set<About['what'] | string> {
  const told = new Set<string>();
  for (const { after } of edits)
    if (after?.kind === 'message' && after.about?.claims.includes(id)) told.add(after.about.what);
  return told;
}

function change(before: ClaimRecord, after: ClaimRecord, round: Round): void {
  const current = heldBy(before, round);
  if (current === undefined) {
    if (before.uid === round.past.uid && isHeldOn(before, after)) loseRenewed(after, round);
    return;
  }
  const changed = changedClaim(before, after, current);
  if (changed === undefined) round.draft.remove(claimPath(current.id));
  else round.draft.put(claimPath(current.id), changed);
  round.upheld.add(current.id);
}

/** Renewed, or taken when it was offered: its holder was told that it goes on. */
function isHeldOn(before: ClaimRecord, after: ClaimRecord): boolean {
  return before.expires !== after.expires || before.offeredUntil !== after.offeredUntil;
}

function grant(claim: ClaimRecord, round: Round): void {
  const { draft, context } = round;
  const current = draft.record(claimPath(claim.id));
  if (current !== undefined) {
    if (current.kind === 'claim' && current.uid === claim.uid) standsAlready(claim, current, round);
    return;
  }
  const place = draft.record(waitingPath(claim.id));
  const ticket = place?.kind === 'waiting' && place.uid === claim.uid ? place.ticket : Number.POSITIVE_INFINITY;
  const patterns = patternsOf(claim, draft.view.paths);
  const { uid, mode } = claim;
  // One that is over itself by now took nothing that lapsed later than it was made: a clone may come back after a month.
  const asOf = isOver(claim, context) ? { ...context, nowMs: msOf(claim.since) } : context;
  const { rivals, lapsed } = obstacles(draft, { uid, patterns, mode, ticket }, asOf);
  const [rival] = rivals;
  if (rival !== undefined) {
    withdraw(claim, rival, round);
    return;
  }
  for (const each of lapsed) supersede(each, claim.agent, draft, context);
  if (place !== undefined) draft.remove(waitingPath(claim.id));
  draft.put(claimPath(claim.id), { ...claim, token: nextToken(draft, context) });
  round.upheld.add(claim.id);
}

/** Replayed before, or offered meanwhile: then this takes the offer. */
function standsAlready(claim: ClaimRecord, current: ClaimRecord, { draft, upheld }: Round): void {
  if (current.offeredUntil !== undefined) draft.put(claimPath(claim.id), { ...claim, token: current.token });
  upheld.add(claim.id);
}

function heldBy({ id, uid }: ClaimRecord, { draft }: Round): ClaimRecord | undefined {
  const current = draft.record(claimPath(id));
  return current?.kind === 'claim' && current.uid === uid ? current : undefined;
}
