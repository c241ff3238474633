/** The commands about asks: a question that is waited for, and the list of those that are open. */
import {
  askSecondsDefault,
  askSecondsMax,
  openAsksMax,
  waitSecondsDefault,
  waitSecondsMax,
} from '../../domain/limits.ts';
import { formatDuration } from '../../domain/time.ts';
import type { Answer } from '../../operations/answer.ts';
import { type Asked, ask } from '../../operations/ask.ts';
import { pending } from '../../operations/pending.ts';
import { attachedBy, attachOptions } from '../attachment.ts';
import { type Calling, defineCommand } from '../command.ts';
import { renderAsked, renderPending } from '../render/asks.ts';
import { UsageError } from '../usage-error.ts';
import { allowSecret, type Words } from '../words.ts';

const help = 'Run git intercom help ask.';

const askCommand = defineCommand({
  name: 'ask',
  synopsis: '<agent> [text|-]',
  summary: 'ask one agent something and wait for the answer',
  group: 'Messages',
  options: [
    { name: 'wait', value: 'D', optional: true, summary: 'wait this long (10m); 0s asks and does not wait' },
    { name: 'for', value: 'D', summary: 'over after this long (10m, or as long as you wait)' },
    { name: 'decision', summary: 'you cannot go on without a decision' },
    { name: 'interview', value: 'FILE', summary: 'ask the questions of this file (YAML or JSON); the answer must fit' },
    { name: 'subject', value: 'S', summary: 'one line above the text' },
    { name: 'sealed', summary: 'only whom it goes to can read it; the answer is sealed, too' },
    { name: 'id', value: 'ID', summary: 'go on waiting for the answer to an earlier ask' },
    ...attachOptions,
    { name: 'cancel', value: 'ID', summary: 'take an earlier ask back' },
    allowSecret,
  ],
  notes: [
    'Waits for the answer and prints it. A wait that runs out, or that you end with Ctrl-C, exits with 4 and leaves the ask open: ask --id goes on with it, from anywhere, also after a restart.',
    'The first reply of the other agent is the answer. Once the ask is over, a reply is mail like any.',
    'An interview is a list of questions, each with id and text, and with options, multiple: true or required: false. The answer is JSON, also in a fenced block, or a line id: answer for each; what does not fit is refused. --json has the answers as structure.',
    `Refused, with exit code 1 and the way on: to ask yourself, or whoever waits for an answer of yours, and to have more than ${openAsksMax} asks open.`,
  ],
  run: (words, calling): Promise<Answer<Asked>> => {
    const { session, signal } = calling;
    const waitSeconds = secondsOf(words, 'wait', { least: 0, most: waitSecondsMax }) ?? waitSecondsDefault;
    const [id, cancel] = [words.text('id'), words.text('cancel')];
    if (id === undefined && cancel === undefined) return askAndWait(words, waitSeconds, calling);
    if (words.positionals.length > 0 || (id !== undefined && cancel !== undefined)) {
      throw new UsageError('--id and --cancel name an earlier ask: one of them, and no words beside it.', help);
    }
    return ask.run({ id, cancel, waitSeconds, decision: false, sealed: false }, session, signal);
  },
  render: (asked, telling) => renderAsked(asked, telling),
});

/** In two calls, so that its id can be told before the wait: who is stopped in the middle knows how to go on. */
async function askAndWait(words: Words, waitSeconds: number, calling: Calling): Promise<Answer<Asked>> {
  const { session, signal, terminal, isJson } = calling;
  const file = words.text('interview');
  const question = {
    ...agentAndText(words, calling, file !== undefined),
    questions: file === undefined ? undefined : questionsIn(file, calling),
    subject: words.text('subject'),
    ...attachedBy(words, calling),
    decision: words.flag('decision'),
    sealed: words.flag('sealed'),
    openSeconds: secondsOf(words, 'for', { least: 1, most: askSecondsMax }) ?? Math.max(askSecondsDefault, waitSeconds),
  };
  if (isJson || waitSeconds === 0) return ask.run({ ...question, waitSeconds }, session, signal);
  const asked = await ask.run({ ...question, waitSeconds: 0 }, session, signal);
  if (asked.status !== 'pending') return asked;
  const { id } = asked.value.pending as { id: string };
  const waiting = `Asked ${question.to}, id ${id}. Waiting ${formatDuration(waitSeconds)}; Ctrl-C keeps it open.`;
  terminal.err(`${terminal.paint('cyan', 'note:')}  ${waiting}`);
  return ask.run({ id, waitSeconds, decision: false, sealed: false }, session, signal);
}

/** A list, or an object with the list under `questions`. What is wrong with one of them the rule says. */
function questionsIn(file: string, { readData }: Calling): unknown[] {
  const data = readData(file) as { readonly questions?: unknown } | null;
  const list = Array.isArray(data) ? data : data?.questions;
  if (Array.isArray(list)) return list;
  throw new UsageError(
    `${file} holds no list of questions.`,
    'Write entries with id and text, and options where there are some.',
  );
}

function agentAndText(
  { positionals }: Words,
  { readStdin, terminal }: Calling,
  isInterview: boolean,
): { to: string; text: string | undefined } {
  const usage = 'Run git intercom ask <agent> "text", or ask <agent> - with the text on stdin.';
  const [to, ...texts] = positionals;
  if (to === undefined) throw new UsageError('ask wants an agent and a text.', usage);
  if (texts.length > 1) throw new UsageError('ask takes one agent and one text: put the text into quotes.', usage);
  if (texts.length === 0 && isInterview) return { to, text: undefined };
  if (texts.length === 0 && terminal.isInteractive) throw new UsageError('ask wants a text after the agent.', usage);
  const [typed = '-'] = texts;
  const text = typed === '-' ? readStdin() : typed;
  if (text.trim() === '') throw new UsageError('The text of the ask is empty.', usage);
  return { to, text };
}

function secondsOf(
  words: Words,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const seconds = words.duration(name);
  if (typeof seconds !== 'number') return undefined;
  if (seconds < least || seconds > most) {
    throw new UsageError(`--${name} wants ${least}s to ${formatDuration(most)}.`, help);
  }
  return seconds;
}

const pendingCommand = defineCommand({
  name: 'pending',
  synopsis: '',
  summary: 'open asks: who waits for your answer, and for whose you wait',
  group: 'Messages',
  options: [],
  run: (_words, { session }) => pending.run({}, session),
  render: (result, telling) => renderPending(result.pending, telling),
});

export const askCommands = [askCommand, pendingCommand];
