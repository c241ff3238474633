/** `send`: a message to one agent, several, or all. Kept until it is acknowledged. */
import * as z from 'zod';
import { shownMessage } from '../domain/message/present.ts';
import { decideSend } from '../domain/message/send.ts';
import { messagePath } from '../domain/record/path.ts';
import { act } from './act.ts';
import { defineOperation } from './define.ts';
import { wholeId } from './whole-id.ts';

const attachment = z.object({
  path: z.string(),
  from: z.int().min(1).optional(),
  to: z.int().min(1).optional(),
  text: z.string().optional(),
});

export const send = defineOperation({
  name: 'send',
  summary: 'Tell one agent, several, or all something; it is kept until they acknowledge it.',
  effect: 'write',
  input: z.object({
    to: z.array(z.string().min(1)).min(1).describe('names, or just all'),
    text: z.string(),
    subject: z.string().optional(),
    thread: z.string().optional(),
    importance: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
    ackWanted: z.boolean().optional(),
    purpose: z.enum(['message', 'progress']).optional(),
    attachments: z.array(attachment).max(20).optional(),
    supersedes: z.string().optional().describe('id of an unread message that this one replaces'),
    expiresInSeconds: z.number().min(1).optional(),
    key: z.string().max(200).optional(),
  }),
  run: async (input, session) => {
    const thread = input.thread === undefined ? undefined : await threadOf(input.thread, session);
    const supersedes = input.supersedes === undefined ? undefined : await wholeId(input.supersedes, session);
    return act(
      session,
      (draft, context) => decideSend(draft, { ...input, thread, supersedes }, context),
      ({ message }) => ({ message: shownMessage(message) }),
    );
  },
});

/** A message of the thread names the thread, too; a text that is no id begins a thread of that name. */
async function threadOf(typed: string, session: Parameters<typeof wholeId>[1]): Promise<string> {
  const id = await wholeId(typed, session);
  const record = await session.store.read((view) => view.record(messagePath(id)));
  return record?.kind === 'message' ? record.thread : id;
}
