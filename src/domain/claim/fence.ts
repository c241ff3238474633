/** The fencing counter: every grant and every ticket takes the next number of the authority's history. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { claimsFolder, fencePath, waitingFolder } from '../record/path.ts';

/**
 * Strictly larger than every number taken before. Where the counter is lost, nobody knows how far it was: an epoch
 * begins that is later than those of all live claims and, as the instant in seconds, than any that was counted.
 */
export function nextNumber(draft: Draft, context: Context): { readonly epoch: number; readonly counter: number } {
  const fence = draft.record(fencePath);
  const { epoch, counter: last } = fence?.kind === 'fence' ? fence : anew(draft, fence !== undefined, context);
  const counter = last + 1;
  const kept = fence?.kind === 'fence' ? fence : {};
  draft.put(fencePath, {
    ...kept,
    v: 1,
    id: 'fence',
    kind: 'fence',
    agent: context.actor.name,
    at: context.now,
    epoch,
    counter,
  });
  return { epoch, counter };
}

/**
 * Where the fence is not there, or was (`isLost`) and cannot be read. The counter goes on from what live records tell: the
 * tickets of the queue have no epoch.
 */
function anew(draft: Draft, isLost: boolean, { nowMs }: Context): { readonly epoch: number; readonly counter: number } {
  let [epoch, counter] = [0, 0];
  for (const claim of draft.folder(claimsFolder)) {
    if (claim.kind !== 'claim' || claim.token === null) continue;
    const [itsEpoch = 0, itsCounter = 0] = claim.token.split('.').map(Number);
    epoch = Math.max(epoch, itsEpoch);
    counter = Math.max(counter, itsCounter);
  }
  for (const waiting of draft.folder(waitingFolder)) {
    if (waiting.kind === 'waiting') counter = Math.max(counter, waiting.ticket);
  }
  const isFirst = !isLost && counter === 0;
  return { epoch: isFirst ? 1 : Math.max(epoch + 1, Math.floor(nowMs / 1000)), counter };
}

export function nextToken(draft: Draft, context: Context): string {
  const { epoch, counter } = nextNumber(draft, context);
  return `${epoch}.${counter}`;
}
