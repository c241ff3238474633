/**
 * What an agent acknowledged last, of each other agent. Of mail that was acknowledged nothing is left to count answers by, so
 * two who acknowledge each time before they write would go on for ever.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { isPerson } from '../escalation/person.ts';
import { answeringPauseSeconds, heardKeptMax } from '../limits.ts';
import { agentPath } from '../record/path.ts';
import type { AgentRecord, MessageRecord } from '../record/record.ts';
import { msOf } from '../time.ts';

export type Heard = NonNullable<AgentRecord['heard']>[number];

/** Notes it in the reader's record, which must be registered; nothing that no answer would count after. */
export function noteHeard(draft: Draft, messages: readonly MessageRecord[], context: Context): void {
  const { actor } = context;
  if (isPerson(actor)) return;
  const fresh = messages.filter(
    (each) => each.purpose !== 'notice' && each.person !== true && each.uid !== actor.uid && isRecent(each.at, context),
  );
  const own = agentOf(draft, actor.name);
  if (fresh.length === 0 || own === undefined) return;
  const heard = [...fresh.map(({ uid, round = 0, at }) => ({ uid, round, at })), ...(own.heard ?? [])];
  heard.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
  const lastOfEach = heard.filter(({ uid }, n) => heard.findIndex((each) => each.uid === uid) === n);
  draft.put(agentPath(actor.name), { ...own, heard: lastOfEach.slice(0, heardKeptMax) });
}

/** The last that the agent acknowledged of one of these. */
export function lastHeard(draft: Draft, to: readonly string[], { actor }: Context): Heard | undefined {
  const heard = agentOf(draft, actor.name)?.heard ?? [];
  if (heard.length === 0) return undefined;
  const uids = new Set(to.map((name) => agentOf(draft, name)?.uid));
  return heard.find(({ uid }) => uids.has(uid));
}

function isRecent(at: string, { nowMs }: Context): boolean {
  return nowMs - msOf(at) < answeringPauseSeconds * 1000;
}

function agentOf(draft: Draft, name: string): AgentRecord | undefined {
  const record = draft.record(agentPath(name));
  return record?.kind === 'agent' ? record : undefined;
}
