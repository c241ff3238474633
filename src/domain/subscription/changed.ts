/** Paths that were changed for good, by a commit: those who depend on them are told. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import type { Claimed } from '../record/patterns.ts';
import { listed, oneLine } from '../text.ts';
import { tellSubscribers } from './tell.ts';

/** Writes nothing where nobody is to be told. */
export function decideChanged(
  draft: Draft,
  { claimed, why }: { readonly claimed: Claimed; readonly why?: string | undefined },
  context: Context,
): Decision<{ readonly told: readonly string[] }> {
  const told = tellSubscribers(draft, context, { claimed, what: 'changed', why });
  const refusal = told.length === 0 ? undefined : register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const subject = `${context.actor.name} changed ${oneLine(listed(claimed.paths), 120)}`;
  return {
    ok: true,
    result: { told },
    headline: { op: 'changed', subject, ids: [context.actor.uid], paths: claimed.paths },
  };
}
