/** Tells those who depend on paths that somebody else claims or has changed them: a quiet notice, which wakes nobody. */
import { namesFor } from '../agent/visibility.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { notify } from '../message/notify.ts';
import { narrower } from '../pattern/narrower.ts';
import { overlaps } from '../pattern/overlap.ts';
import { subscriptionsFolder } from '../record/path.ts';
import { type Claimed, patternsOf } from '../record/patterns.ts';
import type { SubscriptionRecord } from '../record/record.ts';
import { listed, oneLine } from '../text.ts';

export interface Dependent {
  readonly record: SubscriptionRecord;
  readonly met: readonly string[];
}

export interface Happening {
  readonly what: 'claims' | 'changed';
  readonly why?: string | undefined;
  /** The id of the claim, when it is one. */
  readonly claim?: string;
}

/** Others who depend on the paths, and on which of them. Looked up before anything is written. */
export function dependents(draft: Draft, { actor }: Context, claimed: Claimed): Dependent[] {
  return [...draft.folder(subscriptionsFolder)].flatMap((record) => {
    if (record.kind !== 'subscription' || record.uid === actor.uid) return [];
    const met = meetings(record, claimed, draft);
    return met.length === 0 ? [] : [{ record, met }];
  });
}

export function tell(
  draft: Draft,
  context: Context,
  told: readonly Dependent[],
  { what, why, claim }: Happening,
): void {
  for (const { record, met } of told) {
    notify(draft, context, {
      to: record.agent,
      subject: `${namesFor(draft, record.agent)(context.actor.name)} ${what} ${oneLine(listed(met), 120)}`,
      text: `You are subscribed to ${listed(record.paths, 5)}.${why === undefined ? '' : ` Why: ${why}`}`,
      importance: 'low',
      ...(claim !== undefined && { about: { what: 'claimed', claims: [claim] } }),
    });
  }
}

function meetings(record: Claimed, claimed: Claimed, draft: Draft): string[] {
  const others = patternsOf(claimed, draft.view.paths);
  const met = new Set<string>();
  for (const own of patternsOf(record, draft.view.paths)) {
    for (const other of others) if (overlaps(own, other)) met.add(narrower(own, other));
  }
  return [...met];
}
