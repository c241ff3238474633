/**
 * The same for what is said in a secret room, whose commit names nobody: whose it is stands under the seal, so that it is opened with
 * whatever keys of agents this machine has. Where none opens it, or its author's are not among them, it stays as it is:
 * nobody could be told.
 */
import { nameIn } from '../domain/agent/former.ts';
import { Draft } from '../domain/draft.ts';
import { shortId } from '../domain/id.ts';
import { agentPath, agentsFolder, messagePath, roomKeyPath, roomPath, threadPath } from '../domain/record/path.ts';
import type { AgentRecord, MessageRecord, RoomKeyRecord, RoomRecord } from '../domain/record/record.ts';
import { memberOf } from '../domain/room/find.ts';
import { somebody } from '../domain/room/secret.ts';
import { type Content, formatContent, parseContent } from '../domain/sealed/content.ts';
import { openedRoom, withNamesOfNow } from '../domain/sealed/opened-room.ts';
import { planForRoom } from '../domain/sealed/plan.ts';
import type { Change } from '../domain/view.ts';
import type { Pair, Sealing } from './port.ts';
import type { Reseal, Sealed } from './reseal.ts';
import { added, newKey } from './sealed-anew.ts';

interface Parts {
  readonly sealing: Sealing;
  readonly ask: Parameters<Reseal>[2];
  readonly newId: () => string;
  /** Keys of rooms that earlier commits of the chain made. */
  readonly keys: ReadonlyMap<string, RoomKeyRecord>;
}

/** What stands in the place of the message: undefined where it stays as it is. */
export async function anewInSecret(message: Sealed, parts: Parts): Promise<readonly Change[] | undefined> {
  const { sealing, ask } = parts;
  const content = await contentOf(message, parts);
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

async function contentOf({ sealed }: Sealed, { sealing, ask, keys }: Parts): Promise<Content | undefined> {
  const { epoch = '', key = '', text } = sealed;
  const known = keys.get(key) ?? (await ask((view) => view.record(roomKeyPath(epoch, key))));
  if (known?.kind !== 'roomkey') return undefined;
  const uids = await ask((view) => [...view.folder(agentsFolder).values()].flatMap((each) => uidOf(each)));
  const pairs = (await Promise.all(uids.map((uid) => sealing.keys.of(uid)))).flat();
  const identity = await sealing.open(known.sealed, identitiesOf(pairs));
  const json = identity === undefined ? undefined : await sealing.open(text, [identity]);
  return json === undefined ? undefined : parseContent(json);
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
  const { epoch = '' } = hidden;
  const planned = await ask((view) => planForRoom(new Draft(view), { ...room, id: hidden.id }, epoch));
  if (!planned.ok || planned.plan.room === undefined) return undefined;
  const { key } = planned.plan.room;
  const made = key === undefined ? await newKey(planned.plan.readers, sealing) : undefined;
  const keyId = key?.id ?? newId();
  const text = await sealing.seal(formatContent({ ...content, room: room.id }), [key?.to ?? made?.to ?? '']);
  const { id, at, thread } = message;
  const anew: MessageRecord = { ...message, sealed: { epoch, key: keyId, text } };
  const own = { v: 1, kind: 'roomkey', agent: somebody, at, uid: hidden.id, room: hidden.id } as const;
  const record: RoomKeyRecord | undefined = made && { ...own, id: keyId, epoch, key: keyId, ...made };
  return [
    added(messagePath(id), anew),
    added(threadPath(thread, id), anew),
    ...(record === undefined ? [] : [added(roomKeyPath(epoch, keyId), record)]),
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
