/** The fencing counter: every grant and every ticket takes the next number of the authority's history. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { fencePath } from '../record/path.ts';

/** Strictly larger than every number taken before in this epoch. */
export function nextNumber(draft: Draft, context: Context): { readonly epoch: number; readonly counter: number } {
  const fence = draft.record(fencePath);
  const epoch = fence?.kind === 'fence' ? fence.epoch : 1;
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

export function nextToken(draft: Draft, context: Context): string {
  const { epoch, counter } = nextNumber(draft, context);
  return `${epoch}.${counter}`;
}
