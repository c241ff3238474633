/** Inviting: the invited agent has it in its mail, and accepts or declines. A public room can be joined without. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { roomMembersMax } from '../limits.ts';
import { notify } from '../message/notify.ts';
import { agentRecords, recipients } from '../message/recipients.ts';
import { agentPath } from '../record/path.ts';
import { refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { accepted, changeRoom, isMember, refuseStranger, withoutInvitation } from './change.ts';
import type { Roomed } from './create.ts';
import { memberOf } from './find.ts';

/** Members invite. Who is in it, or was invited already, is told nothing again. */
export function decideInviteToRoom(
  draft: Draft,
  intent: { readonly room: string; readonly agents: readonly string[] },
  context: Context,
): Decision<Roomed> {
  return changeRoom(draft, intent.room, context, (found) => {
    const { name } = context.actor;
    if (!isMember(found, context)) return refuseStranger(found, context);
    const wanted = recipients(intent.agents, agentRecords(draft), name);
    if (!wanted.ok) return wanted;
    const invited = [...(found.invited ?? [])];
    const fresh: string[] = [];
    for (const agent of wanted.names) {
      const record = draft.record(agentPath(agent));
      if (record?.kind !== 'agent' || memberOf(found, record.uid) !== undefined) continue;
      if (invited.some((each) => each.uid === record.uid)) continue;
      invited.push({ agent, uid: record.uid, by: name, at: context.now });
      fresh.push(agent);
    }
    const subject = `${name} invites ${listed(fresh, 5) || 'nobody new'} to @${found.id}`;
    if (fresh.length === 0) return accepted(found, 'room-invite', subject);
    if (invited.length > roomMembersMax) {
      const message = `At most ${roomMembersMax} invitations to @${found.id} can be open.`;
      return refuse('too-many', message, 'Invite those whom it concerns.', { room: found.id });
    }
    const topic = found.topic === undefined ? '' : `It is about: ${oneLine(found.topic, 200)}. `;
    for (const to of fresh) {
      notify(draft, context, {
        to,
        importance: 'normal',
        subject: `${name} invites you to @${found.id}`,
        text: `${topic}Run git intercom room accept ${found.id}, or git intercom room decline ${found.id}.`,
      });
    }
    return accepted({ ...found, invited }, 'room-invite', subject);
  });
}

/** Whoever invited is told, by a quiet notice. */
export function decideDeclineRoom(draft: Draft, room: string, context: Context): Decision<Roomed> {
  return changeRoom(draft, room, context, (found) => {
    const { name, uid } = context.actor;
    const invitation = found.invited?.find((each) => each.uid === uid);
    if (invitation === undefined) {
      const next = isMember(found, context)
        ? `You are in it: git intercom room leave ${found.id}.`
        : 'Run git intercom peek to see your mail.';
      const message = `${name} has no invitation to @${found.id} to decline.`;
      return refuse('not-invited', message, next, { room: found.id });
    }
    notify(draft, context, {
      to: invitation.by,
      importance: 'low',
      subject: `${name} declines to join @${found.id}`,
      text: `You invited ${name} to @${found.id} at ${invitation.at}.`,
    });
    const invited = withoutInvitation(found, uid);
    return accepted({ ...found, invited }, 'room-decline', `${name} declines to join @${found.id}`);
  });
}
