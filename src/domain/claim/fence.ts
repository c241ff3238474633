/** The fencing counter: every grant and every ticket takes the next number of the authority's history. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { claimsFolder, fencePath } from '../record/path.ts';

/**
 * Strictly larger than every number taken before. Where the counter is lost, nobody knows how far it was: an epoch
 * begins that is later than those of all live claims and, as the instant in seconds, than any that was counted.
 */
export function nextNumber(draft: Draft, context: Context): { readonly epoch: number; readonly counter: number } {
  const fence = draft.record(fencePath);
  const epoch = fence?.kind === 'fence' ? fence.epoch : firstEpoch(draft, context, fence !== undefined);
  const counter = (fence?.kind === 'fence' ? fence.counter : 0) + 1;
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

/** 1, unless a counter was here before: it cannot be read, or live claims have its numbers. */
function firstEpoch(draft: Draft, { nowMs }: Context, wasHere: boolean): number {
  const epochs: number[] = [];
  for (const claim of draft.folder(claimsFolder)) {
    if (claim.kind === 'claim' && claim.token !== null) epochs.push(Number.parseInt(claim.token, 10));
  }
  if (!wasHere && epochs.length === 0) return 1;
  return Math.max(Math.floor(nowMs / 1000), ...epochs.map((epoch) => epoch + 1));
}

export function nextToken(draft: Draft, context: Context): string {
  const { epoch, counter } = nextNumber(draft, context);
  return `${epoch}.${counter}`;
}
