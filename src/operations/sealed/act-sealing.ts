/**
 * Sends what is sealed: for whom is asked of the branch, then it is sealed, then decided. Where the branch has moved and
 * others may read it now, it is sealed anew and decided again.
 */
import type { Context, Decision } from '../../domain/decision.ts';
import type { Draft } from '../../domain/draft.ts';
import type { MessageRecord } from '../../domain/record/record.ts';
import { type Content, formatContent } from '../../domain/sealed/content.ts';
import { type Plan, planFor, sealAgain } from '../../domain/sealed/plan.ts';
import type { Seal, Sealing } from '../../domain/sealed/seal.ts';
import { act, rehearse } from '../act.ts';
import { type Answer, done, refused } from '../answer.ts';
import { decidedUpToDate } from '../outdated.ts';
import type { Session } from '../session.ts';
import { withKey } from './own-key.ts';

/** Members come and go slower than a message is sealed; more tries than these mean something else. */
const triesMax = 8;

interface Sending<T> {
  /** What goes under the seal, by what a rehearsal says of the message; refused where it does not fit there. */
  readonly content: (rehearsed: T) => Promise<Answer<Content>>;
  /** Whether it was asked to be sealed; what must be is sealed in any case. */
  readonly isWanted: boolean;
  readonly rule: (draft: Draft, context: Context, sealed: Sealing | undefined) => Decision<T>;
}

export function actSealing<T extends { readonly message: MessageRecord }>(
  session: Session,
  sending: Sending<T>,
): Promise<Answer<T>> {
  return decidedUpToDate(session, () => actAsSealed(session, sending));
}

async function actAsSealed<T extends { readonly message: MessageRecord }>(
  session: Session,
  sending: Sending<T>,
): Promise<Answer<T>> {
  if (!sending.isWanted) {
    const answer = await act(session, (draft, context) => sending.rule(draft, context, undefined), asDecided);
    if (answer.status !== 'refused' || answer.refusal.code !== 'must-be-sealed') return answer;
  }
  const keyed = await withKey(session);
  return keyed.status === 'done' ? sealAndAct(keyed.value, sending) : keyed;
}

interface Rehearsed<T> {
  readonly result: T;
  /** Undefined where nothing would be written. */
  readonly plan: Plan | undefined;
}

/** Fits no plan: should something have to be written after all, it is planned again. */
const nothingSealed: Seal = { plan: { readers: [] }, text: '' };

async function sealAndAct<T extends { readonly message: MessageRecord }>(
  session: Session,
  { content, rule }: Sending<T>,
): Promise<Answer<T>> {
  for (let tries = 0; tries < triesMax; tries++) {
    const planned = await rehearse(
      session,
      (draft, context) => rehearsed(draft, context, rule),
      (plan) => plan,
    );
    if (planned.status !== 'done') return planned;
    const { plan, result } = planned.value;
    const under = plan === undefined ? done(undefined) : await content(result);
    if (under.status !== 'done') return under;
    const sealed =
      plan === undefined || under.value === undefined ? nothingSealed : await sealFor(plan, under.value, session);
    const answer = await act(session, (draft, context) => rule(draft, context, sealed), asDecided);
    if (answer.status !== 'refused' || answer.refusal.code !== 'seal-again') return answer;
  }
  return refused(sealAgain().refusal);
}

function rehearsed<T extends { readonly message: MessageRecord }>(
  draft: Draft,
  context: Context,
  rule: Sending<T>['rule'],
): Decision<Rehearsed<T>> {
  const decision = rule(draft, context, 'to-come');
  if (!decision.ok) return decision;
  const { result } = decision;
  // The same key again, or what waits for a person already: the first result, whatever was sealed then.
  if (draft.edits().length === 0) return { ...decision, result: { result, plan: undefined } };
  const { to, room, replyTo } = result.message;
  const planned = planFor(draft, { names: to, room, replyTo }, context);
  return planned.ok ? { ...decision, result: { result, plan: planned.plan } } : planned;
}

function asDecided<T>(result: T): T {
  return result;
}

/** The key of a room is made with the first message to those who are in it, and sealed for them. */
export async function sealFor(plan: Plan, content: Content, { sealing, newId }: Session): Promise<Seal> {
  const { room, readers } = plan;
  const text = formatContent(content);
  const everyone = readers.map(({ sealTo }) => sealTo);
  if (room === undefined) return { plan, text: await sealing.seal(text, everyone) };
  if (room.key !== undefined) return { plan, text: await sealing.seal(text, [room.key.to]) };
  const pair = await sealing.makePair();
  const newKey = { id: newId(), to: pair.recipient, sealed: await sealing.seal(pair.identity, everyone) };
  return { plan, text: await sealing.seal(text, [pair.recipient]), newKey };
}
