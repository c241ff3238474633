/**
 * The same for what is said in a secret room, whose commit names nobody: whose it is stands under the seal, so that it is opened with
 * whatever keys of agents this machine has. Where none opens it, or its author's are not among them, it stays as it is:
 * nobody could be told.
 */
import { nameIn } from '../domain/agent/former.ts';
import { Draft } from '../domain/draft.ts';
import { shortId } from '../domain/id.ts';
import { agentPath, agentsFolder, messagePath, roomPath, threadPath } from '../domain/record/path.ts';
import type { AgentRecord, MessageRecord, RoomRecord } from '../domain/record/record.ts';
import { memberOf } from '../domain/room/find.ts';
import { somebody } from '../domain/room/secret.ts';
import { type Content, formatContent } from '../domain/sealed/content.ts';
import { openedRoom, withNamesOfNow } from '../domain/sealed/opened-room.ts';
import { planForRoom } from '../domain/sealed/plan.ts';
import type { Change } from '../domain/view.ts';
import type { Pair } from './port.ts';
import { added, contentOf, type Parts, type Sealed, sealedForMembers } from './sealed-anew.ts';

/** What stands in the place of the message: undefined where it stays as it is. */
export async function anewInSecret(message: Sealed, parts: Parts): Promise<readonly Change[] | undefined> {
  const { sealing, ask } = parts;
  const content = await contentOf(message, () => identitiesHere(parts), parts);
  const author = content === undefined ? undefined : await authorOf(content, parts);
  const [own] = author?.pairs ?? [];
  if (content === undefined || author === undefined || own === undefined) return undefined;
  const hidden = await ask((view) => view.record(roomPath(message.room)));
  const json =
    hidden?.kind === 'room' ? await sealing.open(hidden.sealed ?? '', identitiesOf(author.pairs)) : undefined;
  const { parseRecord } = await import('../domain/record/parse.ts');
  const opened = json === undefined ? undefined : openedRoom(json, parseRecord);
  const room = opened && (await ask((view) => withNamesOfNow(opened, new Draft(view))));
  const isIn = hidden?.kind === 'room' && room !== undefined && memberOf(room, author.record.uid) !== undefined;
  const anew = isIn ? await forMembers(message, content, { ...parts, hidden, room }) : undefined;
  return anew ?? forAuthor(message, content, own, parts);
}

/** Of all agents whose keys this machine has. */
async function identitiesHere({ ask, sealing }: Parts): Promise<string[]> {
  const uids = await ask((view) => [...view.folder(agentsFolder).values()].flatMap((each) => uidOf(each)));
  return identitiesOf((await Promise.all(uids.map((uid) => sealing.keys.of(uid)))).flat());
}

function uidOf(record: object): string[] {
  return 'uid' in record && typeof record.uid === 'string' ? [record.uid] : [];
}

async function authorOf({ from }: Content, { ask, sealing }: Parts) {
  if (from === undefined) return undefined;
  const record = await ask((view) => {
    const draft = new Draft(view);
    return draft.record(agentPath(nameIn(draft, { name: from })));
  });
  if (record?.kind !== 'agent') return undefined;
  return { record: record as AgentRecord, pairs: await sealing.keys.of(record.uid) };
}

function identitiesOf(pairs: readonly Pair[]): string[] {
  return pairs.map(({ identity }) => identity);
}

/** Undefined where one of them has no key. */
async function forMembers(
  message: Sealed,
  content: Content,
  { hidden, room, sealing, ask, newId }: Parts & { readonly hidden: RoomRecord; readonly room: RoomRecord },
): Promise<Change[] | undefined> {
  const { epoch = '', id: uid } = hidden;
  const planned = await ask((view) => planForRoom(new Draft(view), { ...room, id: uid }, epoch));
  const { id, at, thread } = message;
  const by = { agent: somebody, uid, at };
  const anew = await sealedForMembers({ ...content, room: room.id }, planned, { by, sealing, newId });
  if (anew === undefined) return undefined;
  const { sealed, newKey } = anew;
  return [
    added(messagePath(id), { ...message, sealed }),
    added(threadPath(thread, id), { ...message, sealed }),
    ...newKey,
  ];
}

/** In the thread of the room and for no eyes but the author's, who has read the one that it was: hence another id. */
async function forAuthor(message: Sealed, content: Content, own: Pair, { sealing, newId }: Parts): Promise<Change[]> {
  const { room = '', text } = content;
  const subject = `Not delivered in @${room}, where you are not any more: ${shortId(message.id)}`;
  const sealed = await sealing.seal(formatContent({ ...content, subject, text, isPutOut: true }), [own.recipient]);
  const id = newId();
  const back: MessageRecord = { ...message, id, sealed: { text: sealed } };
  return [added(messagePath(id), back), added(threadPath(message.thread, id), back)];
}
