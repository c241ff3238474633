/** A class in brackets: `[abc]`, `[a-z]`, `[!a]`, `[^a]`, by the rules of POSIX fnmatch. */

import type { Range } from './charset.ts';
import type { Refused } from './refused.ts';

export interface CharClass {
  readonly kind: 'class';
  readonly ranges: readonly Range[];
  readonly isNegated: boolean;
  /** Canonical text, brackets included. */
  readonly text: string;
}

/** `?` is the class of everything; it has no brackets. */
export const anyChar: CharClass = { kind: 'class', ranges: [], isNegated: true, text: '?' };

/**
 * The class that opens at `start`, and where it ends; undefined when it is never closed, or only behind a `/`: then
 * the bracket is a literal. A `]` that comes first is a member.
 */
export function classAt(
  chars: readonly string[],
  start: number,
): { readonly ok: true; readonly token: CharClass; readonly end: number } | Refused | undefined {
  const isNegated = chars[start + 1] === '!' || chars[start + 1] === '^';
  const members = membersFrom(chars, start + (isNegated ? 2 : 1));
  if (members === undefined) return undefined;
  const body = chars.slice(start + 1, members.end - 1).join('');
  if (/\[[:.=]/.test(body.replace(/\\./gsu, ''))) {
    return { ok: false, reason: `[${body}] has a named class, which is not supported. List the characters instead.` };
  }
  const ranges: Range[] = [];
  let text = isNegated ? '[!' : '[';
  for (let at = 0; at < members.list.length; at += 1) {
    const first = members.list[at];
    const isRange = members.list[at + 1] === rangeSign && at + 2 < members.list.length;
    const last = isRange ? members.list[at + 2] : first;
    if (first === undefined || last === undefined) break;
    const range = { first: codePointOf(first), last: codePointOf(last) };
    if (range.last < range.first) return { ok: false, reason: `[${body}] has a range that runs backwards.` };
    ranges.push(range);
    text = isRange ? appendMember(`${appendMember(text, first)}-`, last) : appendMember(text, first);
    if (isRange) at += 2;
  }
  return { ok: true, token: { kind: 'class', ranges, isNegated, text: `${text}]` }, end: members.end };
}

/** A `-` that no backslash precedes; it is a member itself when it comes first or last. */
const rangeSign = '-range';

function membersFrom(
  chars: readonly string[],
  start: number,
): { readonly list: readonly string[]; readonly end: number } | undefined {
  const list: string[] = [];
  for (let at = start; at < chars.length; at += 1) {
    const char = chars[at];
    if (char === ']' && at > start) return { list, end: at + 1 };
    const isEscaped = char === '\\';
    const member = isEscaped ? chars[at + 1] : char;
    if (isEscaped) at += 1;
    if (member === undefined || member === '/') return undefined;
    list.push(member === '-' && !isEscaped ? rangeSign : member);
  }
  return undefined;
}

function codePointOf(member: string): number {
  return member.codePointAt(0) ?? 0;
}

/** A member is escaped when it has a meaning in brackets, or when NFC would melt it with the one before. */
function appendMember(text: string, member: string): string {
  const char = member === rangeSign ? '-' : member;
  const melts = (text + char).normalize('NFC') !== text + char;
  return melts || '[]\\-!^'.includes(char) ? `${text}\\${char}` : text + char;
}
