/** `escalate`: puts something before a person, where it stays until a person answers it. */
import * as z from 'zod';
import { decideEscalate } from '../domain/escalation/escalate.ts';
import { type ShownEscalation, shownEscalation } from '../domain/escalation/present.ts';
import { shownMessage } from '../domain/message/present.ts';
import { act } from './act.ts';
import { type Answer, done } from './answer.ts';
import { defineOperation } from './define.ts';
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
  }),
  run: async ({ text, id, why }, session): Promise<Answer<Escalating>> => {
    const about = id === undefined ? done(undefined) : await wholeId(id, session);
    if (about.status !== 'done') return about;
    const raised = await act(
      session,
      (draft, context) => decideEscalate(draft, { text, about: about.value, why }, context),
      ({ escalation, isNew }) => ({ escalation: shownEscalation(shownMessage(escalation), escalation.to), isNew }),
    );
    if (raised.status !== 'done') return raised;
    const { escalation, isNew } = raised.value;
    const notice = isNew ? await tellPerson(escalation, session) : undefined;
    return done(notice === undefined ? { escalation } : { escalation, notice });
  },
});
