/** What a client may offer while an argument is typed: agents, rooms, threads, specs, and paths that are claimed. */
import { isListed } from '../domain/agent/visibility.ts';
import { agentsFolder, messagesFolder, roomsFolder, specsFolder } from '../domain/record/path.ts';
import { claims } from '../operations/claims.ts';
import { peek } from '../operations/peek.ts';
import type { Session } from '../operations/session.ts';

/** The protocol's own bound (2025-11-25, "Completion"). */
const valuesMax = 100;
const threadsMax = 1_000;

export interface Completed {
  readonly values: string[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** `argument` is of a prompt or of a resource template; one that is not known has no values. */
export async function complete(argument: string, typed: string, session: Session): Promise<Completed> {
  const known = await (sources[argument]?.(session) ?? []);
  const fitting = [...new Set(known)].filter((value) => value.toLowerCase().startsWith(typed.toLowerCase())).sort();
  return { values: fitting.slice(0, valuesMax), total: fitting.length, hasMore: fitting.length > valuesMax };
}

const sources: Readonly<Record<string, (session: Session) => Promise<readonly string[]>>> = {
  to: addresses,
  room: roomNames,
  id: threadIds,
  name: specNames,
  paths: claimedPaths,
};

async function addresses(session: Session): Promise<string[]> {
  const rooms = await roomNames(session);
  return [...(await agentNames(session)), ...rooms.map((name) => `@${name}`)];
}

function roomNames({ store }: Session): Promise<string[]> {
  return store.read((view) =>
    [...view.folder(roomsFolder).values()].flatMap((record) =>
      record.kind === 'room' && record.visibility !== 'secret' ? [record.id] : [],
    ),
  );
}

function agentNames({ store, self }: Session): Promise<string[]> {
  return store.read((view) =>
    [...view.folder(agentsFolder).values()].flatMap((record) =>
      record.kind === 'agent' && record.left === undefined && isListed(record) && record.agent !== self.name
        ? [record.agent]
        : [],
    ),
  );
}

function specNames({ store }: Session): Promise<string[]> {
  return store.read((view) => [...view.folder(specsFolder).keys()]);
}

/** Of the unread messages, and of some that the tip still has: with very many, looking at all would take too long. */
async function threadIds(session: Session): Promise<string[]> {
  const ids: string[] = [];
  const unread = await peek.run(peek.input.parse({ mark: false }), session);
  if (unread.status === 'done') ids.push(...unread.value.messages.map((message) => message.thread));
  for await (const [path] of session.store.paths(messagesFolder)) {
    ids.push(path.slice(messagesFolder.length + 1));
    if (ids.length === threadsMax) break;
  }
  return ids;
}

async function claimedPaths(session: Session): Promise<string[]> {
  const answer = await claims.run(claims.input.parse({}), session);
  return answer.status === 'done' ? answer.value.claims.flatMap(({ paths }) => paths) : [];
}
