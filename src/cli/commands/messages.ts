/** The commands about messages. */

import { isListed } from '../../domain/agent/visibility.ts';
import { isTypedId, shortId } from '../../domain/id.ts';
import { listLimitDefault, listLimitMax } from '../../domain/limits.ts';
import { agentsFolder } from '../../domain/record/path.ts';
import type { MessageRecord } from '../../domain/record/record.ts';
import { listed } from '../../domain/text.ts';
import { ack } from '../../operations/ack.ts';
import { done } from '../../operations/answer.ts';
import { peek } from '../../operations/peek.ts';
import { receipts } from '../../operations/receipts.ts';
import { reply } from '../../operations/reply.ts';
import { send } from '../../operations/send.ts';
import { thread } from '../../operations/thread.ts';
import { attachedBy, attachOptions } from '../attachment.ts';
import { type Calling, defineCommand } from '../command.ts';
import { patchIn } from '../patch-in.ts';
import { renderPeek } from '../render/asks.ts';
import { renderReceipts, renderSent, renderThread } from '../render/mail.ts';
import { UsageError } from '../usage-error.ts';
import { allowSecret, type Words } from '../words.ts';
import { searchCommand } from './search.ts';

const importances = ['low', 'normal', 'high', 'urgent'];

const sendCommand = defineCommand({
  name: 'send',
  synopsis: '<agent…|@room|all> [text|-]',
  summary: 'tell one agent, several, a room, or all something',
  group: 'Messages',
  options: [
    { name: 'subject', value: 'S', summary: 'one line above the text' },
    { name: 'thread', value: 'ID', summary: 'go on with this thread' },
    { name: 'importance', value: 'HOW', choices: importances, summary: 'low, normal, high or urgent' },
    { name: 'ack', summary: 'ask for an acknowledgement' },
    ...attachOptions,
    { name: 'supersedes', value: 'ID', summary: 'replace an earlier message that is unread' },
    { name: 'expires', value: 'D', summary: 'drop it unread after this long; you get a receipt' },
    { name: 'kind', value: 'KIND', choices: ['message', 'progress'], summary: 'progress does not ask for attention' },
    { name: 'sealed', summary: 'only those whom it goes to can read it' },
    { name: 'key', value: 'KEY', summary: 'the same key again gets the first result' },
    allowSecret,
  ],
  notes: [
    'The last word is the text: git intercom send ada grace "lunch?". With - the text is read from stdin.',
    'Of what is sealed everybody sees who wrote to whom and when, and nobody else what: text, subject and attachments are encrypted with age. A private room is always sealed.',
  ],
  run: async (words, calling) => {
    const { to, text } = recipientsAndText(words, calling);
    const expires = words.duration('expires');
    const answer = await send.run(
      {
        to,
        text,
        subject: words.text('subject'),
        thread: words.text('thread'),
        importance: words.text('importance') as MessageRecord['importance'] | undefined,
        ackWanted: words.flag('ack'),
        purpose: (words.text('kind') ?? 'message') as 'message' | 'progress',
        ...attachedBy(words, calling),
        supersedes: words.text('supersedes'),
        expiresInSeconds: typeof expires === 'number' ? expires : undefined,
        sealed: words.flag('sealed'),
        key: words.text('key'),
      },
      calling.session,
    );
    if (answer.status === 'done' && to[0] === 'all') await noteNobody(calling);
    return answer;
  },
  render: ({ message }, telling) => renderSent(message, telling),
});

const peekCommand = defineCommand({
  name: 'peek',
  synopsis: '',
  summary: 'read what is unread; it stays until you ack or reply',
  group: 'Messages',
  options: [
    { name: 'limit', value: 'N', summary: `at most so many (${listLimitDefault})` },
    { name: 'from', value: 'AGENT', summary: 'only of this sender' },
    { name: 'thread', value: 'ID', summary: 'only of this thread' },
    { name: 'urgent', summary: 'only urgent ones' },
    { name: 'all', summary: 'also what you acknowledged already' },
    { name: 'no-mark', summary: 'do not note that you have seen it' },
  ],
  run: (words, { session }) => peek.run(peekInput(words), session),
  render: (result, telling) => renderPeek(result, telling),
});

/** A message to all is recorded also where there is nobody else; its sender should know. */
async function noteNobody({ session, terminal }: Calling): Promise<void> {
  const agents = await session.store.read((view) => [...view.folder(agentsFolder).values()]);
  const others = agents.filter(
    (agent) => agent.kind === 'agent' && agent.agent !== session.self.name && !agent.left && isListed(agent),
  );
  if (others.length > 0) return;
  terminal.err(
    `${terminal.paint('yellow', 'note:')}  Nobody else is registered here yet; those who come later are not sent it.`,
  );
}

function peekInput(words: Words) {
  const limit = words.number('limit') ?? listLimitDefault;
  if (limit > listLimitMax) {
    throw new UsageError(`--limit is a number from 1 to ${listLimitMax}.`, 'Run git intercom help peek.');
  }
  return {
    limit,
    from: words.text('from'),
    thread: words.text('thread'),
    urgent: words.flag('urgent'),
    all: words.flag('all'),
    fresh: false,
    mark: !words.flag('no-mark'),
  };
}

