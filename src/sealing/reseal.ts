/**
 * Sealing anew, where a commit of this clone is decided again on a tip whose room has other members: the text is here, for the
 * key of its author is. What cannot be sealed for the members of now (the author is not in the room any more) is sealed for
 * its author alone and comes back as a notice, so that nothing is lost. Without the key nothing is changed:
 * the replay then leaves the message out, and tells its author.
 */

import { Draft } from '../domain/draft.ts';
import { shortId } from '../domain/id.ts';
import { broadcastPath, inboxPath, messagePath, roomKeyPath, roomPath } from '../domain/record/path.ts';
import type { AnyRecord, MessageRecord, RoomKeyRecord, RoomRecord } from '../domain/record/record.ts';
import { memberOf } from '../domain/room/find.ts';
import { somebody } from '../domain/room/secret.ts';
import { type Content, formatContent, parseContent, sealedWord } from '../domain/sealed/content.ts';
import { planFor } from '../domain/sealed/plan.ts';
import type { Change, View } from '../domain/view.ts';
import type { Sealing } from './port.ts';
import { anewInSecret } from './reseal-secret.ts';
import { added, newKey } from './sealed-anew.ts';

/** What one commit changed, as it is to be decided again. `ask` looks at the tip that it is decided on. */
export type Reseal = (
  edits: readonly Change[],
  author: { readonly uid: string; readonly agent: string },
  ask: <T>(query: (view: View) => T) => Promise<T>,
) => Promise<readonly Change[]>;

/** One for each chain of commits: the key of a membership that is gone may stand in an earlier commit, and nowhere else. */
export function openReseal(sealing: Sealing, newId: () => string): Reseal {
  const keys = new Map<string, RoomKeyRecord>();
  return async (edits, author, ask) => {
    for (const { after } of edits) if (after?.kind === 'roomkey') keys.set(after.id, after);
    const message = sealedForRoom(edits);
    if (message === undefined) return edits;
    const room = await ask((view) => roomOf(view.record(roomPath(message.room))));
    if (room?.epoch === message.sealed.epoch) return edits;
    const others = edits.filter(({ after }) => after?.id !== message.id && after?.id !== message.sealed.key);
    if (message.agent === somebody) {
      const anew = await anewInSecret(message, { sealing, ask, newId, keys });
      return anew === undefined ? edits : [...others, ...anew];
    }
    const content = await contentOf(message, { author, keys, sealing, ask });
    if (content === undefined) return edits;
    const places = edits.flatMap(({ path, after }) => (after?.id === message.id ? [path] : []));
    const isIn = room?.epoch !== undefined && memberOf(room, author.uid) !== undefined;
    const anew = isIn ? await forMembers(message, content, { author, room, places, ask, sealing, newId }) : undefined;
    return [...others, ...(anew ?? (await forAuthor(message, content, { author, sealing })))];
  };
}

/** For the membership of a room. */
export type Sealed = MessageRecord & { readonly room: string; readonly sealed: NonNullable<MessageRecord['sealed']> };

function sealedForRoom(edits: readonly Change[]): Sealed | undefined {
  const added = edits.find(
    ({ path, before, after }) =>
      before === undefined &&
      after?.kind === 'message' &&
      path === messagePath(after.id) &&
      after.sealed?.epoch !== undefined,
  );
  return added?.after?.kind === 'message' && added.after.room !== undefined ? (added.after as Sealed) : undefined;
}

function roomOf(record: AnyRecord | undefined): RoomRecord | undefined {
  return record?.kind === 'room' ? record : undefined;
}

interface Parts {
  readonly author: { readonly uid: string; readonly agent: string };
  readonly sealing: Sealing;
  readonly ask: Parameters<Reseal>[2];
}

async function contentOf(
  { sealed }: Sealed,
  { author, keys, sealing, ask }: Parts & { readonly keys: ReadonlyMap<string, RoomKeyRecord> },
): Promise<Content | undefined> {
  const { epoch = '', key = '', text } = sealed;
  const known = keys.get(key) ?? (await ask((view) => view.record(roomKeyPath(epoch, key))));
  if (known?.kind !== 'roomkey') return undefined;
  const own = (await sealing.keys.of(author.uid)).map(({ identity }) => identity);
  const identity = await sealing.open(known.sealed, own);
  const json = identity === undefined ? undefined : await sealing.open(text, [identity]);
  return json === undefined ? undefined : parseContent(json);
}

interface Anew extends Parts {
  readonly room: RoomRecord;
  /** Where the message lies. */
  readonly places: readonly string[];
  readonly newId: () => string;
}

/** Undefined where one of them has no key. */
async function forMembers(
  message: Sealed,
  content: Content,
  { author, room, places, ask, sealing, newId }: Anew,
): Promise<Change[] | undefined> {
  const actor = { name: author.agent, uid: author.uid, host: '' };
  const planned = await ask((view) => planFor(new Draft(view), { names: [], room: room.id }, { actor }));
  if (!planned.ok || planned.plan.room === undefined) return undefined;
  const { epoch, key } = planned.plan.room;
  const made = key === undefined ? await newKey(planned.plan.readers, sealing) : undefined;
  const keyId = key?.id ?? newId();
  const text = await sealing.seal(formatContent(content), [key?.to ?? made?.to ?? '']);
  const to = room.members.filter(({ uid }) => uid !== author.uid).map(({ agent }) => agent);
  const anew: MessageRecord = { ...message, to, sealed: { epoch, key: keyId, text } };
  const { id, agent, at, uid } = message;
  const record: RoomKeyRecord | undefined = made && {
    v: 1,
    id: keyId,
    kind: 'roomkey',
    agent,
    at,
    uid,
    room: room.id,
    epoch,
    key: keyId,
    ...made,
  };
  return [
    ...places.filter((path) => path !== broadcastPath(id)).map((path) => added(path, anew)),
    ...(to.length > 0 ? [added(broadcastPath(id), anew)] : []),
    ...(record === undefined ? [] : [added(roomKeyPath(epoch, keyId), record)]),
  ];
}

/** In its own mail, under the id that the message had. */
async function forAuthor(
  message: Sealed,
  content: Content,
  { author, sealing }: Omit<Parts, 'ask'>,
): Promise<Change[]> {
  const [own] = await sealing.keys.of(author.uid);
  if (own === undefined) return [];
  const { v, id, kind, agent, at, uid, room } = message;
  const subject = `Not delivered in @${room}, where you are not any more: ${shortId(id)}`;
  const text = await sealing.seal(formatContent({ ...content, subject }), [own.recipient]);
  const notice: MessageRecord = {
    ...{ v, id, kind, agent, at, uid, to: [agent], audience: 'named', thread: id, purpose: 'notice' },
    ...{ importance: 'high', ackWanted: false, sealed: { text }, text: sealedWord },
  };
  return [added(messagePath(id), notice), added(inboxPath(agent, id), notice)];
}
