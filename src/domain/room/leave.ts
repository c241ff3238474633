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
import { accepted, changeRoom, isMember, refuseStranger } from './change.ts';
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

/** Only whoever created the room may, or a person: no agent speaks for all of them. Who is put out is told. */
export function decideKickFromRoom(
  draft: Draft,
  intent: { readonly room: string; readonly agent: string; readonly why?: string | undefined },
  context: Context,
): Decision<Roomed> {
  return changeRoom(draft, intent.room, context, (found) => {
    const { actor } = context;
    const member = found.members.find(({ agent }) => agent === intent.agent);
    if (member === undefined) {
      const names = listed(
        found.members.map(({ agent }) => agent),
        5,
      );
      const message = `${oneLine(intent.agent, 64)} is not in @${found.id}.`;
      return refuse('not-member', message, `In it: ${names || 'nobody'}.`, { room: found.id });
    }
    if (!mayKick(found, context)) {
      const message = `Only ${found.agent}, who created @${found.id}, or a person can put somebody out of it.`;
      const next = `Ask ${found.agent}: git intercom ask ${found.agent} "…".`;
      return refuse('not-allowed', message, next, { room: found.id, by: found.agent });
    }
    endUnread(draft, found.id, member.agent, context);
    const why = intent.why === undefined ? '' : `: ${oneLine(intent.why, 200)}`;
    if (member.uid !== actor.uid) {
      notify(draft, context, {
        to: member.agent,
        importance: 'normal',
        subject: `${actor.name} put you out of @${found.id}${why}`,
        text: `You no longer get what is said in @${found.id}, and what was unread of it is gone from your mail${why}.`,
      });
    }
    return accepted(without(found, member.uid), 'room-kick', `${actor.name} puts ${member.agent} out of @${found.id}`);
  });
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
