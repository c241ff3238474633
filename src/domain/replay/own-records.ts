/** What only its agent writes: subscriptions as they were said last, and idempotency keys unless another use came first. */
import { claimPath, keysFolder, subscriptionPath, subscriptionsFolder } from '../record/path.ts';
import type { KeyRecord } from '../record/record.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';
import { isSameRecord } from './three-way.ts';

export function replaySubscriptions({ draft, past }: Round): void {
  for (const { path, before, after } of editsIn(subscriptionsFolder, past)) {
    const current = draft.record(path);
    const isAnothers = current !== undefined && (current.kind !== 'subscription' || current.uid !== past.uid);
    if (isAnothers) continue;
    if (after?.kind === 'subscription') draft.put(subscriptionPath(after.agent), after);
    else if (after === undefined && before !== undefined && current !== undefined) draft.remove(path);
  }
}

/** The key of a withdrawn claim is free again: the same request is a new one. */
export function replayKeys(round: Round): void {
  const { draft, past } = round;
  for (const { path, before, after } of editsIn(keysFolder, past)) {
    const current = draft.record(path);
    if (current !== undefined && !isSameRecord(before, current)) continue;
    if (after?.kind === 'key') {
      const key = withResultNow(after, round);
      if (key !== undefined) draft.put(path, key);
    } else if (after === undefined && before?.kind === 'key' && current !== undefined) draft.remove(path);
  }
}

function withResultNow(key: KeyRecord, { draft, upheld }: Round): KeyRecord | undefined {
  const { claim } = key.result as { readonly claim?: { readonly id?: unknown } };
  if (typeof claim?.id !== 'string') return key;
  if (!upheld.has(claim.id)) return undefined;
  return { ...key, result: { ...key.result, claim: draft.record(claimPath(claim.id)) ?? claim } };
}
