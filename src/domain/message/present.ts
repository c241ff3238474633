/** Messages as answers show them: the same keys in the command's JSON, in tools and in the library. */
import { hiddenName } from '../agent/visibility.ts';
import type { Signature } from '../check/seen-commit.ts';
import { subjectCharsMax } from '../limits.ts';
import type { MessageRecord, ReceiptRecord } from '../record/record.ts';
import { oneLine } from '../text.ts';
import { addressed } from './addressed.ts';

export interface ShownMessage {
  readonly id: string;
  readonly thread: string;
  readonly from: string;
  /** The sender acted as a person, as the record says: anybody who may push can write that. Absent of agents. */
  readonly fromPerson?: true;
  readonly to: readonly string[];
  readonly at: string;
  readonly subject: string | null;
  readonly text: string;
  readonly kind: MessageRecord['purpose'] | 'ask' | 'escalation';
  readonly importance: MessageRecord['importance'];
  readonly ackWanted: boolean;
  readonly replyTo: string | null;
  readonly supersedes: string | null;
  readonly expires: string | null;
  readonly attachments: NonNullable<MessageRecord['attachments']>;
  /** Of the answer to an interview, by the id of the question; null of any other. */
  readonly answers: NonNullable<MessageRecord['answers']> | null;
  /** Of a sealed message alone: whether subject, text and attachments are those that were sealed, for this reader. */
  readonly sealed?: 'opened' | 'closed';
  /** Null where nobody waits for an answer, nor has. */
  readonly ask: ShownAsking | null;
  /** Null where no person is asked to decide, nor was. */
  readonly escalation: ShownEscalating | null;
  /** The last of too many answers in a row: nothing puts it before its reader unasked. Absent otherwise. */
  readonly damped?: true;
  /** Of the commit that brought it; absent where nobody signs. `bad` also where it says something else by now. */
  readonly signature?: Signature;
  /** Why its author let through what looks like a secret; absent where nothing does. */
  readonly allowedSecret?: string;
}

export interface ShownEscalating {
  readonly about: string | null;
  readonly why: string | null;
  /** Who closed it, and when; null while it is open. */
  readonly by: string | null;
  readonly closed: string | null;
}

export interface ShownAsking {
  readonly until: string;
  readonly decision: boolean;
  /** Of an interview: what the answer must fit. */
  readonly questions: NonNullable<NonNullable<MessageRecord['ask']>['questions']> | null;
  /** The id of the answer, or when it was taken back; null when not yet, or not in time. */
  readonly answer: string | null;
  readonly cancelled: string | null;
}

export interface ShownMail extends ShownMessage {
  /** When it was put before the reader, and when the reader said so; null when not yet. */
  readonly delivered: string | null;
  readonly acknowledged: string | null;
}

export function shownMessage(message: MessageRecord): ShownMessage {
  return {
    id: message.id,
    thread: message.thread,
    from: message.unnamed ? hiddenName : message.agent,
    ...(message.person === true && message.unnamed !== true && { fromPerson: true }),
    to: addressed(message),
    at: message.at,
    subject: message.subject === undefined ? null : oneLine(message.subject, subjectCharsMax),
    text: message.text,
    kind: message.ask !== undefined ? 'ask' : isRaised(message) ? 'escalation' : message.purpose,
    importance: message.importance,
    ackWanted: message.ackWanted,
    replyTo: message.replyTo ?? null,
    supersedes: message.supersedes ?? null,
    expires: message.expires ?? null,
    attachments: message.attachments ?? [],
    ...(message.sealed !== undefined && { sealed: 'closed' as const }),
    answers: message.answers ?? null,
    ask: message.ask === undefined ? null : shownAsking(message.ask),
    escalation: message.escalation === undefined ? null : shownEscalating(message.escalation),
    ...(message.damped === true && { damped: true }),
    ...(message.allowedSecret !== undefined && { allowedSecret: message.allowedSecret }),
  };
}

/** One that is overdue stays the message that it is. */
function isRaised({ escalation }: MessageRecord): boolean {
  return escalation !== undefined && escalation.overdue !== true;
}

function shownEscalating({ about, why, by, closed }: NonNullable<MessageRecord['escalation']>): ShownEscalating {
  return { about: about ?? null, why: why ?? null, by: by ?? null, closed: closed ?? null };
}

function shownAsking({
  until,
  decision,
  questions,
  answer,
  cancelled,
}: NonNullable<MessageRecord['ask']>): ShownAsking {
  return {
    until,
    decision: decision ?? false,
    questions: questions ?? null,
    answer: answer ?? null,
    cancelled: cancelled ?? null,
  };
}

export function shownMail(message: MessageRecord, receipt: ReceiptRecord | undefined, reader: string): ShownMail {
  const at = (marks: readonly { agent: string; at: string }[] | undefined) =>
    marks?.find(({ agent }) => agent === reader)?.at ?? null;
  return { ...shownMessage(message), delivered: at(receipt?.delivered), acknowledged: at(receipt?.acknowledged) };
}
