/** Tells those who depend on paths that somebody else claims or has changed them: a quiet notice, which wakes nobody. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { notify } from '../message/notify.ts';
import { narrower } from '../pattern/narrower.ts';
import { overlaps } from '../pattern/overlap.ts';
import { subscriptionsFolder } from '../record/path.ts';
import { type Claimed, patternsOf } from '../record/patterns.ts';
import { listed, oneLine } from '../text.ts';

export interface Happening {
  readonly claimed: Claimed;
  readonly what: 'claims' | 'changed';
  readonly why?: string | undefined;
}

/** Answers the names of those who were told. */
export function tellSubscribers(draft: Draft, context: Context, { claimed, what, why }: Happening): string[] {
  const told: string[] = [];
  for (const record of draft.folder(subscriptionsFolder)) {
    if (record.kind !== 'subscription' || record.uid === context.actor.uid) continue;
    const met = meetings(record, claimed, draft);
    if (met.length === 0) continue;
    const { name } = context.actor;
    notify(draft, context, {
      to: record.agent,
      subject: `${name} ${what} ${oneLine(listed(met), 120)}`,
      text: `You are subscribed to ${listed(record.paths, 5)}.${why === undefined ? '' : ` Why: ${why}`}`,
      importance: 'low',
    });
    told.push(record.agent);
  }
  return told;
}

function meetings(record: Claimed, claimed: Claimed, draft: Draft): string[] {
  const others = patternsOf(claimed, draft.view.paths);
  const met = new Set<string>();
  for (const own of patternsOf(record, draft.view.paths)) {
    for (const other of others) if (overlaps(own, other)) met.add(narrower(own, other));
  }
  return [...met];
}
