/** Which ask a reply without an id means: the only one that is open to the agent, or the only one of whom it goes to. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { openAsks } from './open.ts';
import { listedAsk } from './refusals.ts';

/** Its id; undefined where there is none. */
export function theOneAsk(
  draft: Draft,
  to: readonly string[] | undefined,
  context: Context,
): { readonly ok: true; readonly id: string | undefined } | { readonly ok: false; readonly refusal: Refusal } {
  const { name } = context.actor;
  const asks = openAsks(draft, context).filter(({ to }) => to.includes(name));
  const [own, ...others] = asks.filter(({ agent }) => to?.includes(agent) === true);
  if (own !== undefined && others.length === 0) return { ok: true, id: own.id };
  if (asks.length < 2) return { ok: true, id: asks[0]?.id };
  const message = `${asks.length} open asks wait for an answer of ${name}: it is not clear which one is meant.`;
  const next = isOfSeveral(asks)
    ? `Name the id, git intercom reply <id> "…", or whose it is: git intercom reply --to ${asks[0]?.agent} "…".`
    : 'Name the id: git intercom reply <id> "…".';
  return refuse('ambiguous', message, next, { asks: asks.map(listedAsk) });
}

/** Each of them of another agent, whose name then tells which. */
function isOfSeveral(asks: readonly { readonly agent: string }[]): boolean {
  return new Set(asks.map(({ agent }) => agent)).size === asks.length;
}
