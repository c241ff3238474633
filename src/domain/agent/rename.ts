/**
 * An agent takes another name. What is alive and names it is written anew in the same commit, so that nothing else has to
 * know of the change; what is over (read mail, versions of specs, the log) names it as it was called then. The old name
 * leads to it until somebody else takes that.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { formerNamesMax } from '../limits.ts';
import {
  agentPath,
  agentsFolder,
  asksFolder,
  awaitedFolder,
  broadcastFolder,
  claimsFolder,
  escalationsFolder,
  inboxFolder,
  keysFolder,
  landingFolder,
  messagePath,
  receiptPath,
  roomPath,
  roomsFolder,
  subscriptionPath,
  threadPath,
  waitingFolder,
} from '../record/path.ts';
import type { AgentRecord, LiveRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { Renames, renamedPath, renamedRecord } from '../replay/renames.ts';
import { formerHolder } from './former.ts';
import { whyNoName } from './name.ts';
import { sameButForCase } from './register.ts';

/** The acting agent must be registered. Its own name is no change. */
export function rename(draft: Draft, to: string, { actor }: Context): Refusal | undefined {
  if (to === actor.name) return undefined;
  const reason = whyNoName(to);
  if (reason !== undefined) {
    const message = `${JSON.stringify(to.slice(0, 80))} cannot be the name of an agent: ${reason}.`;
    return refuse('bad-name', message, 'Choose a name such as bold-fox.').refusal;
  }
  const by = whyTaken(draft, to, actor.uid);
  if (by !== undefined) {
    const next =
      'Choose another: git intercom who --all shows the names of agents, git intercom room list those of rooms.';
    return refuse('name-taken', `The name ${to} is taken: ${by}.`, next, { name: to }).refusal;
  }
  move(draft, draft.record(agentPath(actor.name)) as AgentRecord, to);
  return undefined;
}

/** Undefined where the agent of this uid may be called so. */
export function whyTaken(draft: Draft, name: string, uid: string): string | undefined {
  if (draft.record(agentPath(name)) !== undefined) return `an agent is called ${name}`;
  const like = sameButForCase(draft, name);
  if (like !== undefined) return `an agent is called ${like}, and names differ by more than the case of their letters`;
  const former = formerHolder(draft.folder(agentsFolder), name);
  if (former !== undefined && former.uid !== uid && former.left === undefined) {
    return `${former.agent} was called ${name} before, and is still reached by it`;
  }
  return draft.record(roomPath(name)) === undefined ? undefined : `a room is called @${name}`;
}

/** Where the agent's records are, other than mail and what lies under its name. */
const folders = [
  ...[claimsFolder, waitingFolder, landingFolder, roomsFolder, keysFolder],
  ...[broadcastFolder, asksFolder, escalationsFolder, awaitedFolder],
];

/** Answers the record under the new name. Reads all unread mail, of which each copy names sender and readers. */
export function move(draft: Draft, record: AgentRecord, to: string): AgentRecord {
  const { agent: from, uid } = record;
  const renames = new Renames();
  renames.add(uid, from, to);
  const formerly = [from, ...(record.formerly ?? []).filter((name) => name !== to && name !== from)];
  const moved = { ...record, agent: to, formerly: formerly.slice(0, formerNamesMax) };
  draft.remove(agentPath(from));
  draft.put(agentPath(to), moved);
  const messages = new Map<string, string>();
  for (const folder of [...folders, ...filledInboxes(draft)]) {
    for (const each of [...draft.folder(folder)]) {
      const isWritten = rewrite(draft, `${folder}/${each.id}`, each, renames);
      if (isWritten && each.kind === 'message') messages.set(each.id, each.thread);
    }
  }
  const others = [...messages].flatMap(([id, thread]) => [messagePath(id), threadPath(thread, id), receiptPath(id)]);
  const paths = [...others, subscriptionPath(from)];
  draft.view.expectRecords(paths);
  for (const path of paths) {
    const each = draft.record(path);
    if (each !== undefined && each.kind !== 'unreadable') rewrite(draft, path, each, renames);
  }
  return moved;
}

/** Most agents have no unread mail, and their names are read at once. */
function filledInboxes(draft: Draft): string[] {
  const inboxes = draft.view.names(agentsFolder).map(inboxFolder);
  draft.view.names(...inboxes);
  return inboxes.filter((folder) => draft.view.names(folder).length > 0);
}

/** Whether it named the agent. */
function rewrite(draft: Draft, path: string, before: LiveRecord, renames: Renames): boolean {
  const now = { path: renamedPath(path, before, renames), record: renamedRecord(before, renames) as LiveRecord };
  if (now.path === path && JSON.stringify(before) === JSON.stringify(now.record)) return false;
  if (now.path !== path) draft.remove(path);
  draft.put(now.path, now.record);
  return true;
}
