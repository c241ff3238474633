/** Joining: from then on what is said in the room is in the mail of the new member. Accepting needs an invitation. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { roomMembersMax } from '../limits.ts';
import type { RoomRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { noKey } from '../sealed/plan.ts';
import { accepted, changeRoom, isMember, whoInvites, withoutInvitation } from './change.ts';
import type { Roomed } from './create.ts';

/** Who is in it already stays, since when it was. */
export function decideJoinRoom(draft: Draft, room: string, context: Context): Decision<Roomed> {
  return changeRoom(draft, room, context, (found) => {
    if (found.visibility === 'public' || isInvited(found, context) || isMember(found, context)) {
      return joined(found, context);
    }
    const message = `@${found.id} is ${found.visibility}: only who is invited can join it.`;
    return refuse('not-invited', message, whoInvites(found), { room: found.id });
  });
}

export function decideAcceptRoom(draft: Draft, room: string, context: Context): Decision<Roomed> {
  return changeRoom(draft, room, context, (found) => {
    if (isInvited(found, context) || isMember(found, context)) return joined(found, context);
    const message = `Nobody invited ${context.actor.name} to @${found.id}.`;
    const isPublic = found.visibility === 'public';
    const next = isPublic ? `It is public: run git intercom room join ${found.id}.` : whoInvites(found);
    return refuse('not-invited', message, next, { room: found.id });
  });
}

function isInvited({ invited = [] }: RoomRecord, { actor }: Context): boolean {
  return invited.some(({ uid }) => uid === actor.uid);
}

function joined(room: RoomRecord, context: Context): Decision<Roomed> {
  const { actor, now } = context;
  const { name: agent, uid } = actor;
  const subject = `${agent} joins @${room.id}`;
  if (isMember(room, context)) return accepted(room, 'room-join', subject);
  if (room.epoch !== undefined && actor.sealTo === undefined) return noKey([agent]);
  if (room.members.length >= roomMembersMax) {
    const message = `@${room.id} has ${roomMembersMax} members, and that is the most.`;
    return refuse('too-many', message, 'Make another room, or ask somebody to leave.', { room: room.id });
  }
  const members = [...room.members, { agent, uid, since: now }];
  return accepted({ ...room, members, invited: withoutInvitation(room, uid) }, 'room-join', subject);
}
