/** The tool about rooms. */
import * as z from 'zod';
import { toldMessages } from '../../domain/message/told.ts';
import { counted, listed } from '../../domain/text.ts';
import { room, roomActs } from '../../operations/room.ts';
import { rooms } from '../../operations/rooms.ts';
import type { ShownRoom } from '../../operations/shown-room.ts';
import { shownMessage, shownRoom } from '../outputs.ts';
import { defineTool, type Telling } from '../tool.ts';

/** What a model should have before it when it looks into a room; the rest is found by search. */
const messagesShown = 10;

interface Answered {
  readonly room?: ShownRoom;
  readonly rooms?: readonly ShownRoom[];
  readonly messages?: Parameters<typeof toldMessages>[0];
}

export const roomTool = defineTool({
  name: 'room',
  title: 'Rooms',
  description:
    'Rooms that many read: create, join, leave, list, show (members and last messages), invite or kick agents, topic. Write to one with send to ["@name"].',
  toolset: 'full',
  effect: 'write',
  input: z.object({
    action: z.enum([...roomActs, 'list', 'show']),
    room: z.string().optional().describe('name'),
    agents: z.array(z.string()).optional(),
    topic: z.string().optional(),
  }),
  output: { room: shownRoom, rooms: z.array(shownRoom), messages: z.array(shownMessage) },
  list: ['rooms', 'messages'],
  run: ({ action, room: name = '', agents, topic }, { session }) => {
    if (action === 'list') return rooms.run(rooms.input.parse({}), session);
    if (action === 'show') return rooms.run({ room: name, messages: messagesShown }, session);
    return room.run(room.input.parse({ action, room: name || '@', agents, topic }), session);
  },
  tell: (answered: Answered, telling) => told(answered, telling),
});

function told({ room, rooms, messages = [] }: Answered, telling: Telling): string {
  if (rooms !== undefined) return rooms.length === 0 ? 'There is no room yet.' : rooms.map(toldRoom).join('\n');
  const last = messages.length === 0 ? [] : [toldMessages(messages, telling)];
  return [...(room === undefined ? [] : [toldRoom(room)]), ...last].join('\n');
}

function toldRoom({ name, topic, members, isMember }: ShownRoom): string {
  const names = listed(
    members.map(({ agent, live }) => (live ? agent : `${agent} (away)`)),
    10,
  );
  const about = topic === null ? '' : `: ${topic}`;
  const own = isMember ? ', you too' : '';
  return `@${name}${about} (${counted(members.length, 'member')}${own}${names === '' ? '' : `: ${names}`})`;
}
