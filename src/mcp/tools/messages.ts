/** The tools about messages. */
import * as z from 'zod';
import { toldPending } from '../../domain/ask/told.ts';
import { typedAttachments } from '../../domain/attachment/typed.ts';
import { toldWaiting } from '../../domain/escalation/told.ts';
import { listLimitMax, waitCallSecondsMax } from '../../domain/limits.ts';
import type { ShownMessage } from '../../domain/message/present.ts';
import { toldDamped, toldLate, toldMessages, toldNone } from '../../domain/message/told.ts';
import { listed, plainText } from '../../domain/text.ts';
import { ack } from '../../operations/ack.ts';
import { ask } from '../../operations/ask.ts';
import { peek } from '../../operations/peek.ts';
import { reply } from '../../operations/reply.ts';
import { send } from '../../operations/send.ts';
import { callSeconds } from '../call-seconds.ts';
import { shownMessage } from '../outputs.ts';
import { type Calling, defineTool } from '../tool.ts';
import { duration } from './duration.ts';

/** What may stand there is told once, by send. */
const attach = z.array(z.string()).optional();

const importance = z.enum(['low', 'normal', 'high', 'urgent']).optional();

function leavingMessage(what: string, text: string): { readonly what: 'messages'; readonly question: string } {
  return { what: 'messages', question: `${what}?\n\n${plainText(text, 1_000)}` };
}

function attachedBy(typed: readonly string[] = [], { fromTop }: Pick<Calling, 'fromTop'>) {
  const { attachments, patches } = typedAttachments(typed);
  return {
    attachments: attachments.map((each) => ({ ...each, path: fromTop([each.path], 'files here')[0] ?? each.path })),
    patches,
  };
}

function restOf({ damped }: Pick<ShownMessage, 'damped'>): string {
  return damped === true ? ` ${toldDamped}` : '';
}

const sendTool = defineTool({
  name: 'send',
  title: 'Send a message',
  description: 'Tell agents, ["@room"] or ["all"].',
  toolset: 'core',
  effect: 'write',
  input: z.object({
    to: z.array(z.string()),
    text: z.string(),
    subject: z.string().optional(),
    thread: z.string().optional(),
    importance,
    ack: z.boolean().optional(),
    sealed: z.boolean().optional(),
    attach: attach.describe('file:1-9, diff'),
    key: z.string().optional(),
    kind: z.enum(['message', 'progress']).optional(),
    supersedes: z.string().optional(),
    expires: duration.optional(),
  }),
  unlisted: { kind: 'in-core', supersedes: 'everywhere', expires: 'everywhere' },
  output: { message: shownMessage },
  leaves: ({ to, text }) => leavingMessage(`Send to ${listed(to, 5)}`, text),
  run: ({ ack, attach, kind, expires, ...input }, calling) => {
    const said = { ackWanted: ack, purpose: kind, expiresInSeconds: expires };
    return send.run(send.input.parse({ ...input, ...said, ...attachedBy(attach, calling) }), calling.session);
  },
  tell: ({ message }) => `Sent ${message.id} to ${listed(message.to, 5)}.${restOf(message)}`,
});

const askTool = defineTool({
  name: 'ask',
  title: 'Ask an agent',
  description: 'Ask and wait. pending: call again with id.',
  toolset: 'core',
  effect: 'write',
  input: z.object({
    to: z.string().optional(),
    text: z.string().optional(),
    decision: z.boolean().optional(),
    questions: z.array(z.any()).optional().describe('id, text, options'),
    sealed: z.boolean().optional(),
    attach,
    wait_seconds: z.number().optional(),
    id: z.string().optional(),
    cancel: z.string().optional(),
  }),
  output: {
    answer: shownMessage,
    cancelled: z.looseObject({ id: z.string() }),
    pending: z.looseObject({ id: z.string(), to: z.array(z.string()), expires: z.string() }),
  },
  leaves: ({ to, text }) => (to === undefined ? undefined : leavingMessage(`Ask ${to}`, text ?? '')),
  run: ({ wait_seconds, attach, ...input }, calling) => {
    const waitSeconds = callSeconds(wait_seconds ?? waitCallSecondsMax);
    const asked = ask.input.parse({ ...input, ...attachedBy(attach, calling), waitSeconds });
    return ask.run(asked, calling.session, calling.signal);
  },
  waitsFor: async ({ to }) => (to === undefined ? 'the answer' : `the answer of ${to}`),
  tell: (asked, telling) =>
    'answer' in asked ? `Answered. ${toldMessages([asked.answer], telling)}` : `Took ${asked.cancelled.id} back.`,
});

