/** Rooms as text: one line each in a list, and one with its members and what was said. */
import type { ShownMessage } from '../../domain/message/present.ts';
import { counted, listed } from '../../domain/text.ts';
import type { ShownRoom } from '../../operations/shown-room.ts';
import { aligned } from '../columns.ts';
import type { Telling } from '../command.ts';
import { above, earlierHint, renderMessage } from './mail.ts';
import { ago, nameWord } from './words.ts';

export function renderRooms(rooms: readonly ShownRoom[], { terminal }: Telling): string {
  if (rooms.length === 0) return 'There is no room yet. Make one: git intercom room create <name>.';
  const rows = rooms.map(({ name, topic, members, isMember }) => [
    isMember ? terminal.paint('green', '●') : terminal.paint('dim', '○'),
    terminal.paint('bold', `@${name}`),
    counted(members.length, 'member'),
    topic ?? '',
  ]);
  return aligned(rows, terminal.columns).join('\n');
}

interface Shown {
  readonly room?: ShownRoom;
  readonly messages?: readonly ShownMessage[];
  readonly earlier?: string | null;
}

export function renderRoom({ room, messages = [], earlier = null }: Shown, telling: Telling): string {
  if (room === undefined) return '';
  const { terminal } = telling;
  const topic = room.topic === null ? '' : `  ${room.topic}`;
  const made = terminal.paint('dim', `${room.visibility}, created by ${room.by} ${ago(room.since, telling)}`);
  const members = room.members.map(({ agent, state, live, since }) => [
    live ? terminal.paint('green', '●') : terminal.paint('dim', '○'),
    nameWord(agent, telling),
    live || state === 'left' ? state : 'away',
    terminal.paint('dim', `joined ${ago(since, telling)}`),
  ]);
  const shown = messages.map((message) => renderMessage(message, telling));
  const way = room.visibility === 'public' ? `git intercom room join ${room.name}` : 'who is in it invites';
  const own = room.isMember ? [] : [terminal.paint('dim', `You are not in it: ${way}.`)];
  return [
    `${terminal.paint('bold', `@${room.name}`)}${topic}  ${made}`,
    ...(members.length === 0
      ? ['  nobody is in it']
      : aligned(members, terminal.columns - 2).map((line) => `  ${line}`)),
    ...(room.invited.length === 0 ? [] : [`  invited: ${listed(room.invited, 5)}`]),
    ...own,
    ...earlierHint(earlier, `git intercom room show ${room.name} --history ${messages.length}`, telling).map(
      (line) => `\n${line}`,
    ),
    ...(messages.length === 0 ? [] : [`\n${above(messages, telling)}${shown.join('\n\n')}`]),
  ].join('\n');
}
