/** What is under the seal of a message, as JSON. What somebody else sealed is read with care: it is data. */
import { whyNoName } from '../agent/name.ts';
import { type Question, questionsFrom } from '../ask/questions.ts';
import { messageTextBytesMax, subjectCharsMax, whyCharsMax } from '../limits.ts';
import type { MessageRecord } from '../record/record.ts';
import { oneLine, plainText } from '../text.ts';

/** Stands in the open as the text of a sealed message. */
export const sealedWord = '(sealed)';
/** What is shown instead of the text where none of the keys here opens it. */
export const closedText = 'Sealed for a key that this machine does not have.';

export interface Content extends Pick<MessageRecord, 'subject' | 'text' | 'attachments' | 'answers'> {
  /** Of an interview; `answers` are those to one. */
  readonly questions?: readonly Question[] | undefined;
  /** Of an escalation: why a person is needed. */
  readonly why?: string | undefined;
  /** In a secret room: who wrote it, and the name of the room. */
  readonly from?: string | undefined;
  readonly fromPerson?: boolean | undefined;
  readonly room?: string | undefined;
  /** In a secret room: it tells its reader that the room is closed from now on. */
  readonly isPutOut?: boolean | undefined;
}

export function formatContent(content: Content): string {
  const { subject, text, attachments, questions, answers, why, from, fromPerson, room, isPutOut } = content;
  return JSON.stringify({ subject, text, attachments, questions, answers, why, from, fromPerson, room, isPutOut });
}

/** Undefined where it has not this form. */
export function parseContent(json: string): Content | undefined {
  try {
    const content = JSON.parse(json) as Record<string, unknown>;
    const { subject, text, attachments, questions, answers, why, from, fromPerson, room, isPutOut } = content;
    if (typeof text !== 'string') return undefined;
    const asked = questions === undefined ? undefined : questionsFrom(questions);
    return {
      subject: typeof subject === 'string' ? oneLine(subject, subjectCharsMax) || undefined : undefined,
      text: plainText(text, messageTextBytesMax),
      ...(asked?.ok === true && { questions: asked.questions }),
      ...(areAnswers(answers) && { answers: plainAnswers(answers) }),
      ...(typeof why === 'string' && { why: oneLine(why, whyCharsMax) }),
      ...(isName(from) && isName(room) && { from, room, ...trueOnly({ fromPerson, isPutOut }) }),
      attachments: Array.isArray(attachments) ? attachments.filter(isAttachment).map(plainAttachment) : undefined,
    };
  } catch {
    return undefined;
  }
}

/** What is said or absent, and never false. */
function trueOnly<Key extends string>(flags: Readonly<Record<Key, unknown>>): { readonly [K in Key]?: true } {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value === true)) as { [K in Key]?: true };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && whyNoName(value) === undefined;
}

type Answers = NonNullable<MessageRecord['answers']>;

function areAnswers(value: unknown): value is Answers {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const isText = (each: unknown) => typeof each === 'string';
  return Object.values(value).every((each) => isText(each) || (Array.isArray(each) && each.every(isText)));
}

function plainAnswers(answers: Answers): Answers {
  const plain = (each: string | string[]) =>
    typeof each === 'string' ? plainText(each) : each.map((one) => plainText(one));
  return Object.fromEntries(Object.entries(answers).map(([id, each]) => [oneLine(id, 64), plain(each)]));
}

type Attachment = NonNullable<MessageRecord['attachments']>[number];

function isAttachment(value: unknown): value is Attachment {
  if (typeof value !== 'object' || value === null) return false;
  const { path, from, to, text, kind, commit, changed, language } = value as Record<string, unknown>;
  const isWord = (each: unknown) => each === undefined || (typeof each === 'string' && /^[a-z0-9]{1,64}$/.test(each));
  const isPinned = isWord(commit) && isWord(language) && (changed === undefined || typeof changed === 'boolean');
  if (!isPinned || (kind !== undefined && kind !== 'patch')) return false;
  const isLine = (each: unknown) => each === undefined || (Number.isInteger(each) && (each as number) > 0);
  return typeof path === 'string' && isLine(from) && isLine(to) && (text === undefined || typeof text === 'string');
}

/** Without what a terminal would take for a command; but a patch would not apply then, and is made harmless where it is shown. */
export function plainAttachment({ text, ...where }: Attachment): Attachment {
  const isKept = text === undefined || where.kind === 'patch';
  return { ...where, path: oneLine(where.path, 4096), text: isKept ? text : plainText(text) };
}