const replyTool = defineTool({
  name: 'reply',
  title: 'Reply',
  description: 'Answer and ack; done completes. No id: the one open.',
  toolset: 'core',
  effect: 'write',
  input: z.object({
    id: z.string().optional(),
    text: z.string(),
    done: z.boolean().optional(),
    attach,
    to: z.array(z.string()).optional(),
    importance,
    sealed: z.boolean().optional(),
  }),
  unlisted: { to: 'everywhere', importance: 'everywhere', sealed: 'everywhere' },
  output: { message: shownMessage },
  leaves: ({ id, text }) => leavingMessage(`Reply to ${id ?? 'the open ask'}`, text),
  run: ({ attach, ...input }, calling) =>
    reply.run(reply.input.parse({ ...input, ...attachedBy(attach, calling) }), calling.session),
  tell: ({ message, late }) =>
    `Sent ${message.id} to ${listed(message.to, 5)}; the original is acknowledged.${late === undefined ? '' : ` ${toldLate(late)}`}${restOf(message)}`,
});

const peekTool = defineTool({
  name: 'peek',
  title: 'Read mail',
  description: 'Unread mail; then reply or ack.',
  whenReadOnly: 'Unread mail.',
  toolset: 'core',
  effect: 'mark',
  isIdempotent: true,
  input: z.object({
    from: z.string().optional(),
    thread: z.string().optional(),
    urgent: z.boolean().optional(),
    all: z.boolean().optional(),
    page: z.number().optional(),
    limit: z.number().optional(),
    no_mark: z.boolean().optional(),
  }),
  unlisted: { limit: 'everywhere', no_mark: 'everywhere' },
  output: { unread: z.number(), messages: z.array(shownMessage), pendingAsks: z.array(z.looseObject({})) },
  list: ['messages'],
  shortenedBy: 'ack',
  // What of it is shown, and so counts as delivered, the page says: mcp/mail.ts.
  run: ({ page: _page, no_mark: _noMark, limit = listLimitMax, ...input }, { session }) =>
    peek.run(peek.input.parse({ ...input, limit, mark: false }), session),
  tell: ({ unread, messages, pendingAsks, escalations }, telling) => {
    const mail = messages.length === 0 ? toldNone(unread) : toldMessages(messages, telling);
    // Those among the mail say so themselves.
    const others = pendingAsks.filter(({ id }) => messages.every((message) => message.id !== id));
    return [...toldWaiting(escalations, telling.nowMs), mail, ...toldPending(others, telling)].join('\n');
  },
});

const ackTool = defineTool({
  name: 'ack',
  title: 'Acknowledge',
  description: 'Mail leaves the inbox; done: completed.',
  toolset: 'core',
  effect: 'write',
  isIdempotent: true,
  input: z.object({
    ids: z.array(z.string()).optional(),
    all: z.boolean().optional(),
    done: z.boolean().optional(),
  }),
  output: { acknowledged: z.array(z.string()), unseen: z.number() },
  // All is what the model has seen: what came meanwhile, or stands on a later page, would be lost to it.
  run: (input, { session }) => ack.run(ack.input.parse({ ...input, seen: true }), session),
  tell: ({ acknowledged, completed, unseen }) =>
    [
      completed === undefined ? `Acknowledged ${acknowledged.length}.` : `Completed ${completed.length}.`,
      ...(unseen === undefined ? [] : [`You were not shown ${unseen} yet, which stay unread: call peek.`]),
    ].join(' '),
});

export const messageTools = [sendTool, askTool, replyTool, peekTool, ackTool];
