/** `reply`: answers in the same thread and acknowledges the original. */
import * as z from 'zod';
import { answersFrom } from '../domain/ask/answers.ts';
import type { Ask } from '../domain/ask/open.ts';
import type { ShownMessage } from '../domain/message/present.ts';
import { decideReply, type Replied, type Settled } from '../domain/message/reply.ts';
import type { Content } from '../domain/sealed/content.ts';
import { type Answer, done, refused } from './answer.ts';
import { attachedTo, attaching } from './attachments.ts';
import { defineOperation } from './define.ts';
import { pastMessage } from './past-message.ts';
import { actSealing } from './sealed/act-sealing.ts';
import { Opener, shownTo } from './sealed/opened.ts';
import { noteRead, onlyOneInSecret, secretRoomOf } from './sealed/secret-mail.ts';
import { sendInSecret } from './sealed/send-in-secret.ts';
import type { Session } from './session.ts';
import { wholeId } from './whole-id.ts';

export interface Replying {
  readonly message: ShownMessage;
  /** The ask and the escalations that waited for it; absent in a secret room, where nothing does. */
  readonly settled?: readonly Settled[];
  /** The ask that was over before this answer came, which is mail then; absent otherwise. */
  readonly late?: string;
}

export const reply = defineOperation({
  name: 'reply',
  summary: 'Answer a message: its sender gets it in the same thread, and the original is acknowledged.',
  effect: 'write',
  input: z.object({
    id: z
      .string()
      .optional()
      .describe('without it the one open ask or escalation is meant, else the only unread message'),
    text: z.string(),
    to: z.array(z.string()).min(1).optional().describe('others than the sender of the original'),
    importance: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
    ...attaching,
    sealed: z
      .boolean()
      .default(false)
      .describe('only those whom it goes to can read it; always so where the original is sealed'),
    done: z.boolean().default(false).describe('what the original asked for is done'),
  }),
  run: async ({ id, patches, sealed: isWanted, ...rest }, given): Promise<Answer<Replying>> => {
    const attached = await attachedTo({ attachments: rest.attachments, patches }, given);
    if (attached.status !== 'done') return attached;
    const { attachments, session } = attached.value;
    const whole =
      id === undefined ? done(await onlyOneInSecret(session)) : await wholeId(id, session, 'past and present');
    if (whole.status !== 'done') return whole;
    const secret = whole.value === undefined ? undefined : await secretRoomOf(whole.value, session);
    if (whole.value !== undefined && secret !== undefined) {
      const said = { to: [`@${secret.room.id}`], text: rest.text, attachments };
      const sent = await sendInSecret(said, secret, session);
      if (sent.status === 'done') await noteRead([whole.value], session);
      return sent;
    }
    const past = whole.value === undefined ? undefined : await pastMessage(whole.value, session);
    const sent = await actSealing<Replied>(session, {
      content: async (replied) => answerTo(replied, { text: rest.text, attachments }, session),
      isWanted,
      rule: (draft, context, sealed) =>
        decideReply(draft, { ...rest, attachments, reference: whole.value, past, sealed }, context),
    });
    if (sent.status !== 'done') return sent;
    const shown = await shownTo(sent.value.message, session);
    if (shown.status !== 'done') return shown;
    const { settled, late } = sent.value;
    return done({ ...shown.value, settled, ...(late !== undefined && { late: late.id }) });
  },
});

/** With what was answered, where it is an interview: its questions stand in the open, or under the seal of the ask. */
async function answerTo({ asked, late }: Replied, content: Content, session: Session): Promise<Answer<Content>> {
  const ask = asked ?? late;
  const questions = ask && (await questionsOf(ask, session));
  if (ask === undefined || questions === undefined) return done(content);
  const read = answersFrom(content.text, questions, ask.id);
  if (read.ok) return done({ ...content, answers: read.answers });
  return asked === undefined ? done(content) : refused(read.refusal);
}

async function questionsOf(ask: Ask, session: Session) {
  return ask.sealed === undefined ? ask.ask.questions : (await (await Opener.of(session)).contentOf(ask))?.questions;
}
