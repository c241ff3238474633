/**
 * Names, decided again like claims: the first uid under a name on the authority keeps it. Who registered under it as well
 * gets it with a number behind, and who wanted to be called so keeps the name before; both are told.
 */
import { formerHolder } from '../agent/former.ts';
import { sameButForCase } from '../agent/register.ts';
import { move, whyTaken } from '../agent/rename.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { nameCharsMax, repositoriesPerAgentMax } from '../limits.ts';
import { notify } from '../message/notify.ts';
import { agentPath, agentsFolder } from '../record/path.ts';
import type { AgentRecord } from '../record/record.ts';
import { somebody } from '../room/secret.ts';
import type { Change } from '../view.ts';
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
  const kept: Renamed[] = [];
  for (const { before, after } of editsIn(agentsFolder, past)) {
    if (after?.kind !== 'agent' || before?.kind === 'unreadable') continue;
    const former = before === undefined ? givenUp(after, past) : undefined;
    if (former !== undefined && replayRename(draft, { former, after }, kept, renames)) continue;
    const old = before?.kind === 'agent' ? before : undefined;
    if (old === undefined && renames.ofUid(after.uid, after.agent) === after.agent) renames.release(after.agent);
    findActor(draft, after, renames);
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
  for (const each of lost) {
    const { from, to } = each;
    const text = `Another agent had the name ${from} on the remote before you: ${from} is that one, and you are ${to}. What you wrote goes with you.`;
    tell(draft, each, `You are called ${to} now`, text, context);
  }
  for (const each of kept) {
    const { from, to } = each;
    const text = `You took the name ${from} in this clone, and on the remote it was taken before. What you wrote goes with you; choose another with git intercom status --name.`;
    tell(draft, each, `You are called ${to}, and not ${from}`, text, context);
  }
  return [...lost, ...kept];
}

/** The record of the same agent that the commit takes away. */
function givenUp({ uid }: AgentRecord, past: Past): AgentRecord | undefined {
  for (const { before, after } of editsIn(agentsFolder, past)) {
    if (after === undefined && before?.kind === 'agent' && before.uid === uid) return before;
  }
  return undefined;
}

/**
 * Another name, taken by who is there already; false where the authority knows nothing of that agent. What lives there and
 * names it is found there: the commit says only what it was in the clone.
 */
function replayRename(
  draft: Draft,
  { former, after }: { readonly former: AgentRecord; readonly after: AgentRecord },
  kept: Renamed[],
  renames: Renames,
): boolean {
  const { uid, agent: to } = after;
  const known = ownRecord(draft, renames.ofUid(uid, former.agent), uid) ?? byUid(draft, uid);
  if (known === undefined) return false;
  renames.follow(uid, former.agent, known.agent);
  const isCalledSo = known.agent === to;
  const isFreeName = !isCalledSo && whyTaken(draft, to, uid) === undefined;
  if (!isCalledSo && !isFreeName) kept.push({ uid, from: to, to: known.agent });
  const current = isFreeName ? move(draft, known, to) : known;
  renames.follow(uid, to, current.agent);
  const { formerly } = current;
  draft.put(agentPath(current.agent), { ...ontoCurrent(former, after, current), formerly });
  return true;
}

/**
 * Whoever took another name on the authority meanwhile is meant by the one that the commit knows, as long as nobody else
 * has that.
 */
export function followRenamed(draft: Draft, past: Past, renames: Renames): void {
  const names = [...new Set([past.agent, ...past.edits.flatMap(namesIn)])].filter((name) => name !== somebody);
  draft.view.expectRecords(names.map((name) => agentPath(renames.ofName(name))));
  for (const name of names) {
    if (draft.record(agentPath(renames.ofName(name))) !== undefined) continue;
    const holder = formerHolder(draft.folder(agentsFolder), renames.ofName(name));
    if (holder !== undefined) renames.follow(holder.uid, name, holder.agent);
  }
}

function namesIn({ path, before, after }: Change): string[] {
  const [folder, owner = ''] = path.split('/');
  const named = [before, after].flatMap((record) => {
    if (record === undefined || record.kind === 'unreadable') return [];
    return record.kind === 'message' ? [record.agent, ...record.to] : [record.agent];
  });
  return folder === 'inbox' ? [owner, ...named] : named;
}

/**
 * An agent of whose new name the chain says nothing (a clone that was put back to an earlier state) is found by its uid.
 * Looks at its own record only, unless that is another's.
 */
export function findActor(draft: Draft, { uid, agent }: { uid: string; agent: string }, renames: Renames): void {
  const record = draft.record(agentPath(renames.ofUid(uid, agent)));
  const isGone = record === undefined && formerHolder(draft.folder(agentsFolder), agent)?.uid === uid;
  if (isGone || (record?.kind === 'agent' && record.uid !== uid)) findByUid(draft, { uid, agent }, renames);
}

function findByUid(draft: Draft, { uid, agent }: { uid: string; agent: string }, renames: Renames): boolean {
  const found = byUid(draft, uid);
  if (found !== undefined) renames.add(uid, agent, found.agent);
  return found !== undefined;
}

function byUid(draft: Draft, uid: string): AgentRecord | undefined {
  for (const record of draft.folder(agentsFolder)) if (record.kind === 'agent' && record.uid === uid) return record;
  return undefined;
}

function ownRecord(draft: Draft, name: string, uid: string): AgentRecord | undefined {
  const record = draft.record(agentPath(name));
  return record?.kind === 'agent' && record.uid === uid ? record : undefined;
}

function ontoCurrent(before: AgentRecord | undefined, after: AgentRecord, current: AgentRecord): AgentRecord {
  const { agent, at, lastSeen } = current;
  // Seen since it left, it is back, or had never gone: a clone that heard nothing of it may have taken it for gone.
  if (before?.left === undefined && after.left !== undefined && after.left < lastSeen) return current;
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

function tell(draft: Draft, { uid, to }: Renamed, subject: string, text: string, context: Context): void {
  notify(draft, { ...context, actor: { ...context.actor, uid, name: to } }, { to, subject, text });
}
