/** `send`: a message to one agent, several, or all. Kept until it is acknowledged. */
import * as z from 'zod';
import { decideSend } from '../domain/message/send.ts';
import { messagePath } from '../domain/record/path.ts';
import { isRoomAddress } from '../domain/room/recipients.ts';
import { type Answer, done } from './answer.ts';
import { attachedTo, attaching } from './attachments.ts';
import { defineOperation } from './define.ts';
import { pastMessage, unlessPast } from './past-message.ts';
import { actSealing } from './sealed/act-sealing.ts';
import { shownTo } from './sealed/opened.ts';
import { orLostKey, secretRoomNamed } from './sealed/secret-rooms.ts';
import { sendInSecret } from './sealed/send-in-secret.ts';
import type { Session } from './session.ts';
import { wholeId } from './whole-id.ts';

export const send = defineOperation({
  name: 'send',
  summary: 'Tell one agent, several, or all something; it is kept until they acknowledge it.',
  effect: 'write',
  input: z.object({
    to: z.array(z.string().min(1)).min(1).describe('names, or just all, or just a room such as @ops'),
    text: z.string(),
    subject: z.string().optional(),
    thread: z.string().optional(),
    importance: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
    ackWanted: z.boolean().optional(),
    purpose: z.enum(['message', 'progress']).optional(),
    ...attaching,
    supersedes: z.string().optional().describe('id of an unread message that this one replaces'),
    expiresInSeconds: z.number().min(1).optional(),
    sealed: z.boolean().default(false).describe('only those whom it goes to can read it; always so in a private room'),
    key: z.string().max(200).optional(),
  }),
  run: async ({ patches, ...input }, given) => {
    const attached = await attachedTo({ attachments: input.attachments, patches }, given);
    if (attached.status !== 'done') return attached;
    const { attachments, session } = attached.value;
    const [first = ''] = input.to;
    const secret = isRoomAddress(first) ? await secretRoomNamed(first, session) : undefined;
    if (secret !== undefined) return sendInSecret({ ...input, attachments }, secret, session);
    const thread = input.thread === undefined ? done(undefined) : await threadOf(input.thread, session);
    if (thread.status !== 'done') return thread;
    const supersedes = input.supersedes === undefined ? done(undefined) : await replaced(input.supersedes, session);
    if (supersedes.status !== 'done') return supersedes;
    const { sealed: isWanted, ...said } = { ...input, attachments, thread: thread.value, supersedes: supersedes.value };
    const sending = actSealing(session, {
      content: async () => done(said),
      isWanted,
      rule: (draft, context, sealed) => decideSend(draft, { ...said, sealed }, context),
    });
    const sent = await orLostKey(await sending, session);
    return sent.status === 'done' ? shownTo(sent.value.message, session) : sent;
  },
});

/** A message of the thread names the thread, too; a text that is no id begins a thread of that name. */
async function threadOf(typed: string, session: Session): Promise<Answer<string>> {
  const id = await wholeId(typed, session, 'past and present');
  if (id.status !== 'done') return id;
  const record = await session.store.read((view) => view.record(messagePath(id.value)));
  const message = record?.kind === 'message' ? record : await pastMessage(id.value, session);
  return message === undefined ? id : done(message.thread);
}

async function replaced(typed: string, session: Session): Promise<Answer<string>> {
  const id = await wholeId(typed, session, 'past and present');
  if (id.status !== 'done') return id;
  const instead = ({ thread }: { readonly thread: string }) =>
    `Send the new one in its thread: git intercom send --thread ${thread}`;
  return unlessPast(id.value, (message, uid) => message.uid === uid, instead, session);
}
