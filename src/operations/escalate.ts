/** `escalate`: puts something before a person, where it stays until a person answers it. */
import * as z from 'zod';
import { decideEscalate } from '../domain/escalation/escalate.ts';
import { type ShownEscalation, shownEscalation } from '../domain/escalation/present.ts';
import { closedRefusal } from '../domain/escalation/refusals.ts';
import { shortId } from '../domain/id.ts';
import { shownMessage } from '../domain/message/present.ts';
import { messagePath } from '../domain/record/path.ts';
import type { Content } from '../domain/sealed/content.ts';
import { type Answer, done, refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { unlessPast } from './past-message.ts';
import { actSealing } from './sealed/act-sealing.ts';
import { opened } from './sealed/opened.ts';
import type { Session } from './session.ts';
import { tellPerson } from './tell-person.ts';
import { wholeId } from './whole-id.ts';

export interface Escalating {
  readonly escalation: ShownEscalation;
  /** Why the command of the policy was not run, or failed; absent where all went well, or there is none. */
  readonly notice?: string;
}

export const escalate = defineOperation({
  name: 'escalate',
  summary: 'Put something before a person: it stays open until a person answers it, and you go on meanwhile.',
  effect: 'write',
  input: z.object({
    text: z.string().optional().describe('what a person is to decide'),
    id: z.string().optional().describe('a message that you sent or got'),
    why: z.string().optional().describe('why a person is needed'),
    sealed: z.boolean().default(false).describe('only the persons who have a key now can read it'),
  }),
  run: async ({ text, id, why, sealed: isWanted }, session): Promise<Answer<Escalating>> => {
    const about = id === undefined ? done(undefined) : await raisedId(id, session);
    if (about.status !== 'done') return about;
    const raised = await actSealing(session, {
      content: () => contentOf({ text, why }, about.value, session),
      isWanted,
      rule: (draft, context, sealed) => decideEscalate(draft, { text, about: about.value, why, sealed }, context),
    });
    if (raised.status !== 'done') return raised;
    const { message, isNew } = raised.value;
    const inTheOpen = shownMessage(message);
    // Its environment is read by others than the person: what is sealed is not told there.
    const notice = isNew ? await tellPerson(shownEscalation(inTheOpen, message.to), session) : undefined;
    const [shown = inTheOpen] = await opened([inTheOpen], session);
    const escalation = shownEscalation(shown, message.to);
    return done(notice === undefined ? { escalation } : { escalation, notice });
  },
});

async function raisedId(typed: string, session: Session): Promise<Answer<string>> {
  const id = await wholeId(typed, session, 'past and present');
  if (id.status !== 'done') return id;
  const { name } = session.self;
  const instead = ({ id: past }: { readonly id: string }) =>
    `Read it with git intercom thread ${shortId(past)}, and escalate a text: git intercom escalate "…".`;
  return unlessPast(id.value, (message, uid) => message.uid === uid || message.to.includes(name), instead, session);
}

/** Of a message that is escalated its own, opened where it is sealed, unless a text is given. */
async function contentOf(
  { text, why }: { readonly text?: string | undefined; readonly why?: string | undefined },
  about: string | undefined,
  session: Session,
): Promise<Answer<Content>> {
  const record = about === undefined ? undefined : await session.store.read((view) => view.record(messagePath(about)));
  if (record?.kind !== 'message') return done({ text: text ?? '', why });
  const [original = shownMessage(record)] = await opened([shownMessage(record)], session);
  if (original.sealed === 'closed' && text === undefined) return refused(closedRefusal(original.id).refusal);
  const subject = original.sealed === 'closed' ? undefined : (original.subject ?? undefined);
  return done({ subject, text: text ?? original.text, why });
}
