/** Handing earlier keys of a room on, so that who is invited can read what was said before. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { roomKeyPath, roomPath } from '../record/path.ts';
import type { RoomKeyRecord, RoomRecord } from '../record/record.ts';
import { isMember, refuseStranger } from '../room/change.ts';
import { findRoom } from '../room/find.ts';
import { listed } from '../text.ts';
import { type Planned, readersNamed, sealAgain } from './plan.ts';

export interface Handing {
  readonly room: string;
  /** By name, with the keys that it was sealed for. */
  readonly readers: readonly { readonly agent: string; readonly sealTo: string }[];
  readonly keys: readonly Pick<RoomKeyRecord, 'id' | 'epoch' | 'key' | 'to' | 'sealed'>[];
}

/** For whom to seal; refused where one of them has no key. */
export function readersOf(draft: Pick<Draft, 'record' | 'folder'>, agents: readonly string[]): Planned {
  return readersNamed(draft, [...new Set(agents)].sort());
}

/**
 * Only members hand on, and to those who are in the room or invited. From then on it has another key: who declines has read
 * what was said before, and nothing that comes.
 */
export function decideHandKeys(
  draft: Draft,
  { room, readers, keys }: Handing,
  context: Context,
): Decision<{ room: RoomRecord }> {
  const found = findRoom(draft, room);
  if (!found.ok) return found;
  if (!isMember(found.room, context)) return refuseStranger(found.room, context);
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const now = readersOf(
    draft,
    readers.map(({ agent }) => agent),
  );
  if (!now.ok) return now;
  const isSame = JSON.stringify(now.plan.readers) === JSON.stringify(readers);
  if (!isSame || !readers.every(({ agent }) => mayRead(found.room, agent))) return sealAgain();
  const { name: agent, uid } = context.actor;
  for (const key of keys) {
    const record: RoomKeyRecord = { v: 1, kind: 'roomkey', agent, at: context.now, uid, room: found.room.id, ...key };
    draft.put(roomKeyPath(key.epoch, key.id), record);
  }
  const after = { ...found.room, epoch: context.newId(), version: found.room.version + 1 };
  draft.put(roomPath(after.id), after);
  const names = readers.map((reader) => reader.agent);
  const subject = `${agent} hands the history of @${after.id} to ${listed(names, 5)}`;
  return { ok: true, result: { room: after }, headline: { op: 'room-history', subject, ids: [after.id] } };
}

function mayRead(room: RoomRecord, agent: string): boolean {
  const isInvited = room.invited?.some((each) => each.agent === agent) ?? false;
  return isInvited || room.members.some((each) => each.agent === agent);
}
