/** Runs a rule in a transaction: who acts is settled, what was delivered meanwhile goes into the same commit. */
import { nameIn, nameInView } from '../domain/agent/former.ts';
import type { Actor, Context, Decision, Headline } from '../domain/decision.ts';
import { Draft } from '../domain/draft.ts';
import type { Escalation } from '../domain/escalation/open.ts';
import { overdueHeadline, settleOverdue } from '../domain/escalation/overdue.ts';
import { shownEscalation } from '../domain/escalation/present.ts';
import { shownMessage } from '../domain/message/present.ts';
import { mark } from '../domain/message/receipt.ts';
import { agentPath, messagePath } from '../domain/record/path.ts';
import { somebody } from '../domain/room/secret.ts';
import { allowedSecretLine } from '../domain/secret/secret.ts';
import { splitReference } from '../domain/spec/name.ts';
import { noteReads, type SpecRead } from '../domain/spec/readers.ts';
import { instantOf } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import type { World } from '../store/port.ts';
import { type Answer, done, refused } from './answer.ts';
import type { Session } from './session.ts';
import { tellPerson } from './tell-person.ts';

export type Rule<T> = (draft: Draft, context: Context) => Decision<T>;

/** Turns the rule's result into the answer, by the instant at which it was decided and what is provisional then. */
export type Show<T, Shown> = (result: T, nowMs: number, provisional: ReadonlySet<string>) => Shown;

export async function act<T, Shown>(session: Session, rule: Rule<T>, show: Show<T, Shown>): Promise<Answer<Shown>> {
  const { store, self } = session;
  const newUid = session.newUid();
  const delivered = store.journals.delivered.pending(self.name);
  const reads = store.journals.reads.pending(self.name);
  /** What is said in secret rooms has no receipt: that it was shown is known here alone. */
  let written: readonly string[] = [];
  /** An act that has nothing to record takes nothing along either: it goes on waiting. */
  let isWritten = false;
  let raised: readonly Escalation[] = [];
  const outcome = await store.transact((view, world) => {
    const draft = new Draft(view);
    const context = contextOf(session, view, world, newUid);
    const decision = rule(draft, context);
    if (!decision.ok) return decision;
    const isNothing = draft.edits().length === 0;
    raised = settleOverdue(draft, context);
    isWritten = draft.edits().length > 0;
    if (isWritten) {
      written = delivered.filter(({ id }) => !isSecret(draft, id)).map(({ id }) => id);
      for (const each of delivered) writeDelivered(draft, each, context);
      noteReads(draft, reads.flatMap(specRead), context);
    }
    const { name: agent, uid } = context.actor;
    const said = isNothing && raised.length > 0 ? overdueHeadline(raised) : decision.headline;
    const headline = withAllowedSecret(said, session);
    return { ...decision, headline, edits: draft.edits(), agent, uid };
  });
  if (!outcome.ok) return refused(outcome.refusal);
  for (const each of raised) await tellPerson(shownEscalation(shownMessage(each), each.to), session);
  if (isWritten) {
    store.journals.delivered.forget(self.name, written);
    store.journals.reads.forget(
      self.name,
      reads.map(({ id }) => id),
    );
  }
  return done(show(outcome.result, outcome.nowMs, outcome.provisional));
}

/** The same rule on a draft that is thrown away: what would happen. */
export async function rehearse<T, Shown>(
  session: Session,
  rule: Rule<T>,
  show: Show<T, Shown>,
): Promise<Answer<Shown>> {
  const newUid = session.newUid();
  let count = 0;
  return session.store.read((view, nowMs) => {
    const world = { ...worldAt(nowMs, session), newId: () => `dry-run-${count++}` };
    const decision = rule(new Draft(view), contextOf(session, view, world, newUid));
    return decision.ok ? done(show(decision.result, nowMs, view.provisional)) : refused(decision.refusal);
  });
}

/** Nobody has looked for evidence on claims, and for what was seen. */
export function worldAt(nowMs: number, { newId, processState }: Pick<Session, 'newId' | 'processState'>): World {
  return { nowMs, newId, processState, evidence: new Map(), seenSinceMs: () => undefined };
}

export function contextOf({ store, self, allowedSecret }: Session, view: View, world: World, newUid: string): Context {
  // It may have taken another name since the session began.
  const name = nameInView(view, self);
  const known = view.record(agentPath(name));
  const uid = self.uid ?? (known?.kind === 'agent' ? known.uid : newUid);
  const actor: Actor = { ...self, name, uid };
  return { ...world, now: instantOf(world.nowMs), actor, policy: store.policy, allowedSecret: allowedSecret?.why };
}

/** In the commit whatever the record is, so that `git log --grep` finds all of them. */
function withAllowedSecret(headline: Headline, { allowedSecret }: Session): Headline {
  if (allowedSecret === undefined) return headline;
  const line = allowedSecretLine(allowedSecret);
  return { ...headline, body: headline.body === undefined ? line : `${headline.body}\n\n${line}` };
}

function specRead({ id, at }: { id: string; at: string }): SpecRead[] {
  const { name: spec, version } = splitReference(id);
  return version === undefined ? [] : [{ spec, version, at }];
}

function isSecret(draft: Draft, id: string): boolean {
  const message = draft.record(messagePath(id));
  return message?.kind === 'message' && message.agent === somebody;
}

function writeDelivered(draft: Draft, { id, at }: { id: string; at: string }, context: Context): void {
  const message = draft.record(messagePath(id));
  if (message?.kind === 'message' && !isSecret(draft, id))
    mark(draft, message, nameIn(draft, context.actor), 'delivered', at, context);
}
