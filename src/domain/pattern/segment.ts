/** What one segment of a path may be: a literal name, or a sequence of characters, classes and stars. */

import { type CharSet, charSetOf, has, intersect } from './charset.ts';
import { fold } from './fold.ts';
import type { SegmentTokens } from './resolve.ts';
import { gap, type Sequence, sequenceOf, sequencesOverlap, sequenceWithin } from './sequence.ts';

export type Segment = string | Sequence<Char>;

/** One code point, or one of several. */
type Char = number | CharSet;

/** Normalises what stands together once braces are gone: `e{\u0301,x}` spells `é` and `ex`. */
export function segmentOf(tokens: SegmentTokens, options: { readonly ignoreCase: boolean }): Segment {
  const parts: (Char | typeof gap)[] = [];
  let literal = '';
  for (const token of tokens) {
    if (token.kind === 'char') literal += token.char;
    else {
      parts.push(...codePoints(nameOf(literal, options)));
      literal = '';
      if (token.kind === 'star') parts.push(gap);
      else if (token.kind === 'class') {
        parts.push(charSetOf(token.ranges, { isNegated: token.isNegated, ignoreCase: options.ignoreCase }));
      }
    }
  }
  const end = nameOf(literal, options);
  return parts.length === 0 ? end : sequenceOf([...parts, ...codePoints(end)]);
}

/** A file's name as patterns compare it. */
export function nameOf(text: string, options: { readonly ignoreCase: boolean }): string {
  const name = text.normalize('NFC');
  return options.ignoreCase ? fold(name) : name;
}

/** Whether some name fits both. */
export function segmentsOverlap(a: Segment, b: Segment): boolean {
  if (typeof a === 'string') return typeof b === 'string' ? a === b : sequencesOverlap(spelled(a), b, charsMeet);
  return sequencesOverlap(a, typeof b === 'string' ? spelled(b) : b, charsMeet);
}

/** Whether every name that fits `inner` fits `outer`, as far as sequenceWithin can tell. */
export function segmentWithin(inner: Segment, outer: Segment): boolean {
  if (typeof inner === 'string' && typeof outer === 'string') return inner === outer;
  const [a, b] = [inner, outer].map((each) => (typeof each === 'string' ? spelled(each) : each));
  return sequenceWithin(a as Sequence<Char>, b as Sequence<Char>, charWithin);
}

function spelled(name: string): Sequence<Char> {
  return { head: codePoints(name), middle: [], tail: undefined };
}

function codePoints(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) ?? 0);
}

function charsMeet(a: Char, b: Char): boolean {
  if (typeof a === 'number') return typeof b === 'number' ? a === b : has(b, a);
  return typeof b === 'number' ? has(a, b) : intersect(a, b).length > 0;
}

function charWithin(inner: Char, outer: Char): boolean {
  if (typeof inner === 'number') return charsMeet(inner, outer);
  const wanted = typeof outer === 'number' ? [outer, outer] : outer;
  return String(intersect(inner, wanted)) === String(inner);
}
