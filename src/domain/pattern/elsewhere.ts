/** Settles most pairs of pattern and path without parsing: a guard is a new process for each question it is asked. */
import { patternLengthMax } from './limits.ts';

/** Such a text is always a pattern, and means what it says; `..` is looked at apart. */
const plainPattern = /^[\w./*?-]+$/;
const plainName = /^\w[\w.-]*$/;
const asciiText = /^[\x20-\x7e]*$/;

/**
 * True when the pattern certainly does not match the path: it begins with other names. False says nothing, also of a
 * text that is no pattern.
 */
export function isElsewhere(pattern: string, path: string, options: { readonly ignoreCase: boolean }): boolean {
  if (!plainPattern.test(pattern) || pattern.includes('..') || pattern.length > patternLengthMax) return false;
  if (!asciiText.test(path)) return false;
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  for (const [at, wanted] of pattern.split('/').entries()) {
    const name = names[at];
    if (name === undefined || !plainName.test(wanted)) return false;
    if (name !== wanted && !(options.ignoreCase && name.toLowerCase() === wanted.toLowerCase())) return true;
  }
  return false;
}
