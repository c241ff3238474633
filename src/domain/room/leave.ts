/** Leaving a room, or being put out of it: what is unread of it ends with that. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { isPerson } from '../escalation/person.ts';
import { dropWhenRead } from '../message/acknowledge.ts';
import { notify } from '../message/notify.ts';
import { isUnread, mark } from '../message/receipt.ts';
import { broadcastFolder } from '../record/path.ts';
import type { RoomRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { accepted, changeRoom, isMember, refuseStranger, withoutInvitation } from './change.ts';
import type { Roomed } from './create.ts';

/** Refused to who is not in it. The room stays, also when its last member has left. */
export function decideLeaveRoom(draft: Draft, room: string, context: Context): Decision<Roomed> {
  return changeRoom(draft, room, context, (found) => {
    const { name, uid } = context.actor;
    if (!isMember(found, context)) return refuseStranger(found, context);
    endUnread(draft, found.id, name, context);
    return accepted(without(found, uid), 'room-leave', `${name} leaves @${found.id}`);
  });
}

/**
 * Only whoever created the room may, or a person: no agent speaks for all of them. An invitation can be taken back by who
 * gave it, too. Whom it is done to is told.
 */
export function decideKickFromRoom(
  draft: Draft,
  intent: { readonly room: string; readonly agent: string; readonly why?: string | undefined },
  context: Context,
): Decision<Roomed> {
  return changeRoom(draft, intent.room, context, (found) => {
    const { name, uid } = context.actor;
    const why = intent.why === undefined ? '' : `: ${oneLine(intent.why, 200)}`;
    const member = found.members.find(({ agent }) => agent === intent.agent);
    const invitation = found.invited?.find(({ agent }) => agent === intent.agent);
    if (member !== undefined) {
      if (!mayKick(found, context)) return notAllowed(found, 'put somebody out of it');
      endUnread(draft, found.id, member.agent, context);
      if (member.uid !== uid) {
        notify(draft, context, {
          to: member.agent,
          importance: 'normal',
          subject: `${name} put you out of @${found.id}${why}`,
          text: `You no longer get what is said in @${found.id}, and what was unread of it is gone from your mail.`,
        });
      }
      return accepted(without(found, member.uid), 'room-kick', `${name} puts ${member.agent} out of @${found.id}`);
    }
    if (invitation === undefined) return notThere(found, intent.agent);
    if (invitation.by !== name && !mayKick(found, context))
      return notAllowed(found, `take back what ${invitation.by} offered`);
    if (invitation.uid !== uid) {
      notify(draft, context, {
        to: invitation.agent,
        importance: 'normal',
        subject: `${name} took back the invitation to @${found.id}${why}`,
        text: 'You can no longer accept it.',
      });
    }
    const invited = withoutInvitation(found, invitation.uid);
    const subject = `${name} takes back the invitation of ${invitation.agent} to @${found.id}`;
    return accepted({ ...found, invited }, 'room-kick', subject);
  });
}

function notThere({ id, members, invited = [] }: RoomRecord, agent: string) {
  const namesOf = (list: readonly { readonly agent: string }[]) =>
    listed(
      list.map((each) => each.agent),
      5,
    );
  const others = invited.length === 0 ? '' : ` Invited: ${namesOf(invited)}.`;
  const message = `${oneLine(agent, 64)} is neither in @${id} nor invited to it.`;
  return refuse('not-member', message, `In it: ${namesOf(members) || 'nobody'}.${others}`, { room: id });
}

function notAllowed({ id, agent }: RoomRecord, what: string) {
  const message = `Only ${agent}, who created @${id}, or a person can ${what}.`;
  return refuse('not-allowed', message, `Ask ${agent}: git intercom ask ${agent} "…".`, { room: id, by: agent });
}

function mayKick({ uid }: RoomRecord, { actor }: Context): boolean {
  return uid === actor.uid || isPerson(actor);
}

/** Marked as expired, which is what its senders see: it left that inbox unread. */
export function endUnread(draft: Draft, room: string, agent: string, context: Context): void {
  for (const message of [...draft.folder(broadcastFolder)]) {
    if (message.kind !== 'message' || message.room !== room || !message.to.includes(agent)) continue;
    if (!isUnread(draft, message.id, agent)) continue;
    mark(draft, message, agent, 'expired', context.now, context);
    dropWhenRead(draft, message);
  }
}

function without(room: RoomRecord, gone: string): RoomRecord {
  return { ...room, members: room.members.filter(({ uid }) => uid !== gone) };
}
