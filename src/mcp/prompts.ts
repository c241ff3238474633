/** Prompts that a person picks from a client's menu: what is asked, with what is known put in. */
import type { Prompt } from '@modelcontextprotocol/sdk/types.js';
import { plainly } from '../domain/plainly.ts';
import type { Answer } from '../operations/answer.ts';
import { claims } from '../operations/claims.ts';
import { log } from '../operations/log.ts';
import { peek } from '../operations/peek.ts';
import type { Session } from '../operations/session.ts';
import { who } from '../operations/who.ts';
import { bounded, jsonBytes, sentBytesMax } from './bounds.ts';
import { inToolWords, nextCall } from './next-call.ts';

interface Row extends Prompt {
  readonly name: string;
  /** It is not there without this tool. */
  readonly wants?: string;
  /** What the model reads, and what is put before it. */
  readonly ask: (given: Readonly<Record<string, string>>, has: Asking['has']) => string;
  readonly known: (given: Readonly<Record<string, string>>, asking: Asking) => Promise<Record<string, unknown>>;
}

export interface Asking {
  readonly session: Session;
  readonly fromTop: (paths: readonly string[]) => string[];
  /** Which tools the client was shown. */
  readonly has: (tool: string) => boolean;
}

const daySeconds = 24 * 60 * 60;

const rows: readonly Row[] = [
  {
    name: 'standup',
    title: 'Stand-up',
    description: 'What happened since yesterday, who works on what, and what waits for you.',
    ask: () =>
      'Give me a stand-up of this repository from the coordination data below: what was done in the last day and by whom, who works on what now, what is blocked or waits, and what is unread for you. Short; names and paths; no ids.',
    known: async (_given, { session, has }) => ({
      agents: await answerOf(who.run(who.input.parse({}), session), has),
      claims: await answerOf(claims.run(claims.input.parse({}), session), has),
      unread: await answerOf(peek.run(peek.input.parse({ mark: false }), session), has),
      lastDay: await answerOf(log.run(log.input.parse({ sinceSeconds: daySeconds }), session), has),
    }),
  },
  {
    name: 'hand-over',
    wants: 'send',
    title: 'Hand over',
    description: 'Hand your work to another agent: what is done, what is open, and the claims.',
    arguments: [{ name: 'to', description: 'the agent that goes on', required: true }],
    ask: ({ to }, has) =>
      `Hand your work over to ${to}. Send ${to} one message with what is done, what is open, what you found out, and where the changes are; then give ${to} your claims with ${has('handoff') ? '' : 'git intercom '}handoff, or release those that are not needed. Your claims and mail are below.`,
    known: async (_given, { session, has }) => ({
      claims: await answerOf(claims.run(claims.input.parse({ agent: session.self.name }), session), has),
      unread: await answerOf(peek.run(peek.input.parse({ mark: false }), session), has),
    }),
  },
  {
    name: 'who-touches',
    title: 'Who touches these files?',
    description: 'Claims, waiters and unclaimed changes on paths.',
    arguments: [{ name: 'paths', description: 'paths, with commas between them', required: true }],
    ask: ({ paths }) =>
      `Who touches ${paths}? Tell me from the data below who claims it, who waits, and which worktrees or branches have changes there, and whether it is safe to edit now.`,
    known: async ({ paths = '' }, { session, fromTop, has }) => {
      const named = paths
        .split(',')
        .map((path) => path.trim())
        .filter((path) => path !== '');
      return { who: await answerOf(who.run(who.input.parse({ paths: fromTop(named) }), session), has) };
    },
  },
];

/** For a client that was shown these tools. */
export function prompts(has: Asking['has']): Prompt[] {
  return rowsFor(has).map(({ ask: _ask, known: _known, wants: _wants, ...prompt }) => prompt);
}

function rowsFor(has: Asking['has']): readonly Row[] {
  return rows.filter(({ wants }) => wants === undefined || has(wants));
}

/** Undefined for a name that is none of them; else the text of the one message. */
export async function promptText(
  name: string,
  given: Readonly<Record<string, string>>,
  asking: Asking,
): Promise<string | undefined> {
  const row = rowsFor(asking.has).find((each) => each.name === name);
  if (row === undefined) return undefined;
  const around = (known: unknown) =>
    `${row.ask(given, asking.has)}\n\n\`\`\`json\n${JSON.stringify(known, null, 1)}\n\`\`\``;
  return around(bounded(plainly(await row.known(given, asking)), sentBytesMax, (known) => jsonBytes(around(known))));
}

/** Required arguments that were not given. */
export function missingArguments(name: string, given: Readonly<Record<string, string>>): string[] {
  const wanted = rows.find((row) => row.name === name)?.arguments ?? [];
  return wanted.filter(({ name, required }) => required && !given[name]).map(({ name }) => name);
}

async function answerOf(run: Promise<Answer<object>>, has: Asking['has']): Promise<unknown> {
  const answer = await run;
  if (answer.status !== 'refused') return inToolWords(answer.value, has);
  const { next, ...refusal } = answer.refusal;
  return { error: { ...refusal, next: nextCall(next, has) } };
}
