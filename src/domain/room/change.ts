/** One change of a room that is there: found by its name, decided, and written with the next version. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { roomPath } from '../record/path.ts';
import type { RoomRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import type { Roomed } from './create.ts';
import { findRoom, memberOf } from './find.ts';

/** A rule that changes nothing answers the room as it was given, and nothing is written. */
export type RoomRule = (room: RoomRecord, draft: Draft, context: Context) => Decision<Roomed>;

export function changeRoom(draft: Draft, typed: string, context: Context, rule: RoomRule): Decision<Roomed> {
  const found = findRoom(draft, typed);
  if (!found.ok) return found;
  const decision = rule(found.room, draft, context);
  if (!decision.ok || decision.result.room === found.room) return decision;
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const room = { ...rekeyed(decision.result.room, found.room, context), version: found.room.version + 1 };
  draft.put(roomPath(room.id), room);
  return { ...decision, result: { room } };
}

/** Others are in it: whoever sends next makes a key for them, and who left has none to it. */
export function rekeyed(room: RoomRecord, before: RoomRecord, { newId }: Pick<Context, 'newId'>): RoomRecord {
  return room.epoch === undefined || hasSameMembers(room, before) ? room : { ...room, epoch: newId() };
}

interface WithMembers {
  readonly members: readonly { readonly uid: string }[];
}

export function hasSameMembers(one: WithMembers, other: WithMembers): boolean {
  const [uids, others] = [one, other].map(({ members }) =>
    members
      .map(({ uid }) => uid)
      .sort()
      .join(' '),
  );
  return uids === others;
}

export function whoInvites({ members }: RoomRecord): string {
  const [first] = members;
  return first === undefined
    ? 'Nobody is in it any more: make another room.'
    : `Who is in it invites: git intercom send ${first.agent} "Please invite me."`;
}

/** For what only members may do. */
export function refuseStranger(room: RoomRecord, { actor }: Context) {
  const { id, visibility } = room;
  const message = `${actor.name} is not in @${id}.`;
  const next = visibility === 'public' ? `Run git intercom room join ${id}.` : whoInvites(room);
  return refuse('not-member', message, next, { room: id });
}

export function isMember(room: RoomRecord, { actor }: Context): boolean {
  return memberOf(room, actor.uid) !== undefined;
}

export function accepted(room: RoomRecord, op: string, subject: string) {
  return { ok: true, result: { room }, headline: { op, subject, ids: [room.id] } } as const;
}

export function withoutInvitation({ invited = [] }: RoomRecord, uid: string): RoomRecord['invited'] {
  const rest = invited.filter((each) => each.uid !== uid);
  return rest.length > 0 ? rest : undefined;
}
