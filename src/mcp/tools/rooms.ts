/** The tool that makes rooms, and goes in and out of them. They are read by `read`. */
import * as z from 'zod';
import { counted, listed } from '../../domain/text.ts';
import { room, roomActs } from '../../operations/room.ts';
import type { ShownRoom } from '../../operations/shown-room.ts';
import { shownRoom } from '../outputs.ts';
import { defineTool } from '../tool.ts';

export const roomTool = defineTool({
  name: 'room',
  title: 'Rooms',
  description: 'Rooms that many read. Write with send to ["@name"], read with read.',
  toolset: 'full',
  effect: 'write',
  input: z.object({
    action: z.enum(roomActs),
    room: z.string(),
    agents: z.array(z.string()).optional(),
    topic: z.string().optional(),
    visibility: z.enum(['public', 'private', 'secret']).optional(),
  }),
  output: { room: shownRoom },
  run: (input, { session }) => room.run(room.input.parse(input), session),
  tell: (answered) => toldRoom(answered.room),
});

export function toldRoom({ name, topic, members, isMember }: ShownRoom): string {
  const names = listed(
    members.map(({ agent, live }) => (live ? agent : `${agent} (away)`)),
    10,
  );
  const about = topic === null ? '' : `: ${topic}`;
  const own = isMember ? ', you too' : '';
  return `@${name}${about} (${counted(members.length, 'member')}${own}${names === '' ? '' : `: ${names}`})`;
}
