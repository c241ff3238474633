/**
 * Two agents that ask each other for ever. Each ask of one after an ask of the other counts one more, whatever was answered
 * and read in between; after some the next one is refused. A person, or a pause, begins anew.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { isPerson } from '../escalation/person.ts';
import { answeringPauseSeconds, askedKeptMax, roundsMax } from '../limits.ts';
import { agentPath } from '../record/path.ts';
import type { AgentRecord } from '../record/record.ts';
import type { Refusal } from '../refusal.ts';
import { msOf } from '../time.ts';
import { turnsRefusal } from './refusals.ts';

/** Notes the ask in the asker's record, where it counts. Both must be registered. */
export function takeTurn(draft: Draft, asked: string, context: Context): Refusal | undefined {
  const { actor, now } = context;
  const own = agentOf(draft, actor.name);
  const other = agentOf(draft, asked);
  if (own === undefined || other === undefined || isPerson(actor)) return undefined;
  const turn = Math.max(turnOf(own, other.uid, context), turnOf(other, own.uid, context) + 1);
  if (turn > roundsMax) return turnsRefusal(actor.name, asked, roundsMax).refusal;
  const rest = (own.asked ?? []).filter(({ uid }) => uid !== other.uid);
  const noted = [{ uid: other.uid, turn, at: now }, ...rest].slice(0, askedKeptMax);
  draft.put(agentPath(actor.name), { ...own, asked: noted });
  return undefined;
}

function turnOf({ asked = [] }: AgentRecord, uid: string, { nowMs }: Context): number {
  const last = asked.find((each) => each.uid === uid);
  return last === undefined || nowMs - msOf(last.at) >= answeringPauseSeconds * 1000 ? 0 : last.turn;
}

function agentOf(draft: Draft, name: string): AgentRecord | undefined {
  const record = draft.record(agentPath(name));
  return record?.kind === 'agent' ? record : undefined;
}
