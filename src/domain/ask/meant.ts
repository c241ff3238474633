/**
 * What a reply without an id means: the only thing that waits for the agent, or the only one of whom it goes to. Open asks wait for whom
 * they were put to, open escalations for every person but the one who raised them.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { openEscalations } from '../escalation/open.ts';
import { isPerson } from '../escalation/person.ts';
import type { MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { counted } from '../text.ts';
import { openAsks } from './open.ts';
import { listedAsk } from './refusals.ts';

/** Its id; undefined where nothing waits. */
export function theOneOpen(
  draft: Draft,
  to: readonly string[] | undefined,
  context: Context,
): { readonly ok: true; readonly id: string | undefined } | { readonly ok: false; readonly refusal: Refusal } {
  const { name, uid } = context.actor;
  const asks: MessageRecord[] = openAsks(draft, context).filter(({ to }) => to.includes(name));
  const asked = new Set<string | undefined>(asks.map(({ id }) => id));
  const raised = isPerson(context.actor)
    ? openEscalations(draft).filter((each) => each.uid !== uid && !asked.has(each.escalation.about))
    : [];
  const open = [...asks, ...raised];
  const [own, ...others] = open.filter(({ agent }) => to?.includes(agent) === true);
  if (own !== undefined && others.length === 0) return { ok: true, id: own.id };
  if (open.length < 2) return { ok: true, id: open[0]?.id };
  const what = [
    asks.length > 0 ? [counted(asks.length, 'open ask')] : [],
    raised.length > 0 ? [counted(raised.length, 'open escalation')] : [],
  ];
  const message = `${what.flat().join(' and ')} wait for an answer of ${name}: it is not clear which one is meant.`;
  const next = isOfSeveral(open)
    ? `Name the id, git intercom reply <id> "…", or whose it is: git intercom reply --to ${open[0]?.agent} "…".`
    : 'Name the id: git intercom reply <id> "…".';
  return refuse('ambiguous', message, next, {
    asks: asks.map(listedAsk),
    ...(raised.length > 0 && { escalations: raised.map(listedAsk) }),
  });
}

/** Each of them of another agent, whose name then tells which. */
function isOfSeveral(open: readonly { readonly agent: string }[]): boolean {
  return new Set(open.map(({ agent }) => agent)).size === open.length;
}
