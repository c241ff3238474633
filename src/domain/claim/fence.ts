/** The fencing counter: every grant and every ticket takes the next number of the authority's history. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { claimsFolder, fencePath } from '../record/path.ts';

/**
 * Strictly larger than every number taken before. Where the counter cannot be read, nobody knows how far it was: the
 * instant in seconds begins an epoch that is later than any that was counted.
 */
export function nextNumber(draft: Draft, context: Context): { readonly epoch: number; readonly counter: number } {
  const fence = draft.record(fencePath);
  const isLost = fence === undefined ? hasTokens(draft) : fence.kind !== 'fence';
  const epoch = fence?.kind === 'fence' ? fence.epoch : isLost ? Math.floor(context.nowMs / 1000) : 1;
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

function hasTokens(draft: Draft): boolean {
  for (const claim of draft.folder(claimsFolder)) if (claim.kind === 'claim' && claim.token !== null) return true;
  return false;
}

export function nextToken(draft: Draft, context: Context): string {
  const { epoch, counter } = nextNumber(draft, context);
  return `${epoch}.${counter}`;
}
