/** `rooms`: which rooms there are, or one of them with what was said in it. */

import * as z from 'zod';
import { listLimitMax } from '../domain/limits.ts';
import { type ShownMessage, shownMessage } from '../domain/message/present.ts';
import { roomsFolder } from '../domain/record/path.ts';
import type { MessageRecord } from '../domain/record/record.ts';
import { isHidden } from '../domain/room/secret.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { saidThere } from './said-there.ts';
import { opened } from './sealed/opened.ts';
import { shownSecret } from './sealed/secret-room-acts.ts';
import { orLostKey, secretRoomNamed, secretRooms } from './sealed/secret-rooms.ts';
import { type ShownRoom, shownRoomIn, shownRooms } from './shown-room.ts';
import { wholeId } from './whole-id.ts';

export interface Rooms {
  readonly rooms?: readonly ShownRoom[];
  readonly room?: ShownRoom;
  /** Only where they were asked for; the newest, oldest first. */
  readonly messages?: readonly ShownMessage[];
  /** The first of the messages, where there are more before it; null at the beginning. */
  readonly earlier?: string | null;
}

export const rooms = defineOperation({
  name: 'rooms',
  summary: 'See which rooms there are and who is in them; with a name, one of them and what was said there.',
  effect: 'read',
  input: z.object({
    room: z.string().min(1).optional().describe('its name, with or without @'),
    messages: z.number().min(0).max(listLimitMax).default(0).describe('so many of the last messages to it'),
    before: z.string().optional().describe('the id of a message: only what was said before'),
  }),
  run: async ({ room, messages: limit, before }, session) => {
    if (room === undefined) {
      const secret = (await secretRooms(session)).map(({ room }) => room);
      return session.store.read((view, nowMs) => {
        const records = [...view.folder(roomsFolder).values()].filter((record) => record.kind === 'room');
        const known = records.filter((record) => !isHidden(record));
        const sorted = [...known, ...secret].sort((a, b) => (a.id < b.id ? -1 : 1));
        return done<Rooms>({ rooms: shownRooms(sorted, view, nowMs, session) });
      });
    }
    const secret = await secretRoomNamed(room, session);
    const answer = secret
      ? done({ room: await shownSecret(secret.room, session) })
      : await orLostKey(await session.store.read((view, nowMs) => shownRoomIn(view, room, nowMs, session)), session);
    if (answer.status !== 'done' || limit === 0) return answer;
    const until = before === undefined ? undefined : await wholeId(before, session, 'past and present');
    if (until !== undefined && until.status !== 'done') return until;
    const name = secret?.hidden.id ?? answer.value.room.name;
    const { messages, earlier } = await saidThere({ room: name, before: until?.value, limit }, session);
    return done<Rooms>({
      ...answer.value,
      messages: await opened(messages.filter(isForAll).map(shownMessage), session),
      earlier,
    });
  },
});

/** An invitation lies in the thread of a secret room, sealed for whom it is. */
function isForAll({ sealed }: MessageRecord): boolean {
  return sealed === undefined || sealed.epoch !== undefined;
}
