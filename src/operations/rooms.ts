/** `rooms`: which rooms there are, or one of them with what was said in it. */
import * as z from 'zod';
import { listLimitMax } from '../domain/limits.ts';
import { type ShownMessage, shownMessage } from '../domain/message/present.ts';
import { messagesFolder, roomsFolder } from '../domain/record/path.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { opened } from './sealed/opened.ts';
import type { Session } from './session.ts';
import { type ShownRoom, shownRoomIn, shownRooms } from './shown-room.ts';

export interface Rooms {
  readonly rooms?: readonly ShownRoom[];
  readonly room?: ShownRoom;
  /** Only where they were asked for; the newest, oldest first. */
  readonly messages?: readonly ShownMessage[];
}

export const rooms = defineOperation({
  name: 'rooms',
  summary: 'See which rooms there are and who is in them; with a name, one of them and what was said there.',
  effect: 'read',
  input: z.object({
    room: z.string().min(1).optional().describe('its name, with or without @'),
    messages: z.number().min(0).max(listLimitMax).default(0).describe('so many of the last messages to it'),
  }),
  run: async ({ room, messages }, session) => {
    if (room === undefined) {
      return session.store.read((view, nowMs) => {
        const records = [...view.folder(roomsFolder).values()].filter((record) => record.kind === 'room');
        const sorted = records.sort((a, b) => (a.id < b.id ? -1 : 1));
        return done<Rooms>({ rooms: shownRooms(sorted, view, nowMs, session) });
      });
    }
    const answer = await session.store.read((view, nowMs) => shownRoomIn(view, room, nowMs, session));
    if (answer.status !== 'done' || messages === 0) return answer;
    return done<Rooms>({ ...answer.value, messages: await lastMessages(answer.value.room.name, messages, session) });
  },
});

/** Looks through all that the tip has, as a search does; what is older than the retention is in the history alone. */
async function lastMessages(room: string, count: number, session: Session): Promise<readonly ShownMessage[]> {
  const found: ShownMessage[] = [];
  for await (const [, record] of session.store.scan(messagesFolder)) {
    if (record.kind === 'message' && record.room === room) found.push(shownMessage(record));
  }
  return opened(found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(-count), session);
}
