/** `ask`: a question to one agent, and a wait for the answer that can be gone on with later, by whoever asked. */
import * as z from 'zod';
import { decideAsk } from '../domain/ask/ask.ts';
import { decideAwait } from '../domain/ask/await.ts';
import { decideCancel } from '../domain/ask/cancel.ts';
import type { Ask } from '../domain/ask/open.ts';
import { type Question, questionsFrom } from '../domain/ask/questions.ts';
import { expiredRefusal } from '../domain/ask/refusals.ts';
import { IntercomError } from '../domain/failure.ts';
import { askSecondsMax, waitSecondsDefault, waitSecondsMax } from '../domain/limits.ts';
import { type ShownMessage, shownMessage } from '../domain/message/present.ts';
import { askPath } from '../domain/record/path.ts';
import type { MessageRecord } from '../domain/record/record.ts';
import { refuse } from '../domain/refusal.ts';
import { instantOf, msOf } from '../domain/time.ts';
import { act } from './act.ts';
import { type Answer, done, refused } from './answer.ts';
import { attachedTo, attaching } from './attachments.ts';
import { defineOperation } from './define.ts';
import { actSealing } from './sealed/act-sealing.ts';
import { opened } from './sealed/opened.ts';
import type { Session } from './session.ts';
import { type Look, waitFor } from './wait-for.ts';
import { wholeId } from './whole-id.ts';

export const ask = defineOperation({
  name: 'ask',
  summary: 'Ask one agent something and wait for the answer; a wait that runs out can be gone on with by the id.',
  effect: 'write',
  input: z.object({
    to: z.string().min(1).optional().describe('the name of the agent'),
    text: z.string().optional(),
    subject: z.string().optional(),
    decision: z.boolean().default(false).describe('you cannot go on without a decision'),
    ...attaching,
    questions: z.array(z.unknown()).optional().describe('an interview: the answer must fit these'),
    sealed: z.boolean().default(false).describe('only whom it goes to can read it; the answer is sealed, too'),
    waitSeconds: z.number().min(0).max(waitSecondsMax).default(waitSecondsDefault),
    openSeconds: z.number().min(1).max(askSecondsMax).optional().describe('over after this; ten minutes when absent'),
    id: z.string().optional().describe('go on waiting for the answer to this earlier ask'),
    cancel: z.string().optional().describe('take this earlier ask back'),
  }),
  run: async ({ to, text: typed, id, cancel, patches, ...rest }, given, signal): Promise<Answer<Asked>> => {
    const attached = await attachedTo({ attachments: rest.attachments, patches }, given);
    if (attached.status !== 'done') return attached;
    const { attachments, session } = attached.value;
    if (id !== undefined && cancel !== undefined) {
      const message = 'ask got both id and cancel: nothing was taken back.';
      const next = 'Run git intercom ask --id <id> to go on waiting, or git intercom ask --cancel <id>.';
      throw new IntercomError({ code: 'usage', message, next });
    }
    const wait = { waitSeconds: rest.waitSeconds, signal };
    const earlier = cancel ?? id;
    if (earlier !== undefined) {
      const whole = await wholeId(earlier, session);
      if (whole.status !== 'done') return whole;
      return cancel === undefined ? waitForAnswer(whole.value, wait, session) : takeBack(whole.value, session);
    }
    const text = typed ?? (rest.questions === undefined ? undefined : 'Please answer these questions.');
    if (to === undefined || text === undefined) {
      const next = 'Run git intercom ask <agent> "…", or git intercom ask --id <id> to go on waiting.';
      return refused(refuse('unknown-recipient', 'An ask wants an agent and a text.', next).refusal);
    }
    const { sealed: isWanted, ...said } = {
      ...{ to, text, ...rest, attachments },
      questions: rest.questions as readonly Question[] | undefined,
    };
    const asked = await actSealing(session, {
      content: async () => done({ ...said, questions: plainQuestions(said.questions) }),
      isWanted,
      rule: (draft, context, sealed) => {
        const decision = decideAsk(draft, { ...said, sealed }, context);
        return decision.ok ? { ...decision, result: { message: decision.result.ask } } : decision;
      },
    });
    return asked.status === 'done' ? waitForAnswer(asked.value.message.id, wait, session) : asked;
  },
});

/** As they would stand in the open. What is none was refused before anything is sealed. */
function plainQuestions(questions: readonly Question[] | undefined): readonly Question[] | undefined {
  const asked = questions === undefined ? undefined : questionsFrom(questions);
  return asked?.ok === true ? asked.questions : undefined;
}

/** The answer; or, where it was to be taken back, that it was. */
export type Asked = { readonly answer: ShownMessage } | { readonly cancelled: { readonly id: string } };

async function takeBack(id: string, session: Session): Promise<Answer<Asked>> {
  const answer = await act(
    session,
    (draft, context) => decideCancel(draft, { id }, context),
    (result, nowMs) => ({ result, nowMs }),
  );
  if (answer.status !== 'done') return answer;
  const { result, nowMs } = answer.value;
  return 'answer' in result ? answered(result.answer, nowMs, session) : done({ cancelled: { id } });
}

/**
 * Until the answer is there, the ask is over, the wait runs out, or the caller gives up; the last three leave it as it
 * is. Only a call that finds the ask over from the start is refused: one that has waited for it tells that it waited.
 */
function waitForAnswer(
  id: string,
  { waitSeconds, signal }: { readonly waitSeconds: number; readonly signal: AbortSignal | undefined },
  session: Session,
): Promise<Answer<Asked>> {
  let looks = 0;
  return waitFor<Answer<Asked>>(session, {
    waitSeconds,
    signal,
    look: async (end): Promise<Look<Answer<Asked>>> => {
      const seen = await act(
        session,
        (draft, context) => decideAwait(draft, { id }, context),
        (result, nowMs) => ({ result, nowMs }),
      );
      looks += 1;
      if (seen.status !== 'done') return { answer: seen };
      const { result, nowMs } = seen.value;
      if ('answer' in result) return { answer: await answered(result.answer, nowMs, session) };
      if ('over' in result)
        return { answer: looks > 1 ? pending(result.over) : refused(expiredRefusal(result.over, nowMs).refusal) };
      return end === undefined ? { againInMs: msOf(result.open.ask.until) - nowMs } : { answer: pending(result.open) };
    },
    dueInMs: () =>
      session.store.read((view) => (view.record(askPath(id)) === undefined ? 0 : Number.POSITIVE_INFINITY)),
  });
}

/** It has been put before who asked; it stays in the inbox until it is acknowledged, like all mail. */
async function answered(answer: MessageRecord, nowMs: number, session: Session): Promise<Answer<Asked>> {
  const { store, self } = session;
  store.journals.delivered.note(self.name, [answer.id], instantOf(nowMs));
  const [shown = shownMessage(answer)] = await opened([shownMessage(answer)], session);
  return done({ answer: shown });
}

function pending({ id, to, ask }: Ask): Answer<never> {
  return { status: 'pending', value: { pending: { id, to, expires: ask.until } } };
}
