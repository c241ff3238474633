/** To whom a message was said, in the words with which it is sent: names, `all`, or a room such as `@ops`. */
import type { MessageRecord } from '../record/record.ts';

export function addressed({ audience, room, to }: Pick<MessageRecord, 'audience' | 'room' | 'to'>): readonly string[] {
  if (audience === 'all') return ['all'];
  return audience === 'room' && room !== undefined ? [`@${room}`] : to;
}
