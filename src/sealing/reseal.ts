/**
 * Sealing anew, where a commit of this clone is decided again on a tip whose room has other members: the text is here, for the
 * key of its author is. What cannot be sealed for the members of now (the author is not in the room any more) is sealed for
 * its author alone and comes back as a notice, so that nothing is lost. Without the key nothing is changed:
 * the replay then leaves the message out, and tells its author.
 */

import { Draft } from '../domain/draft.ts';
import { shortId } from '../domain/id.ts';
import { broadcastPath, inboxPath, messagePath, roomPath } from '../domain/record/path.ts';
import type { AnyRecord, MessageRecord, RoomKeyRecord, RoomRecord } from '../domain/record/record.ts';
import { memberOf } from '../domain/room/find.ts';
import { somebody } from '../domain/room/secret.ts';
import { type Content, formatContent, sealedWord } from '../domain/sealed/content.ts';
import { planFor } from '../domain/sealed/plan.ts';
import type { Change, View } from '../domain/view.ts';
import type { Sealing } from './port.ts';
import { anewInSecret } from './reseal-secret.ts';
import { added, contentOf, type Parts, type Sealed, sealedForMembers } from './sealed-anew.ts';

interface Author {
  readonly uid: string;
  readonly agent: string;
}

/** What one commit changed, as it is to be decided again. `ask` looks at the tip that it is decided on. */
export type Reseal = (
  edits: readonly Change[],
  author: Author,
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
    const parts = { sealing, ask, newId, keys };
    if (message.agent === somebody) {
      const anew = await anewInSecret(message, parts);
      return anew === undefined ? edits : [...others, ...anew];
    }
    const content = await contentOf(
      message,
      async () => (await sealing.keys.of(author.uid)).map(({ identity }) => identity),
      parts,
    );
    if (content === undefined) return edits;
    const places = edits.flatMap(({ path, after }) => (after?.id === message.id ? [path] : []));
    const isIn = room?.epoch !== undefined && memberOf(room, author.uid) !== undefined;
    const anew = isIn ? await forMembers(message, content, { ...parts, author, room, places }) : undefined;
    return [...others, ...(anew ?? (await forAuthor(message, content, { author, sealing })))];
  };
}

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

interface Anew extends Parts {
  readonly author: Author;
  readonly room: RoomRecord;
  /** Where the message lies. */
  readonly places: readonly string[];
}

/** Undefined where one of them has no key. */
async function forMembers(
  message: Sealed,
  content: Content,
  { author, room, places, ask, sealing, newId }: Anew,
): Promise<readonly Change[] | undefined> {
  const actor = { name: author.agent, uid: author.uid, host: '' };
  const planned = await ask((view) => planFor(new Draft(view), { names: [], room: room.id }, { actor }));
  const sealedAnew = await sealedForMembers(content, planned, { by: message, sealing, newId });
  if (sealedAnew === undefined) return undefined;
  const { sealed, newKey } = sealedAnew;
  const to = room.members.filter(({ uid }) => uid !== author.uid).map(({ agent }) => agent);
  const anew: MessageRecord = { ...message, to, sealed };
  const isForAll = (path: string) => path === broadcastPath(message.id);
  return [
    ...places.filter((path) => !isForAll(path)).map((path) => added(path, anew)),
    ...(to.length > 0 ? [added(broadcastPath(message.id), anew)] : []),
    ...newKey,
  ];
}

/** In its own mail, under the id that the message had. */
async function forAuthor(
  message: Sealed,
  content: Content,
  { author, sealing }: { readonly author: Author; readonly sealing: Sealing },
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
