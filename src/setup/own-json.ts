/** What is ours in a JSON file: putting it in, and taking exactly it out again, whatever else became of the file. */
import { isDeepStrictEqual } from 'node:util';
import type { OwnJson } from './journal.ts';
import { parseObject, put, takeOut, UneditableJson, valueAt } from './json-text.ts';
import type { Json, JsonEdit, JsonStep } from './step.ts';

/** Throws {@link UneditableJson}. `known` is what an earlier set-up left there. */
export function withOurs(text: string, step: JsonStep, known: OwnJson | undefined): { text: string; ours: OwnJson } {
  const isWanted = (edit: JsonEdit) => step.edits.some((each) => isDeepStrictEqual(each, edit));
  const outdated = (known?.edits ?? []).filter((edit) => !isWanted(edit) && edit.how !== 'default');
  const body = text.trim() === '' ? '{}\n' : text;
  let now = outdated.reduce((at, edit) => takeEdit(at, edit, []), body);
  const edits: JsonEdit[] = (known?.edits ?? []).filter(isWanted);
  const made = [...(known?.made ?? [])];
  for (const edit of step.edits) {
    const cleaned = takeStale(now, edit, step);
    if (isThere(cleaned, edit)) {
      now = cleaned;
      continue;
    }
    made.push(...missingContainers(cleaned, edit));
    now = put(cleaned, edit.path, edit.value, edit.how === 'element' ? 'element' : 'member');
    if (!edits.some((each) => isDeepStrictEqual(each, edit))) edits.push(edit);
  }
  return { text: now === body ? text : now, ours: { marks: step.marks, edits, made } };
}

/** Answers undefined where nothing but ours was in it. */
export function withoutOurs(text: string, { marks, edits, made }: OwnJson): string | undefined {
  if (text.trim() === '') return text;
  let now = [...edits].reverse().reduce((at, edit) => (edit.how === 'default' ? at : takeEdit(at, edit, marks)), text);
  for (const path of [...made].sort((a, b) => b.length - a.length)) {
    const value = valueAt(now, path);
    if (value !== undefined && isEmpty(value)) now = takeOut(now, path);
  }
  const defaults = edits.filter((edit) => edit.how === 'default');
  const rest = defaults.reduce((at, edit) => (isThere(at, edit) ? takeOut(at, edit.path) : at), now);
  return (parseObject(rest).children ?? []).length === 0 ? undefined : now;
}

function isThere(text: string, { path, value, how }: JsonEdit): boolean {
  const found = valueAt(text, path);
  if (how === 'element') return Array.isArray(found) && found.some((each) => isDeepStrictEqual(each, value));
  return how === 'default' ? found !== undefined : isDeepStrictEqual(found, value);
}

/** Values of ours that another version wrote. Somebody else's member in our place is a refusal. */
function takeStale(text: string, edit: JsonEdit, step: JsonStep): string {
  const found = valueAt(text, edit.path);
  if (found === undefined || edit.how === 'default') return text;
  if (edit.how === 'member') {
    if (isDeepStrictEqual(found, edit.value)) return text;
    if (bears(found, step.marks)) return takeOut(text, edit.path);
    throw new UneditableJson(`it has ${edit.path.join('.')} already, and not from git-intercom`);
  }
  const wanted = step.edits.filter((each) => isDeepStrictEqual(each.path, edit.path)).map(({ value }) => value);
  const isStale = (each: Json) => bears(each, step.marks) && !wanted.some((value) => isDeepStrictEqual(value, each));
  return takeElements(text, edit.path, isStale);
}

function takeEdit(text: string, { path, value, how }: JsonEdit, marks: readonly string[]): string {
  const isOurs = (each: Json) => isDeepStrictEqual(each, value) || bears(each, marks);
  if (how === 'element') return takeElements(text, path, isOurs);
  const found = valueAt(text, path);
  return found !== undefined && isOurs(found) ? takeOut(text, path) : text;
}

function takeElements(text: string, path: readonly string[], isOurs: (each: Json) => boolean): string {
  const found = valueAt(text, path);
  if (!Array.isArray(found)) return text;
  const places = found.flatMap((each: Json, n) => (isOurs(each) ? [n] : []));
  return places.reverse().reduce((at, n) => takeOut(at, [...path, n]), text);
}

function missingContainers(text: string, { path, how }: JsonEdit): string[][] {
  const lengths = path.map((_, n) => n + 1).filter((length) => how === 'element' || length < path.length);
  return lengths.map((length) => path.slice(0, length)).filter((each) => valueAt(text, each) === undefined);
}

/** A mark is a piece of some text in the value, or of the value as JSON has it. */
function bears(value: Json, marks: readonly string[]): boolean {
  const text = JSON.stringify(value);
  return marks.some((mark) => text.includes(mark) || text.includes(JSON.stringify(mark).slice(1, -1)));
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
