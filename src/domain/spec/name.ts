/** What a spec may be called, and how one version of it is named: `api`, `api@3`. */
import { nameFrom } from '../agent/name.ts';
import { whyNoFileName } from '../file-name.ts';
import { nameCharsMax } from '../limits.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { oneLine } from '../text.ts';

/**
 * Lower case, so that no two names are one file where case is ignored; no slash and no two dots in a row, so that a name
 * is never a path.
 */
const form = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const referenceForm = /^(.*)@([1-9]\d{0,8})$/s;

export function isSpecName(text: string): boolean {
  return text.length <= nameCharsMax && form.test(text) && whyNoFileName(text) === undefined;
}

/** Undefined for a name that a spec may have. */
export function whyNoSpecName(text: string): Refusal | undefined {
  if (isSpecName(text)) return undefined;
  const what = `${JSON.stringify(oneLine(text, 80))} cannot name a spec`;
  const [own = '', ...versions] = text.split('@');
  if (versions.length > 0 && isSpecName(own)) {
    const next = `The spec is ${own}, its first version ${own}@1. A new one is numbered when it is published.`;
    return refuse('bad-name', `${what}: after an @ comes a version, counted from 1.`, next, { nearest: [own] }).refusal;
  }
  const lower = text.toLowerCase();
  const elsewhere = form.test(lower) ? whyNoFileName(lower) : undefined;
  if (elsewhere !== undefined) {
    const nearest = [`${lower.split('.')[0]}-spec`];
    return refuse('bad-name', `${what}: ${elsewhere}.`, `Choose another, such as ${nearest[0]}.`, { nearest }).refusal;
  }
  const message = `${what}.`;
  const near = nameFrom(text);
  const rule = `A name is words of a-z and 0-9 with one dot, dash or underscore between them, at most ${nameCharsMax} characters`;
  const next = near === undefined ? `${rule}.` : `${rule}: ${near}, for example.`;
  return refuse('bad-name', message, next, near === undefined ? {} : { nearest: [near] }).refusal;
}

/** `api@3` is version 3 of `api`; what has no version at its end is a name alone, whatever it is. */
export function splitReference(text: string): { readonly name: string; readonly version?: number } {
  const [, name, version] = referenceForm.exec(text) ?? [];
  return name === undefined ? { name: text } : { name, version: Number(version) };
}
