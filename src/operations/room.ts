/** `room`: making rooms, going in and out of them, and who else does. */
import * as z from 'zod';
import type { Context, Decision } from '../domain/decision.ts';
import { Draft } from '../domain/draft.ts';
import { refuse } from '../domain/refusal.ts';
import { decideCreateRoom, type Roomed } from '../domain/room/create.ts';
import { findRoom } from '../domain/room/find.ts';
import { decideDeclineRoom, decideInviteToRoom } from '../domain/room/invite.ts';
import { decideAcceptRoom, decideJoinRoom } from '../domain/room/join.ts';
import { decideKickFromRoom, decideLeaveRoom } from '../domain/room/leave.ts';
import { decideRoomTopic } from '../domain/room/topic.ts';
import { act } from './act.ts';
import { type Answer, done, refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { decidedUpToDate } from './outdated.ts';
import { handHistory } from './sealed/hand-history.ts';
import { withKey } from './sealed/own-key.ts';
import { actInSecret } from './sealed/secret-room-acts.ts';
import { orLostKey, secretRoomNamed } from './sealed/secret-rooms.ts';
import type { Session } from './session.ts';
import { type ShownRoom, shownRoomIn } from './shown-room.ts';

export const roomActs = ['create', 'join', 'leave', 'accept', 'decline', 'invite', 'kick', 'topic'] as const;

const roomInput = z.object({
  action: z.enum(roomActs),
  room: z.string().min(1).describe('its name, with or without @'),
  agents: z.array(z.string().min(1)).max(100).default([]).describe('whom to invite, or the one to put out'),
  topic: z.string().optional().describe('what it is about; empty takes it away'),
  visibility: z.enum(['public', 'private', 'secret']).default('public'),
  why: z.string().optional(),
  history: z
    .boolean()
    .default(false)
    .describe('invite to a private or secret room: who is invited reads what was said before, too'),
});

type Input = z.output<typeof roomInput>;

export const room = defineOperation({
  name: 'room',
  summary: 'Make a room, join, leave, invite to it, put somebody out of it, or say what it is about.',
  effect: 'write',
  input: roomInput,
  run: async (input, session): Promise<Answer<{ readonly room: ShownRoom }>> => {
    if (input.agents.length === 0 && input.action === 'invite') return refused(nobody(input));
    if (input.agents.length !== 1 && input.action === 'kick') return refused(nobody(input));
    const isMade = input.action === 'create';
    const secret = isMade ? undefined : await secretRoomNamed(input.room, session);
    if (secret !== undefined || (isMade && input.visibility === 'secret')) {
      return actInSecret(input, secret, (draft, context) => decide(draft, input, context), session);
    }
    const keyed = await withKeyWhereSealed(input, session);
    if (keyed.status !== 'done') return keyed;
    const decided = await decidedUpToDate(session, () =>
      act(
        keyed.value,
        (draft, context) => decide(draft, input, context),
        (result) => result,
      ),
    );
    const answer = await orLostKey(decided, session);
    if (answer.status !== 'done') return answer;
    const { id, epoch } = answer.value.room;
    if (input.history && input.action === 'invite' && epoch !== undefined) {
      const handed = await handHistory(id, input.agents, session);
      if (handed.status !== 'done') return handed;
    }
    return shownNow(id, session);
  },
});

/** Whoever comes into a room that is sealed needs a key of its own. */
async function withKeyWhereSealed({ action, room, visibility }: Input, session: Session): Promise<Answer<Session>> {
  const isComing = action === 'join' || action === 'accept';
  if (!isComing && action !== 'create') return done(session);
  const found = isComing ? await session.store.read((view) => findRoom(new Draft(view), room)) : undefined;
  const isSealed = found === undefined ? visibility !== 'public' : found.ok && found.room.epoch !== undefined;
  return isSealed ? withKey(session) : done(session);
}

function decide(draft: Draft, input: Input, context: Context): Decision<Roomed> {
  const { action, room, agents, topic = '', why } = input;
  switch (action) {
    case 'create':
      return decideCreateRoom(draft, input, context);
    case 'join':
      return decideJoinRoom(draft, room, context);
    case 'leave':
      return decideLeaveRoom(draft, room, context);
    case 'accept':
      return decideAcceptRoom(draft, room, context);
    case 'decline':
      return decideDeclineRoom(draft, room, context);
    case 'invite':
      return decideInviteToRoom(draft, { room, agents }, context);
    case 'kick':
      return decideKickFromRoom(draft, { room, agent: agents[0] ?? '', why }, context);
    case 'topic':
      return decideRoomTopic(draft, { room, topic }, context);
  }
}

/** As it is now: others may have come in between. */
function shownNow(name: string, session: Session): Promise<Answer<{ readonly room: ShownRoom }>> {
  return session.store.read((view, nowMs) => shownRoomIn(view, name, nowMs, session));
}

function nobody({ action, room }: Input) {
  const message = `room ${action} wants ${action === 'kick' ? 'one agent' : 'agents'} by name.`;
  return refuse('unknown-recipient', message, `Run git intercom room show ${room} to see who is in it.`, {
    unknown: [],
    nearest: [],
  }).refusal;
}
