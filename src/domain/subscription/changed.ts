/** Paths that were changed for good, by a commit: those who depend on them are told. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import type { Claimed } from '../record/patterns.ts';
import { listed, oneLine } from '../text.ts';
import { dependents, tell } from './tell.ts';

/** Writes nothing where nobody is to be told. */
export function decideChanged(
  draft: Draft,
  { claimed, why }: { readonly claimed: Claimed; readonly why?: string | undefined },
  context: Context,
): Decision<{ readonly told: readonly string[] }> {
  const told = dependents(draft, context, claimed);
  const refusal = told.length === 0 ? undefined : register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  tell(draft, context, told, { what: 'changed', why });
  const subject = `${context.actor.name} changed ${oneLine(listed(claimed.paths), 120)}`;
  return {
    ok: true,
    result: { told: told.map(({ record }) => record.agent) },
    headline: { op: 'changed', subject, ids: [context.actor.uid], paths: claimed.paths },
  };
}
