/**
 * What a guard answers to each moment of a session: the same for hooks of all harnesses, which differ in their words
 * alone. Paths are from the top of the repository.
 */
import { type GuardAnswer, nothingToSay, type SessionEvent } from '../../domain/guard/event.ts';
import { plainly } from '../../domain/plainly.ts';
import { readingHere } from '../hub.ts';
import type { Session } from '../session.ts';
import { beforeEdit } from './before-edit.ts';
import { freshMail } from './delivery.ts';
import { sessionEnd, sessionStart } from './session-ends.ts';
import { afterShell, beforeShell } from './shell.ts';

export interface Guarded {
  readonly answer: GuardAnswer;
  /** Messages that the answer carries. Whoever puts it before the agent notes them as delivered, and not before. */
  readonly delivered: readonly string[];
}

export async function guard(event: SessionEvent, session: Session): Promise<Guarded> {
  const guarded = await answerTo(event, session);
  return { ...guarded, answer: plainly((await readingHere(session))(guarded.answer)) };
}

async function answerTo(event: SessionEvent, session: Session): Promise<Guarded> {
  switch (event.kind) {
    case 'before-edit':
      return before(await beforeEdit(event.paths, session), event.hears, session);
    case 'before-shell':
      return before(await beforeShell(event.writes, session), event.hears, session);
    case 'after-shell':
      return withMail(await afterShell(event.lastedMs, session), session, 'between-steps');
    case 'between-steps':
    case 'prompt':
      return withMail(nothingToSay, session, event.kind);
    case 'session-start':
      return withMail(await sessionStart(session), session, 'prompt');
    case 'turn-end':
      return atTurnEnd(event.isGoingOn, session);
    case 'session-end':
      return without(await sessionEnd(session));
  }
}

/** Of a refusal the agent hears the reason alone. */
function before(answer: GuardAnswer, hears: boolean | undefined, session: Session): Promise<Guarded> | Guarded {
  return hears && answer.permission === 'as-usual' ? withMail(answer, session, 'between-steps') : without(answer);
}

function without(answer: GuardAnswer): Guarded {
  return { answer, delivered: [] };
}

async function withMail(answer: GuardAnswer, session: Session, at: 'between-steps' | 'prompt'): Promise<Guarded> {
  const { text, ids } = await freshMail(session, at);
  if (text === undefined) return without(answer);
  const context = answer.context === undefined ? text : `${answer.context}\n${text}`;
  return { answer: { ...answer, context }, delivered: ids };
}

/** Mail that came too late for the last step begins another one, once: two agents that thank each other come to an end. */
async function atTurnEnd(isGoingOn: boolean, session: Session): Promise<Guarded> {
  const { text, ids } = await freshMail(session, isGoingOn ? 'urgent' : 'between-steps');
  return text === undefined ? without(nothingToSay) : { answer: { ...nothingToSay, goOn: text }, delivered: ids };
}
