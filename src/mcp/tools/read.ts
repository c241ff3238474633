/** The tool that looks something up: a thread, receipts, messages with some words, or what happened. */
import * as z from 'zod';
import { toldMessages } from '../../domain/message/told.ts';
import { refuse } from '../../domain/refusal.ts';
import { listed } from '../../domain/text.ts';
import { agoOf } from '../../domain/told.ts';
import { type Answer, refused } from '../../operations/answer.ts';
import { type LogEntry, log } from '../../operations/log.ts';
import { receipts } from '../../operations/receipts.ts';
import { type Hit, search } from '../../operations/search.ts';
import { thread } from '../../operations/thread.ts';
import { logEntry, mark, shownMessage } from '../outputs.ts';
import { type Calling, defineTool, type Telling } from '../tool.ts';

const what = z.enum(['thread', 'search', 'history', 'receipts']);

/** One of its parts, by what was asked for. */
interface Found {
  readonly messages?: Value<typeof thread.run>['messages'];
  readonly hits?: readonly Hit[];
  readonly entries?: readonly LogEntry[];
  readonly delivered?: Value<typeof receipts.run>['delivered'];
  readonly acknowledged?: Value<typeof receipts.run>['acknowledged'];
  readonly completed?: Value<typeof receipts.run>['completed'];
}

type Value<Run extends (...input: never[]) => Promise<unknown>> =
  Awaited<ReturnType<Run>> extends Answer<infer T> ? T : never;

const readTool = defineTool({
  name: 'read',
  title: 'Look something up',
  description:
    'thread or receipts of a message id; search of messages by words; history of all acts, by path or agent.',
  toolset: 'full',
  effect: 'read',
  input: z.object({
    what,
    id: z.string().optional(),
    words: z.string().optional(),
    path: z.string().optional(),
    agent: z.string().optional(),
    page: z.number().optional(),
  }),
  output: {
    messages: z.array(shownMessage),
    hits: z.array(shownMessage),
    entries: z.array(logEntry),
    delivered: z.array(mark),
    acknowledged: z.array(mark),
    completed: z.array(mark),
  },
  list: ['messages', 'hits', 'entries'],
  run: (input, calling): Promise<Answer<Found>> => lookUp[input.what](input, calling),
  tell,
});

interface Asked {
  readonly id?: string | undefined;
  readonly words?: string | undefined;
  readonly path?: string | undefined;
  readonly agent?: string | undefined;
}

const lookUp: Readonly<Record<z.output<typeof what>, (asked: Asked, calling: Calling) => Promise<Answer<Found>>>> = {
  thread: async ({ id }, { session }) => (id === undefined ? missing('id') : thread.run({ id }, session)),
  receipts: async ({ id }, { session }) => (id === undefined ? missing('id') : receipts.run({ id }, session)),
  search: async ({ words }, { session }) => {
    const each = (words ?? '').split(/\s+/).filter((word) => word !== '');
    return each.length === 0 ? missing('words') : search.run(search.input.parse({ words: each }), session);
  },
  history: ({ path, agent }, { session, fromTop }) =>
    log.run(log.input.parse({ path: path === undefined ? undefined : fromTop([path])[0], agent }), session),
};

function missing(argument: string): Answer<never> {
  return refused(refuse('bad-name', `read wants ${argument} here.`, `Call it again with ${argument}.`).refusal);
}

function tell(
  { messages, hits, entries, delivered = [], acknowledged = [], completed = [] }: Found,
  telling: Telling,
): string {
  const { nowMs } = telling;
  const found = messages ?? hits;
  if (found !== undefined) return found.length === 0 ? 'Nothing found.' : toldMessages(found, telling);
  if (entries !== undefined) {
    if (entries.length === 0) return 'Nothing happened.';
    return entries.map(({ at, summary }) => `${agoOf(at, nowMs)}: ${summary}`).join('\n');
  }
  const names = (marks: readonly { readonly agent: string }[]) =>
    marks.length === 0
      ? 'nobody'
      : listed(
          marks.map(({ agent }) => agent),
          10,
        );
  return `Delivered to ${names(delivered)}; acknowledged by ${names(acknowledged)}; completed by ${names(completed)}.`;
}

export const lookUpTools = [readTool];
