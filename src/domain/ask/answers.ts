/**
 * The answer to an interview, out of a reply: JSON, JSON in a fenced block, or a line `id: answer` for each. It fits, or it
 * is refused as a whole with what is wrong for which id.
 */
import { shortId } from '../id.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import type { Question } from './questions.ts';

export type Answers = Readonly<Record<string, string | string[]>>;

type Read = { readonly ok: true; readonly answers: Answers } | { readonly ok: false; readonly refusal: Refusal };

export function answersFrom(text: string, questions: readonly Question[], askId: string): Read {
  const given = jsonIn(text) ?? linesIn(text, questions);
  if (given === undefined) {
    const what = 'The reply holds no answers: neither JSON, nor lines such as id: answer.';
    return misfit(what, {}, questions, askId);
  }
  const wrong = new Map<string, string>();
  const answers: Record<string, string | string[]> = {};
  for (const question of questions) {
    const value = Object.hasOwn(given, question.id) ? given[question.id] : undefined;
    if (value === undefined || value === null || value === '') {
      if (question.required !== false) wrong.set(question.id, 'is not answered');
      continue;
    }
    const fitted = fitTo(question, value);
    if (typeof fitted === 'object' && 'wrong' in fitted) wrong.set(question.id, fitted.wrong);
    else answers[question.id] = fitted;
  }
  const known = new Set(questions.map(({ id }) => id));
  for (const id of Object.keys(given)) if (!known.has(id)) wrong.set(oneLine(id, 64), 'was not asked');
  const flaws = [...wrong].map(([id, what]) => `${id} ${what}`);
  if (flaws.length === 0) return { ok: true, answers };
  return misfit(
    `The answer does not fit the questions: ${listed(flaws, 10)}.`,
    Object.fromEntries(wrong),
    questions,
    askId,
  );
}

function fitTo({ options, multiple }: Question, value: unknown): string | string[] | { readonly wrong: string } {
  const values = (Array.isArray(value) ? value : [value]).map(wordOf);
  if (values.some((each) => each === undefined)) return { wrong: 'is no text' };
  const texts = values as string[];
  if (multiple !== true && texts.length !== 1) return { wrong: 'wants one answer' };
  if (texts.length === 0) return { wrong: 'wants one answer at least' };
  const found = texts.map((text) => (options === undefined ? text : optionOf(text, options)));
  if (found.includes(undefined)) return { wrong: `is one of: ${(options ?? []).join(', ')}` };
  return multiple === true ? [...new Set(found as string[])] : (found[0] as string);
}

/** The case of letters is no answer by itself; a number or yes and no may be written without quotes. */
function optionOf(text: string, options: readonly string[]): string | undefined {
  const folded = options.filter((option) => option.toLowerCase() === text.toLowerCase());
  return options.find((option) => option === text) ?? (folded.length === 1 ? folded[0] : undefined);
}

function wordOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

type Given = Readonly<Record<string, unknown>>;

/** The whole text, or the last fenced block that is JSON: an answer comes after what is said about it. */
function jsonIn(text: string): Given | undefined {
  const fenced = [...text.matchAll(/^ {0,3}(`{3,}|~{3,})[^\n`]*\n([\s\S]*?)\n {0,3}\1/gm)].map(
    ([, , inside]) => inside ?? '',
  );
  for (const candidate of [text, ...fenced.reverse()]) {
    const value = parsed(candidate);
    if (value !== undefined) return value;
  }
  return undefined;
}

function parsed(text: string): Given | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Given) : undefined;
  } catch {
    return undefined;
  }
}

/** Lines that begin with an id that was asked; several answers to one are parted by commas. */
function linesIn(text: string, questions: readonly Question[]): Given | undefined {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const given: Record<string, unknown> = {};
  for (const line of text.split('\n')) {
    const found = /^\s*(?:[-*]\s+)?([A-Za-z0-9][A-Za-z0-9_-]*)\s*:\s*(.*?)\s*$/.exec(line);
    const question = byId.get(found?.[1] ?? '');
    if (found === null || question === undefined) continue;
    const answer = found[2] ?? '';
    given[question.id] = question.multiple === true && answer !== '' ? answer.split(/\s*,\s*/) : answer;
  }
  return Object.keys(given).length === 0 ? undefined : given;
}

function misfit(message: string, wrong: Given, questions: readonly Question[], askId: string): Read {
  const example = `{${questions.map(({ id, options }) => `${JSON.stringify(id)}: ${JSON.stringify(options?.[0] ?? '…')}`).join(', ')}}`;
  const next = `Nothing was recorded. Reply again: git intercom reply ${shortId(askId)} '${oneLine(example, 300)}'.`;
  return refuse('bad-answer', message, next, { id: askId, wrong, questions });
}