const ackCommand = defineCommand({
  name: 'ack',
  synopsis: '<id…>',
  summary: 'take note of messages; their senders see it',
  group: 'Messages',
  options: [
    { name: 'all', summary: 'everything that is unread' },
    { name: 'done', summary: 'what they asked for is done; their senders are told' },
  ],
  notes: ['With --done also what you took note of before: git intercom ack <id> --done. An ask is done by its answer.'],
  run: (words, { session }) => {
    if (words.positionals.length === 0 && !words.flag('all')) {
      throw new UsageError('ack wants the ids of messages, or --all.', 'Run git intercom peek to see them.');
    }
    const said = { ids: [...words.positionals], all: words.flag('all'), done: words.flag('done') };
    return ack.run({ ...said, seen: false }, session);
  },
  render: ({ acknowledged, completed }, { terminal }) =>
    acknowledged.length === 0
      ? 'Nothing was unread.'
      : `${terminal.paint('green', completed === undefined ? 'Acknowledged' : 'Completed')} ${listed(acknowledged.map(shortId), 5)}.`,
});

const replyCommand = defineCommand({
  name: 'reply',
  synopsis: '[id] [text|-]',
  summary: 'answer a message and acknowledge it',
  group: 'Messages',
  options: [
    { name: 'to', value: 'AGENT', many: true, summary: 'to others than the sender; or whose ask is meant' },
    { name: 'importance', value: 'HOW', choices: importances, summary: 'low, normal, high or urgent' },
    ...attachOptions,
    { name: 'done', summary: 'what it asked for is done, too' },
    { name: 'sealed', summary: 'only those whom it goes to can read it; always where the original is sealed' },
    allowSecret,
  ],
  notes: [
    'Without an id the one open ask is meant, for a person also the one open escalation, or else the only unread message; with several the list is shown, and --to names whose it is.',
  ],
  run: (words, calling) => {
    const { session, readStdin } = calling;
    const [first, second] = words.positionals;
    if (words.positionals.length > 2) {
      throw new UsageError('reply takes an id and one text: put the text into quotes.', 'Run git intercom help reply.');
    }
    const typed = second ?? first;
    if (typed === undefined || (second === undefined && isId(typed))) {
      throw new UsageError('reply wants a text.', `Run git intercom reply ${typed ?? '<id>'} "…".`);
    }
    const to = words.texts('to');
    const text = typed === '-' ? readStdin() : typed;
    if (text.trim() === '') throw new UsageError('The text of the reply is empty.', 'Run git intercom reply <id> "…".');
    return reply.run(
      {
        id: second === undefined ? undefined : first,
        text,
        to: to.length === 0 ? undefined : [...to],
        importance: words.text('importance') as MessageRecord['importance'] | undefined,
        ...attachedBy(words, calling),
        done: words.flag('done'),
        sealed: words.flag('sealed'),
      },
      session,
    );
  },
  render: (sent, telling) => renderSent(sent.message, telling, sent),
});

const threadCommand = defineCommand({
  name: 'thread',
  synopsis: '<id>',
  summary: 'read a whole thread',
  group: 'Messages',
  options: [
    { name: 'limit', value: 'N', summary: `at most so many, the last ones (${listLimitMax})` },
    { name: 'before', value: 'ID', summary: 'only what was said before this message' },
    { name: 'patch', summary: 'print the patch that came with a message, for git apply' },
  ],
  run: async (words, { session, terminal, isJson }) => {
    const [id, limit] = [theId(words, 'thread'), words.number('limit') ?? listLimitMax];
    const read = await thread.run({ id, before: words.text('before'), limit }, session);
    if (read.status !== 'done') return read;
    if (isJson || !words.flag('patch')) return done<typeof read.value | undefined>(read.value);
    const patch = patchIn(read.value.messages, id, terminal);
    if (patch.status !== 'done') return patch;
    // As it is: what answers are freed of would be missed by git apply.
    terminal.out(patch.value);
    return done(undefined);
  },
  render: (read, telling) => (read === undefined ? '' : renderThread(read.messages, read.earlier, telling)),
});

const receiptsCommand = defineCommand({
  name: 'receipts',
  synopsis: '<id>',
  summary: 'who has seen a message, acknowledged it, and done what it asks',
  group: 'Messages',
  options: [],
  run: (words, { session }) => receipts.run({ id: theId(words, 'receipts') }, session),
  render: (receipts, telling) => renderReceipts(receipts, telling),
});

export const messageCommands = [
  sendCommand,
  peekCommand,
  ackCommand,
  replyCommand,
  threadCommand,
  searchCommand,
  receiptsCommand,
];

/** The last word is the text when there are two or more; with one recipient and no text, stdin is read if it is piped. */
function recipientsAndText({ positionals }: Words, { readStdin, terminal }: Calling): { to: string[]; text: string } {
  const words = [...positionals];
  const usage = 'Run git intercom send <agent…> "text", or send <agent> - with the text on stdin.';
  if (words.length === 0) throw new UsageError('send wants recipients and a text.', usage);
  if (words.length === 1 && terminal.isInteractive)
    throw new UsageError('send wants a text after the recipients.', usage);
  const last = words.length === 1 ? '-' : (words.pop() as string);
  const text = last === '-' ? readStdin() : last;
  if (text.trim() === '') throw new UsageError('The text of the message is empty.', usage);
  return { to: words.flatMap((word) => word.split(',')).filter((word) => word !== ''), text };
}

/** What `peek` shows or `send` answers, and no word that somebody may want to say. */
function isId(text: string): boolean {
  return /\d/.test(text) && isTypedId(text);
}

function theId({ positionals }: Words, command: string): string {
  const [id] = positionals;
  if (id === undefined || positionals.length > 1) {
    throw new UsageError(`${command} wants the id of one message.`, 'Run git intercom peek or search to find it.');
  }
  return id;
}
