/** Which ask a reply without an id means: the only one that is open to the agent. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { openAsks } from './open.ts';
import { listedAsk } from './refusals.ts';

/** Its id; undefined where there is none. */
export function theOneAsk(
  draft: Draft,
  context: Context,
): { readonly ok: true; readonly id: string | undefined } | { readonly ok: false; readonly refusal: Refusal } {
  const { name } = context.actor;
  const asks = openAsks(draft, context).filter(({ to }) => to.includes(name));
  if (asks.length < 2) return { ok: true, id: asks[0]?.id };
  const message = `${asks.length} open asks wait for an answer of ${name}: it is not clear which one is meant.`;
  const next = 'Name the id: git intercom reply <id> "…".';
  return refuse('ambiguous', message, next, { asks: asks.map(listedAsk) });
}
