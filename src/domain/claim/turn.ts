/**
 * When a waiter should look at its place again. Who waits sleeps until something can have changed for it: by time, which is
 * told here, or by a move of the tip, after which this is asked anew.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { waitingPath } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { WaitingRecord } from '../record/record.ts';
import { inTheWay } from './conflict.ts';
import { isOfferOver, nextEndMs, placeEndMs } from './lease.ts';

/** The place is not there any more, or what it waits for could be offered to it. Reads only. */
export function isTurn(draft: Draft, id: string, context: Context): boolean {
  const place = draft.record(waitingPath(id));
  if (place?.kind !== 'waiting') return true;
  const { holders, ahead } = standing(place, draft, context);
  return holders.length === 0 && ahead.length === 0;
}

/**
 * The next instant at which time alone may move those who stand before the place, and those who keep them there: a waiter
 * ahead whose process is gone looks at nothing any more. Without end where nobody's time runs out.
 */
export function nextTurnMs(draft: Draft, id: string, context: Context): number {
  const own = draft.record(waitingPath(id));
  if (own?.kind !== 'waiting') return Number.POSITIVE_INFINITY;
  const places = new Map([[own.id, own]]);
  let next = Number.POSITIVE_INFINITY;
  // Grows while it is gone through.
  for (const place of places.values()) {
    const { holders, ahead } = standing(place, draft, context);
    for (const claim of holders) if (claim.kind === 'claim') next = Math.min(next, nextEndMs(claim, context));
    for (const waiting of ahead) {
      if (places.has(waiting.id)) continue;
      places.set(waiting.id, waiting);
      const endMs = placeEndMs(waiting, context);
      if (endMs > context.nowMs) next = Math.min(next, endMs);
    }
  }
  return next;
}

/** Whoever acts next takes an offer away that is over. */
function standing(place: WaitingRecord, draft: Draft, context: Context) {
  const { holders, ahead } = inTheWay(draft, { ...place, patterns: patternsOf(place, draft.view.paths) }, context);
  return { holders: holders.filter((claim) => claim.kind !== 'claim' || !isOfferOver(claim, context)), ahead };
}
