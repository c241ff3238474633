/** The command about rooms: its first word says what to do. */
import { room, type roomActs } from '../../operations/room.ts';
import { rooms } from '../../operations/rooms.ts';
import { type Calling, defineCommand } from '../command.ts';
import { renderRoom, renderRooms } from '../render/rooms.ts';
import { UsageError } from '../usage-error.ts';
import { allowSecret, type Words } from '../words.ts';

/** Unless a number is said. */
const messagesShown = 10;
const usage = 'Run git intercom help room.';
const actions = ['create', 'join', 'leave', 'show', 'list', 'topic', 'invite', 'accept', 'decline', 'kick'] as const;

export const roomCommand = defineCommand({
  name: 'room',
  synopsis: '<what> [name] [agent…|text]',
  summary: 'rooms: create, join, leave, show, list, topic, invite, accept, decline, kick',
  group: 'Messages',
  choices: actions,
  options: [
    { name: 'topic', value: 'T', summary: 'create: what it is about' },
    {
      name: 'history',
      value: 'N',
      optional: true,
      summary: 'show: also the last messages (10); invite: what was said before can be read, too',
    },
    { name: 'before', value: 'ID', summary: 'show: the messages before this one' },
    { name: 'why', value: 'TEXT', summary: 'kick: the reason, which is told' },
    allowSecret,
    { name: 'private', summary: 'create: only members read it, and who is invited joins' },
    { name: 'secret', summary: 'create: nobody else sees its name, topic and members either' },
  ],
  notes: [
    'Write to a room with git intercom send @ops "…": its members get it once each, whoever sends it. Who joins reads from then on; who leaves has its mail no more.',
    'Public unless it is said otherwise: whoever can read the branch can read it. Of a private room everybody sees name, topic, members and who wrote when; what was written is sealed for its members, and who leaves or is put out cannot read what comes later. Who joins cannot read what came before, unless invited with --history.',
    'Of a secret room others see that somebody wrote or changed something, and when. It has no receipts, and its messages have text, subject and attachments only; with a remote it is changed at the remote or not at all.',
    'kick puts a member out, which only whoever created the room can, or a person. Of an agent that has not accepted yet it takes the invitation back, which who invited can, too.',
    'git intercom room create ops --topic "deployments"; room join ops; room invite ops ada; room topic ops "deploy on Monday".',
  ],
  run: (words, calling) => run(words, calling),
  render: (answer, telling) =>
    'rooms' in answer && answer.rooms !== undefined ? renderRooms(answer.rooms, telling) : renderRoom(answer, telling),
});

async function run(words: Words, { session }: Calling) {
  const [action, name, ...rest] = words.positionals;
  if (action === undefined || !(actions as readonly string[]).includes(action)) {
    const not = action === undefined ? '' : `, and not ${JSON.stringify(action)}`;
    throw new UsageError(`room wants one of ${actions.join(', ')}${not}.`, usage);
  }
  if (action === 'list') {
    if (name !== undefined) throw new UsageError('room list takes no name.', 'Run git intercom room show <name>.');
    return rooms.run({ messages: 0 }, session);
  }
  if (name === undefined) throw new UsageError(`room ${action} wants the name of a room.`, usage);
  const takesMore = action === 'invite' || action === 'kick' || action === 'topic';
  if (!takesMore && rest.length > 0) throw new UsageError(`room ${action} takes one name.`, usage);
  const before = words.text('before');
  const isAsked = before !== undefined || words.flag('history');
  const count = words.number('history') ?? (isAsked ? messagesShown : 0);
  if (action === 'show') return rooms.run({ room: name, messages: count, before }, session);
  if (action === 'topic' && rest.length === 0) return rooms.run({ room: name, messages: 0 }, session);
  if (action === 'invite' && rest.length === 0) throw new UsageError('room invite wants agents.', usage);
  if (action === 'kick' && rest.length !== 1) throw new UsageError('room kick wants one agent.', usage);
  const isTopic = action === 'topic';
  return room.run(
    {
      action: action as (typeof roomActs)[number],
      room: name,
      agents: isTopic ? [] : rest.flatMap((word) => word.split(',')).filter((word) => word !== ''),
      topic: isTopic ? rest.join(' ') : words.text('topic'),
      visibility: words.flag('secret') ? 'secret' : words.flag('private') ? 'private' : 'public',
      why: words.text('why'),
      history: words.flag('history'),
    },
    session,
  );
}
