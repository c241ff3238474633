/** Escalating: an agent cannot go on, or should not decide by itself, and a person has to. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { openEscalationsMax, recipientsMax, whyCharsMax } from '../limits.ts';
import { decideSend, sendSubject } from '../message/send.ts';
import { agentsFolder, escalationPath, messagePath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import type { Sealing } from '../sealed/seal.ts';
import { oneLine } from '../text.ts';
import { type Escalation, openEscalations } from './open.ts';
import { isPresentPerson } from './person.ts';
import { noKeyRefusal, nothingToEscalate, sealedRefusal, tooManyRefusal, unknownMessageRefusal } from './refusals.ts';

export interface EscalateIntent {
  /** What a person is to decide; of a message that is escalated its own text, unless another is given. */
  readonly text?: string | undefined;
  /** The whole id of a message that one sent or got. */
  readonly about?: string | undefined;
  readonly why?: string | undefined;
  /** Text, subject and why are then under it, for the persons who have a key. */
  readonly sealed?: Sealing | undefined;
}

export interface Escalated {
  readonly message: Escalation;
  /** Raised by this decision, and not open before. */
  readonly isNew: boolean;
}

/**
 * It goes to every person who takes part; where there is none yet, it waits for the first who comes. What is escalated
 * already is not escalated again: the open one is the result, and nothing is written.
 */
export function decideEscalate(draft: Draft, intent: EscalateIntent, context: Context): Decision<Escalated> {
  const { name, uid } = context.actor;
  const about = intent.about === undefined ? undefined : draft.record(messagePath(intent.about));
  if (intent.about !== undefined && !isKnownTo(name, about)) return unknownMessageRefusal(intent.about, name);
  const original = about?.kind === 'message' ? about : undefined;
  const open = openEscalations(draft);
  const known = open.find(({ id, escalation }) => original && (id === original.id || escalation.about === original.id));
  if (known !== undefined) return escalated(known, false);
  const { sealed } = intent;
  if (original?.sealed !== undefined && intent.text === undefined && sealed === undefined)
    return sealedRefusal(original.id);
  const text = intent.text ?? original?.text;
  if (text === undefined || text.trim() === '') return nothingToEscalate();
  // What became one because nobody acknowledged it was not raised by its sender.
  const own = open.filter((each) => each.uid === uid && each.escalation.overdue !== true);
  if (own.length >= openEscalationsMax) return tooManyRefusal(own, name);
  const escalation = {
    about: original?.id,
    why: intent.why === undefined || sealed !== undefined ? undefined : oneLine(intent.why, whyCharsMax) || undefined,
  };
  const to = personsBeside(name, draft, sealed === undefined ? 'all' : 'with a key');
  if (sealed !== undefined && to.length === 0) return noKeyRefusal();
  const sent = decideSend(
    draft,
    {
      to,
      text,
      subject: original?.subject,
      thread: original?.thread,
      replyTo: original?.id,
      importance: 'urgent',
      escalation,
      sealed,
    },
    context,
  );
  if (!sent.ok) return sent;
  const message = { ...sent.result.message, escalation };
  draft.put(escalationPath(message.id), message);
  return escalated(message, true);
}

function escalated(escalation: Escalation, isNew: boolean): Decision<Escalated> {
  const subject = sendSubject(escalation).replace(/^urgent message (.*?) → .*?: /, 'escalate $1: ');
  return {
    ok: true,
    result: { message: escalation, isNew },
    headline: { op: 'escalate', subject, ids: [escalation.id] },
  };
}

/** Only what one sent or got: an id is no way to show others' mail around. */
function isKnownTo(name: string, record: ReturnType<Draft['record']>): record is MessageRecord {
  return record?.kind === 'message' && (record.agent === name || record.to.includes(name));
}

function personsBeside(name: string, draft: Draft, which: 'all' | 'with a key'): string[] {
  return [...draft.folder(agentsFolder)]
    .flatMap((record) =>
      record.kind === 'agent' &&
      record.agent !== name &&
      isPresentPerson(record) &&
      (which === 'all' || record.sealTo !== undefined)
        ? [record.agent]
        : [],
    )
    .sort()
    .slice(0, recipientsMax);
}
