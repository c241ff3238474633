/**
 * Secret rooms of the acting agent. The rules are those of every room: they run on a draft in which the room stands opened, what they
 * make of it is sealed, and the branch takes that only where it has the room as it was. With a remote a change is made at the
 * remote or not at all, for nobody else could decide it again.
 */
import type { Context, Decision } from '../../domain/decision.ts';
import { Draft } from '../../domain/draft.ts';
import { IntercomError } from '../../domain/failure.ts';
import { roomPath, roomsFolder } from '../../domain/record/path.ts';
import type { RoomRecord } from '../../domain/record/record.ts';
import { hiddenRoom, isHidden, somebody } from '../../domain/room/secret.ts';
import { openedRoom, withNamesOfNow } from '../../domain/sealed/opened-room.ts';
import { readersNamed, sealAgain } from '../../domain/sealed/plan.ts';
import { instantOf } from '../../domain/time.ts';
import type { View } from '../../domain/view.ts';
import { contextOf, worldAt } from '../act.ts';
import { type Answer, done, refused } from '../answer.ts';
import type { Session } from '../session.ts';
import { Opener } from './opened.ts';
import { whyKeyIsLost } from './own-key.ts';

/** As the branch has it, and what is under the seal. */
export interface SecretRoom {
  readonly hidden: RoomRecord;
  readonly room: RoomRecord;
}

/** Those that the keys of the agent open: it is in them, or invited. Costs nothing where there is none. */
export async function secretRooms(session: Session): Promise<SecretRoom[]> {
  const hidden = await session.store.read(hiddenRooms);
  if (hidden.length === 0) return [];
  const opener = await Opener.of(session);
  const opened = await Promise.all(
    hidden.map(async (each) => ({ hidden: each, json: await opener.open(each.sealed ?? '') })),
  );
  // The schemas of records are much to load, and a server that has just been started is waited for.
  const { parseRecord } = await import('../../domain/record/parse.ts');
  const rooms = opened.flatMap(({ hidden, json }) => {
    const room = json === undefined ? undefined : openedRoom(json, parseRecord);
    return room === undefined ? [] : [{ hidden, room }];
  });
  return session.store.read((view) => {
    const draft = new Draft(view);
    return rooms.map(({ hidden, room }) => ({ hidden, room: withNamesOfNow(room, draft) }));
  });
}

/** As the branch has them, whoever is in them. */
export function hiddenRooms(view: View): RoomRecord[] {
  return [...view.folder(roomsFolder).values()].flatMap((record) =>
    record.kind === 'room' && isHidden(record) ? [record] : [],
  );
}

/** The acting agent's, by its name with or without `@`. */
export async function secretRoomNamed(typed: string, session: Session): Promise<SecretRoom | undefined> {
  const name = typed.replace(/^@/, '');
  return (await secretRooms(session)).find(({ room }) => room.id === name);
}

/** Without its key an agent knows none of its secret rooms: that there is no such room may be untrue. */
export async function orLostKey<T>(answer: Answer<T>, session: Session): Promise<Answer<T>> {
  if (answer.status !== 'refused' || answer.refusal.code !== 'unknown-room') return answer;
  const hidden = await session.store.read(hiddenRooms);
  const lost = hidden.length === 0 ? undefined : await whyKeyIsLost(session);
  return lost === undefined ? answer : refused(lost);
}

export type SecretRule = (draft: Draft, context: Context) => Decision<{ readonly room: RoomRecord }>;

const triesMax = 8;

/** `name` is of the room that is changed; undefined where one is made. */
export async function changeSecretRoom(
  name: string | undefined,
  rule: SecretRule,
  session: Session,
): Promise<Answer<SecretRoom>> {
  for (let tries = 0; tries < triesMax; tries++) {
    await meetRemote(session);
    const all = await secretRooms(session);
    const before = name === undefined ? undefined : all.find(({ room }) => room.id === name);
    if (name !== undefined && before === undefined) return refused(sealAgain().refusal);
    const decided = await session.store.read((view, nowMs) => rehearseOn(view, nowMs, all, rule, session));
    if (!decided.ok) return refused(decided.refusal);
    const { room } = decided.result;
    if (before !== undefined && room === before.room) return done(before);
    const sealed = await sealRoom(room, session);
    if (sealed.status !== 'done') return sealed;
    const hidden = hiddenRoom(before?.hidden.id ?? session.newId(), room, sealed.value);
    if (!(await put(hidden, before?.hidden, session))) continue;
    await meetRemote(session);
    const now = await session.store.read((view) => view.record(roomPath(hidden.id)));
    if (now?.kind === 'room' && now.sealed === hidden.sealed) return done({ hidden, room });
  }
  return refused(sealAgain().refusal);
}

function rehearseOn(view: View, nowMs: number, all: readonly SecretRoom[], rule: SecretRule, session: Session) {
  const draft = new Draft(view);
  for (const { room } of all) draft.put(roomPath(room.id), room);
  return rule(draft, contextOf(session, view, worldAt(nowMs, session), session.newUid()));
}

/** For a key that nobody keeps where nobody is left. */
async function sealRoom(room: RoomRecord, { store, sealing }: Session): Promise<Answer<string>> {
  const names = [...room.members, ...(room.invited ?? [])].map(({ agent }) => agent);
  const planned = await store.read((view) => readersNamed(new Draft(view), [...new Set(names)].sort()));
  if (!planned.ok) return refused(planned.refusal);
  const readers = planned.plan.readers.map(({ sealTo }) => sealTo);
  const recipients = readers.length > 0 ? readers : [(await sealing.makePair()).recipient];
  return done(await sealing.seal(JSON.stringify(room), recipients));
}

/** False where the room is another than it was. */
async function put(hidden: RoomRecord, before: RoomRecord | undefined, { store }: Session): Promise<boolean> {
  const outcome = await store.transact((view, world) => {
    const current = view.record(roomPath(hidden.id));
    const isAsBefore =
      before === undefined ? current === undefined : current?.kind === 'room' && current.sealed === before.sealed;
    if (!isAsBefore) return sealAgain();
    const at = before?.at ?? instantOf(world.nowMs);
    const headline = { op: 'room-secret', subject: 'a secret room (sealed)', ids: [hidden.id] };
    const edits = [{ path: roomPath(hidden.id), record: { ...hidden, at } }];
    return { ok: true, result: undefined, edits, agent: somebody, uid: hidden.id, headline };
  });
  return outcome.ok;
}

async function meetRemote({ sync }: Session): Promise<void> {
  const unreached = (await sync?.exchange())?.unreached;
  if (unreached === undefined) return;
  throw new IntercomError({
    code: 'offline',
    message: `A secret room is changed at the remote or not at all, and it cannot be asked: ${unreached.why}`,
    next: unreached.next,
  });
}
