/** Joining: from then on what is said in the room is in the mail of the new member. Accepting needs an invitation. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { roomMembersMax } from '../limits.ts';
import type { RoomRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { accepted, changeRoom, isMember, withoutInvitation } from './change.ts';
import type { Roomed } from './create.ts';

/** Who is in it already stays, since when it was. */
export function decideJoinRoom(draft: Draft, room: string, context: Context): Decision<Roomed> {
  return changeRoom(draft, room, context, (found) => joined(found, context));
}

export function decideAcceptRoom(draft: Draft, room: string, context: Context): Decision<Roomed> {
  return changeRoom(draft, room, context, (found) => {
    const isInvited = found.invited?.some(({ uid }) => uid === context.actor.uid) ?? false;
    if (isInvited || isMember(found, context)) return joined(found, context);
    const message = `Nobody invited ${context.actor.name} to @${found.id}.`;
    return refuse('not-invited', message, `It is public: run git intercom room join ${found.id}.`, { room: found.id });
  });
}

function joined(room: RoomRecord, context: Context): Decision<Roomed> {
  const { actor, now } = context;
  const { name: agent, uid } = actor;
  const subject = `${agent} joins @${room.id}`;
  if (isMember(room, context)) return accepted(room, 'room-join', subject);
  if (room.members.length >= roomMembersMax) {
    const message = `@${room.id} has ${roomMembersMax} members, and that is the most.`;
    return refuse('too-many', message, 'Make another room, or ask somebody to leave.', { room: room.id });
  }
  const members = [...room.members, { agent, uid, since: now }];
  return accepted({ ...room, members, invited: withoutInvitation(room, uid) }, 'room-join', subject);
}
