/** The questions of an interview: what they may be, and what is wrong with those that somebody wrote down. */
import { questionsMax, questionTextCharsMax } from '../limits.ts';
import type { MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { counted, listed, oneLine } from '../text.ts';

/** Its answer is one of its options, or any text; one of them, or several (`multiple`); and may be left out if not `required`. */
export type Question = NonNullable<NonNullable<MessageRecord['ask']>['questions']>[number];

/** A list of questions, or an object with the list under `questions`; every flaw is told at once. */
export function questionsFrom(
  value: unknown,
): { readonly ok: true; readonly questions: Question[] } | { readonly ok: false; readonly refusal: Refusal } {
  const list = isRecord(value) ? value.questions : value;
  if (!Array.isArray(list) || list.length === 0) return bad(['There is no list of questions.']);
  if (list.length > questionsMax) return bad([`There are ${list.length} questions, and ${questionsMax} is the most.`]);
  const seen = new Set<string>();
  const flaws = list.flatMap((each, n) => flawsOf(each, n, seen));
  if (flaws.length > 0) return bad(flaws);
  return { ok: true, questions: (list as Question[]).map(plain) };
}

function flawsOf(value: unknown, n: number, seen: Set<string>): string[] {
  const where = `Question ${n + 1}`;
  if (!isRecord(value)) return [`${where} is no object with id and text.`];
  const { id, text, options, multiple, required, ...rest } = value;
  const flaws: string[] = [];
  const isNamed = typeof id === 'string' && /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id);
  if (!isNamed) flaws.push(`${where} has no id such as port or test-db.`);
  else if (seen.has(id)) flaws.push(`${where} has the id ${id}, as another before it.`);
  else seen.add(id);
  const isAsked = typeof text === 'string' && text.trim() !== '' && text.length <= questionTextCharsMax;
  if (!isAsked) flaws.push(`${where} has no text of 1 to ${questionTextCharsMax} characters.`);
  if (options !== undefined && !areOptions(options)) flaws.push(`${where}: options are 2 to 50 different texts.`);
  for (const [name, flag] of Object.entries({ multiple, required })) {
    if (flag !== undefined && typeof flag !== 'boolean') flaws.push(`${where}: ${name} is true or false.`);
  }
  const unknown = Object.keys(rest).map((name) => oneLine(name, 40));
  if (unknown.length > 0)
    flaws.push(`${where} has ${listed(unknown)}: it may have id, text, options, multiple, required.`);
  return flaws;
}

function areOptions(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 2 || value.length > 50) return false;
  const isText = (each: unknown) => typeof each === 'string' && each.trim() !== '' && each.length <= 200;
  return value.every(isText) && new Set(value).size === value.length;
}

function plain({ id, text, options, multiple, required }: Question): Question {
  return {
    id,
    text: oneLine(text, questionTextCharsMax),
    ...(options !== undefined && { options: options.map((option) => oneLine(option, 200)) }),
    ...(multiple === true && { multiple }),
    ...(required === false && { required }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(flaws: readonly string[]) {
  const message = `The interview cannot be asked: ${counted(flaws.length, 'flaw')}. ${flaws.slice(0, 5).join(' ')}`;
  const next = 'Write a list such as [{"id": "port", "text": "Which port?", "options": ["8080", "9090"]}].';
  return refuse('bad-interview', message, next, { flaws });
}
