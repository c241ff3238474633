/** What is said in secret rooms: written for whoever is in them, and read from the threads of the rooms that one's keys open. */
import { Draft } from '../../domain/draft.ts';
import { meantBy } from '../../domain/meant-id.ts';
import { unreadOf } from '../../domain/message/inbox.ts';
import { type ShownMail, type ShownMessage, shownMessage } from '../../domain/message/present.ts';
import { messagePath, threadFolder } from '../../domain/record/path.ts';
import type { MessageRecord } from '../../domain/record/record.ts';
import { memberOf } from '../../domain/room/find.ts';
import { somebody } from '../../domain/room/secret.ts';
import type { Content } from '../../domain/sealed/content.ts';
import { planForRoom, readersNamed, sealAgain } from '../../domain/sealed/plan.ts';
import { decideSecretMessage } from '../../domain/sealed/secret-message.ts';
import { contextOf } from '../act.ts';
import { type Answer, refused } from '../answer.ts';
import { ownUid } from '../own-uid.ts';
import type { Session } from '../session.ts';
import { sealFor } from './act-sealing.ts';
import { Opener, opened, shownTo } from './opened.ts';
import { hiddenRooms, type SecretRoom, secretRoomNamed, secretRooms } from './secret-rooms.ts';

const triesMax = 8;

/** To all who are in it; `only` to these of its people, as an invitation. */
export async function sayInSecret(
  { room: { id: name } }: SecretRoom,
  content: Content,
  session: Session,
  only?: readonly string[],
): Promise<Answer<{ readonly message: ShownMessage }>> {
  for (let tries = 0; tries < triesMax; tries++) {
    // Nobody can seal it anew later: it is sealed for who is in it by the remote, where that can be asked.
    await session.sync?.exchange();
    const secret = await secretRoomNamed(name, session);
    if (secret === undefined) break;
    const readers = only && [session.self.name, ...only];
    const planned = await session.store.read((view) => planOf(new Draft(view), secret, readers));
    if (!planned.ok) return refused(planned.refusal);
    const under = { ...content, from: session.self.name, fromPerson: session.self.isPerson, room: name };
    const seal = await sealFor(planned.plan, under, session);
    const { hidden } = secret;
    const outcome = await session.store.transact((view, world) => {
      const draft = new Draft(view);
      const actor = { uid: hidden.id, name: somebody, host: '' };
      const context = { ...contextOf(session, view, world, hidden.id), actor };
      const decision = decideSecretMessage(draft, { room: hidden.id, seal }, context);
      return decision.ok ? { ...decision, edits: draft.edits(), agent: somebody, uid: hidden.id } : decision;
    });
    if (!outcome.ok) continue;
    await noteRead([outcome.result.message.id], session);
    return shownTo(outcome.result.message, session);
  }
  return refused(sealAgain().refusal);
}

function planOf(draft: Draft, { hidden, room }: SecretRoom, only: readonly string[] | undefined) {
  if (only !== undefined) return readersNamed(draft, [...new Set(only)].sort());
  return planForRoom(draft, { ...room, id: hidden.id }, hidden.epoch ?? '');
}

/** Not noted as read, oldest first; what was said before one was invited or joined is not unread. */
export async function unreadInSecret(session: Session): Promise<ShownMail[]> {
  const hidden = await session.store.read(hiddenRooms);
  if (hidden.length === 0) return [];
  const rooms = await secretRooms(session);
  const uid = (await session.store.read((view) => ownUid(view, session.self))) ?? '';
  const read = await session.sealing.read.of(uid);
  const isOpen = new Set(rooms.map((room) => room.hidden.id));
  const closed = hidden.filter(({ id }) => !isOpen.has(id)).map(({ id }) => id);
  const found: ShownMessage[] = await toldOfClosed(closed, read, session);
  for (const { hidden, room } of rooms) {
    const since = memberOf(room, uid)?.since ?? room.invited?.find((each) => each.uid === uid)?.at;
    if (since === undefined) continue;
    for (const message of await messagesIn(hidden.id, session)) {
      if (message.at >= since && !read.has(message.id)) found.push(shownMessage(message));
    }
  }
  const mail = (await opened(found, session)).filter(({ sealed }) => sealed === 'opened');
  const inOrder = mail.sort((a, b) => (a.id < b.id ? -1 : 1));
  return inOrder.map((message) => ({ ...message, delivered: null, acknowledged: null }));
}

/**
 * In rooms that the agent cannot open: that it was put out of one. What no key of the agent opens is for others, and is not
 * tried again.
 */
async function toldOfClosed(
  rooms: readonly string[],
  read: ReadonlySet<string>,
  session: Session,
): Promise<ShownMessage[]> {
  if (rooms.length === 0) return [];
  const opener = await Opener.of(session);
  if (opener.isWithoutKeys) return [];
  const found: ShownMessage[] = [];
  const others: string[] = [];
  for (const room of rooms) {
    for (const message of await messagesIn(room, session)) {
      if (message.sealed?.epoch !== undefined || read.has(message.id)) continue;
      const content = await opener.contentOf(message);
      if (content === undefined) others.push(message.id);
      else if (content.isPutOut === true) found.push(shownMessage(message));
    }
  }
  await noteRead(others, session);
  return found;
}

/** On this machine alone: the branch has no receipt of what is said in secret. */
export async function noteRead(ids: readonly string[], session: Session): Promise<void> {
  const uid = await session.store.read((view) => ownUid(view, session.self));
  if (uid !== undefined && ids.length > 0) await session.sealing.read.note(uid, ids);
}

/** Notes what is meant of it, and gives the rest back. */
export async function acknowledgedInSecret(
  references: readonly string[] | 'all',
  session: Session,
): Promise<{ readonly secret: readonly string[]; readonly others: readonly string[] | 'all' }> {
  const unread = await unreadInSecret(session);
  if (unread.length === 0) return { secret: [], others: references };
  const meant = references === 'all' ? unread : references.flatMap((typed) => meantBy(typed, unread));
  const secret = [...new Set(meant.map(({ id }) => id))];
  await noteRead(secret, session);
  session.store.journals.delivered.forget(session.self.name, secret);
  return {
    secret,
    others: references === 'all' ? 'all' : references.filter((typed) => meantBy(typed, unread).length === 0),
  };
}

/** What a reply without an id means, where nothing else is unread. */
export async function onlyOneInSecret(session: Session): Promise<string | undefined> {
  const [message, ...others] = await unreadInSecret(session);
  if (message === undefined || others.length > 0) return undefined;
  const isElse = await session.store.read((view) => unreadOf(new Draft(view), session.self.name).length > 0);
  return isElse ? undefined : message.id;
}

/** Of a message in a secret room, that room. */
export async function secretRoomOf(id: string, session: Session): Promise<SecretRoom | undefined> {
  const record = await session.store.read((view) => view.record(messagePath(id)));
  if (record?.kind !== 'message' || record.agent !== somebody) return undefined;
  return (await secretRooms(session)).find(({ hidden }) => hidden.id === record.room);
}

function messagesIn(id: string, { store }: Session): Promise<MessageRecord[]> {
  return store.read((view) =>
    [...view.folder(threadFolder(id)).values()].flatMap((record) => (record.kind === 'message' ? [record] : [])),
  );
}
