/**
 * What every transaction does first: it takes away what is over and offers freed paths to the head of the queue.
 *
 * In this order: offers that nobody took, places in the queue whose lease is over, claims whose session is proven gone
 * and left no changes, and then the queue, oldest ticket first. So a queue whose freer died is moved on by whoever
 * comes next.
 */
import { namesFor } from '../agent/visibility.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { offerSeconds } from '../limits.ts';
import { notify } from '../message/notify.ts';
import { claimPath, waitingFolder, waitingPath } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { ClaimRecord, WaitingRecord } from '../record/record.ts';
import { listed } from '../text.ts';
import { instantOf } from '../time.ts';
import { obstacles } from './conflict.ts';
import { nextToken } from './fence.ts';
import { clockOf, isOfferOver, isOver, isPlaceOver } from './lease.ts';

export function settle(draft: Draft, context: Context): void {
  dropOffersNotTaken(draft, context);
  reap(draft, context);
  const queue = waitingInOrder(draft, context);
  for (const waiting of queue) offerTo(waiting, draft, context);
}

function dropOffersNotTaken(draft: Draft, context: Context): void {
  for (const id of draft.view.offers()) {
    const claim = draft.record(claimPath(id));
    if (claim?.kind === 'claim' && isOfferOver(claim, context)) draft.remove(claimPath(id));
  }
}

/**
 * Reaped: process dead, lease over, no changes on its paths. With changes it stays, abandoned, for `check` to show.
 * What the actor holds stays too: it is here, so the process that has ended was an earlier one of its.
 */
function reap(draft: Draft, context: Context): void {
  for (const [id, evidence] of context.evidence) {
    const claim = draft.record(claimPath(id));
    if (claim?.kind !== 'claim' || claim.uid === context.actor.uid || !isOver(claim, context)) continue;
    if (evidence.process !== 'dead' || evidence.changes !== 'none') continue;
    draft.remove(claimPath(id));
    notify(draft, context, {
      to: claim.agent,
      subject: `Your claim on ${listed(claim.paths)} was reaped`,
      text: `The lease of ${claim.id} ended at ${claim.expires}, its process is gone, and its paths have no changes.`,
      about: { what: 'reaped', claims: [claim.id] },
    });
  }
}

function waitingInOrder(draft: Draft, context: Context): WaitingRecord[] {
  const queue: WaitingRecord[] = [];
  for (const record of draft.folder(waitingFolder)) {
    if (record.kind !== 'waiting') continue;
    if (isPlaceOver(record, context)) draft.remove(waitingPath(record.id));
    else queue.push(record);
  }
  return queue.sort((a, b) => a.ticket - b.ticket);
}

function offerTo(waiting: WaitingRecord, draft: Draft, context: Context): void {
  const patterns = patternsOf(waiting, draft.view.paths);
  const { rivals, lapsed } = obstacles(draft, { ...waiting, patterns }, context);
  if (rivals.length > 0) return;
  for (const claim of lapsed) supersede(claim, waiting.agent, draft, context);
  draft.remove(waitingPath(waiting.id));
  const offeredUntil = instantOf(context.nowMs + offerSeconds * 1000);
  draft.put(claimPath(waiting.id), { ...grantOf(waiting, draft, context), offeredUntil });
}

/** The claim that a waiter gets: its id stays, so that the waiter finds it. Whoever makes the offer sets its end. */
function grantOf(waiting: WaitingRecord, draft: Draft, context: Context): ClaimRecord {
  const { ticket: _ticket, ...kept } = waiting;
  return {
    ...kept,
    kind: 'claim',
    ...clockOf(context.actor),
    since: context.now,
    expires: instantOf(context.nowMs + waiting.leaseSeconds * 1000),
    token: nextToken(draft, context),
  };
}

/** Takes a lapsed claim away and tells its holder by whom. */
export function supersede(claim: ClaimRecord, by: string, draft: Draft, context: Context): void {
  draft.remove(claimPath(claim.id));
  const who = namesFor(draft, claim.agent)(by);
  notify(draft, context, {
    to: claim.agent,
    subject: `Your claim on ${listed(claim.paths)} was taken by ${who}`,
    text: `The lease of ${claim.id} ended at ${claim.expires}; ${who} claimed its paths at ${context.now}. Claim them again before you go on editing.`,
    about: { what: 'taken', claims: [claim.id] },
  });
}
