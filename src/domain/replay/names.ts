/**
 * Registration, decided again like a claim: the first uid under a name on the authority keeps it. The other gets the
 * name with a number behind it, and is told.
 */
import { sameButForCase } from '../agent/register.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { nameCharsMax, repositoriesPerAgentMax } from '../limits.ts';
import { notify } from '../message/notify.ts';
import { agentPath, agentsFolder } from '../record/path.ts';
import type { AgentRecord } from '../record/record.ts';
import { editsIn, type Past } from './past.ts';
import type { Renames } from './renames.ts';
import { merged } from './three-way.ts';

export interface Renamed {
  readonly uid: string;
  readonly from: string;
  readonly to: string;
}

/** Writes the agents of the commit, and adds to `renames` whose name lost by it. */
export function replayNames(draft: Draft, past: Past, context: Context, renames: Renames): Renamed[] {
  const lost: Renamed[] = [];
  for (const { before, after } of editsIn(agentsFolder, past)) {
    if (after?.kind !== 'agent' || before?.kind === 'unreadable') continue;
    const old = before?.kind === 'agent' ? before : undefined;
    const wanted = renames.ofUid(after.uid, after.agent);
    const isMine = ownRecord(draft, wanted, after.uid) !== undefined;
    if (!isMine && !isFree(wanted, draft) && !findByUid(draft, after, renames)) {
      renames.add(after.uid, after.agent, nextFree(after.agent, draft));
      lost.push({ uid: after.uid, from: wanted, to: renames.ofUid(after.uid, wanted) });
    }
    const name = renames.ofUid(after.uid, after.agent);
    const current = ownRecord(draft, name, after.uid);
    draft.put(agentPath(name), current === undefined ? { ...after, agent: name } : ontoCurrent(old, after, current));
  }
  for (const { uid, from, to } of lost) tell(draft, { uid, from, to }, context);
  return lost;
}

/**
 * An agent of whose new name the chain says nothing (a clone that was put back to an earlier state) is found by its uid.
 * Looks at its own record only, unless that is another's.
 */
export function findActor(draft: Draft, { uid, agent }: Past, renames: Renames): void {
  const record = draft.record(agentPath(renames.ofUid(uid, agent)));
  if (record?.kind === 'agent' && record.uid !== uid) findByUid(draft, { uid, agent }, renames);
}

function findByUid(draft: Draft, { uid, agent }: { uid: string; agent: string }, renames: Renames): boolean {
  for (const other of draft.folder(agentsFolder)) {
    if (other.kind !== 'agent' || other.uid !== uid) continue;
    renames.add(uid, agent, other.agent);
    return true;
  }
  return false;
}

function ownRecord(draft: Draft, name: string, uid: string): AgentRecord | undefined {
  const record = draft.record(agentPath(name));
  return record?.kind === 'agent' && record.uid === uid ? record : undefined;
}

function ontoCurrent(before: AgentRecord | undefined, after: AgentRecord, current: AgentRecord): AgentRecord {
  const { agent, at, lastSeen } = current;
  const isLater = after.lastSeen >= lastSeen;
  const fields = before === undefined && !isLater ? { ...after, ...current } : merged(before, after, current);
  const repositories = repositoriesOf(isLater ? [after, current] : [current, after]);
  const known = { ...fields, agent, at, lastSeen: isLater ? after.lastSeen : lastSeen };
  return repositories.length === 0 ? known : { ...known, repositories };
}

/** It may have worked in several repositories of a hub at once, and stays known by all of them. */
function repositoriesOf(records: readonly AgentRecord[]): string[] {
  return [...new Set(records.flatMap(({ repositories = [] }) => repositories))].slice(0, repositoriesPerAgentMax);
}

function nextFree(name: string, draft: Draft): string {
  for (let number = 2; ; number++) {
    const end = `-${number}`;
    const numbered = `${name.slice(0, nameCharsMax - end.length)}${end}`;
    if (isFree(numbered, draft)) return numbered;
  }
}

function isFree(name: string, draft: Draft): boolean {
  return draft.record(agentPath(name)) === undefined && sameButForCase(draft, name) === undefined;
}

function tell(draft: Draft, { uid, from, to }: Renamed, context: Context): void {
  notify(
    draft,
    { ...context, actor: { ...context.actor, uid, name: to } },
    {
      to,
      subject: `You are called ${to} now`,
      text: `Another agent had the name ${from} on the remote before you: ${from} is that one, and you are ${to}. What you wrote goes with you.`,
    },
  );
}
