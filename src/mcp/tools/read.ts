/** The tool that looks something up: a thread, receipts, a room, what has some words in it, or what happened. */
import * as z from 'zod';
import { toldMessages } from '../../domain/message/told.ts';
import { toldMarks, toldOver } from '../../domain/message/told-receipts.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Hit } from '../../domain/search/hit.ts';
import { toldHits, toldUnopened } from '../../domain/search/told.ts';
import { agoOf } from '../../domain/told.ts';
import { type Answer, refused } from '../../operations/answer.ts';
import { type LogEntry, log } from '../../operations/log.ts';
import { receipts } from '../../operations/receipts.ts';
import { rooms } from '../../operations/rooms.ts';
import { search } from '../../operations/search.ts';
import type { ShownRoom } from '../../operations/shown-room.ts';
import { thread } from '../../operations/thread.ts';
import { hit, logEntry, mark, shownMessage, shownRoom } from '../outputs.ts';
import { type Calling, defineTool, type Telling } from '../tool.ts';
import { duration } from './duration.ts';
import { toldRoom } from './rooms.ts';

const what = z.enum(['thread', 'search', 'room', 'history', 'receipts']);

/** The last ones; older ones are found by search. */
const roomMessages = 100;

/** One of its parts, by what was asked for. */
interface Found {
  readonly messages?: Parameters<typeof toldMessages>[0];
  readonly room?: ShownRoom;
  readonly rooms?: readonly ShownRoom[];
  readonly hits?: readonly Hit[];
  readonly unopenedBefore?: string;
  readonly entries?: readonly LogEntry[];
  readonly delivered?: Value<typeof receipts.run>['delivered'];
  readonly acknowledged?: Value<typeof receipts.run>['acknowledged'];
  readonly completed?: Value<typeof receipts.run>['completed'];
  readonly state?: Value<typeof receipts.run>['state'];
}

type Value<Run extends (...input: never[]) => Promise<unknown>> =
  Awaited<ReturnType<Run>> extends Answer<infer T> ? T : never;

const readTool = defineTool({
  name: 'read',
  title: 'Look something up',
  description:
    'thread or receipts of a message id; search messages, claims and specs for words or "phrases", past ones too; a room with what was said, or the list; history. path, agent, room, kind, since (2d) narrow.',
  toolset: 'full',
  effect: 'read',
  input: z.object({
    what,
    id: z.string().optional(),
    words: z.string().optional(),
    path: z.string().optional(),
    agent: z.string().optional(),
    room: z.string().optional(),
    kind: z.string().optional(),
    since: duration.optional(),
    page: z.number().optional(),
    limit: z.number().optional(),
  }),
  unlisted: { limit: 'everywhere' },
  output: {
    messages: z.array(shownMessage),
    hits: z.array(hit),
    room: shownRoom,
    rooms: z.array(shownRoom),
    entries: z.array(logEntry),
    delivered: z.array(mark),
    acknowledged: z.array(mark),
    completed: z.array(mark),
  },
  list: ['messages', 'hits', 'rooms', 'entries'],
  run: (input, calling): Promise<Answer<Found>> => lookUp[input.what](input, calling),
  tell,
});

interface Asked {
  readonly id?: string | undefined;
  readonly words?: string | undefined;
  readonly path?: string | undefined;
  readonly agent?: string | undefined;
  readonly room?: string | undefined;
  readonly kind?: string | undefined;
  readonly since?: number | undefined;
  readonly limit?: number | undefined;
}

const lookUp: Readonly<Record<z.output<typeof what>, (asked: Asked, calling: Calling) => Promise<Answer<Found>>>> = {
  thread: async ({ id }, { session }) =>
    id === undefined ? missing('id') : thread.run(thread.input.parse({ id }), session),
  receipts: async ({ id }, { session }) => (id === undefined ? missing('id') : receipts.run({ id }, session)),
  search: async ({ words = '', agent: from, path, room, kind, since: sinceSeconds, limit }, { session, fromTop }) => {
    const pieces = words.match(/"[^"]*"?|[^\s"]+/g) ?? [];
    if ([pieces[0], from, path, room, kind, sinceSeconds].every((each) => each === undefined)) return missing('words');
    const [at] = path === undefined ? [] : fromTop([path]);
    return search.run(search.input.parse({ words: pieces, from, path: at, room, kind, sinceSeconds, limit }), session);
  },
  room: ({ room, id = room }, { session }) =>
    rooms.run({ room: id, messages: id === undefined ? 0 : roomMessages }, session),
  history: ({ path, agent, kind, since: sinceSeconds, limit }, { session, fromTop }) => {
    const [at] = path === undefined ? [] : fromTop([path]);
    return log.run(log.input.parse({ path: at, agent, kind, sinceSeconds, limit }), session);
  },
};

function missing(argument: string): Answer<never> {
  return refused(refuse('bad-name', `read wants ${argument} here.`, `Call it again with ${argument}.`).refusal);
}

function tell({ messages, hits, unopenedBefore, room, rooms, entries, ...stands }: Found, telling: Telling): string {
  const { nowMs } = telling;
  if (rooms !== undefined) return rooms.length === 0 ? 'There is no room yet.' : rooms.map(toldRoom).join('\n');
  if (room !== undefined)
    return [toldRoom(room), ...(messages?.length ? [toldMessages(messages, telling)] : [])].join('\n');
  if (messages !== undefined) return messages.length === 0 ? 'Nothing found.' : toldMessages(messages, telling);
  if (hits !== undefined) {
    const unopened = unopenedBefore === undefined ? [] : [toldUnopened(unopenedBefore)];
    return [hits.length === 0 ? 'Nothing found.' : toldHits(hits, telling), ...unopened].join('\n');
  }
  if (entries !== undefined) {
    if (entries.length === 0) return 'Nothing happened.';
    return entries.map(({ at, summary }) => `${agoOf(at, nowMs)}: ${summary}`).join('\n');
  }
  const { delivered = [], acknowledged = [], completed = [], state = 'pending' } = stands;
  const over = toldOver(state);
  const names = (marks: typeof delivered) => (marks.length === 0 ? 'nobody' : toldMarks(marks, nowMs, 10));
  return `Delivered to ${names(delivered)}; acknowledged by ${names(acknowledged)}; completed by ${names(completed)}.${over === undefined ? '' : ` ${over}`}`;
}

export const lookUpTools = [readTool];
