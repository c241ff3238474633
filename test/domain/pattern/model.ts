/** Random patterns with what they mean as a regular expression, made without the code under test. */

import fc from 'fast-check';
import { type Pattern, type PatternOptions, parsePattern } from '../../../src/domain/pattern/parse.ts';

export interface Modelled {
  readonly text: string;
  /** Over paths in which every segment, also the first, follows a slash. */
  readonly expression: string;
}

/** What the patterns of a test may hold. A `**` is no segment here, nor is a star a character. */
export interface Bounds {
  /** With 1 there is no `**` either. */
  readonly segmentsMax: number;
  readonly charsMax: number;
  /** With a star in it, a segment may have fewer characters. */
  readonly charsBesideStarMax: number;
  readonly chars: readonly Modelled[];
}

export const below: Modelled = { text: '/**', expression: '(?:/[^/]+)*' };

export function char(text: string, expression = text): Modelled {
  return { text, expression };
}

export function parsed(text: string, options?: PatternOptions): Pattern {
  const answer = parsePattern(text, options);
  if (!answer.ok) throw new Error(`${text}: ${answer.reason}`);
  return answer.pattern;
}

/** Patterns that match only what they spell; append `below` for what claims match. */
export function modelledPattern(bounds: Bounds): fc.Arbitrary<Modelled> {
  if (bounds.segmentsMax === 1) return modelledSegment(bounds).map(withoutFirstSlash);
  const folders = (segmentsMax: number) => rowOf(modelledSegment(bounds), segmentsMax);
  const whole = folders(bounds.segmentsMax);
  const half = Math.floor(bounds.segmentsMax / 2);
  const braced = fc
    .tuple(folders(half), folders(half), folders(half), fc.boolean())
    .map(([a, b, rest, isFirst]): Modelled => {
      const group = {
        text: `/{${a.text.slice(1)},${b.text.slice(1)}}`,
        expression: `(?:${a.expression}|${b.expression})`,
      };
      return isFirst ? join([group, rest]) : join([rest, group]);
    });
  return fc.oneof({ weight: 3, arbitrary: whole }, { weight: 1, arbitrary: braced }).map(withoutFirstSlash);
}

function withoutFirstSlash(pattern: Modelled): Modelled {
  return { text: pattern.text.slice(1), expression: pattern.expression };
}

/** A row of segments, with `**` at random places. */
function rowOf(segment: fc.Arbitrary<Modelled>, segmentsMax: number): fc.Arbitrary<Modelled> {
  const anyDepth = fc.constantFrom(undefined, undefined, below);
  return fc
    .tuple(fc.array(fc.tuple(anyDepth, segment), { minLength: 1, maxLength: segmentsMax }), anyDepth)
    .map(([parts, last]) => join([...parts.flat(), last].filter((part) => part !== undefined)));
}

function modelledSegment(bounds: Bounds): fc.Arbitrary<Modelled> {
  const one = fc.constantFrom(...bounds.chars);
  const group = fc
    .tuple(one, one)
    .map(([a, b]): Modelled => ({ text: `{${a.text},${b.text}}`, expression: `(?:${a.expression}|${b.expression})` }));
  const item = fc.oneof({ weight: 6, arbitrary: one }, { weight: 1, arbitrary: group });
  const plain = fc.array(item, { minLength: 1, maxLength: bounds.charsMax });
  const star: Modelled = { text: '*', expression: '[^/]*' };
  const starred = fc
    .tuple(fc.array(fc.tuple(item, fc.boolean()), { maxLength: bounds.charsBesideStarMax }), fc.nat())
    .map(([items, at]) => {
      const parts = items.flatMap(([part, isStarred]) => (isStarred ? [part, star] : [part]));
      return parts.includes(star) ? parts : parts.toSpliced(at % (parts.length + 1), 0, star);
    });
  return fc.oneof(plain, starred).map((parts) => {
    const name = join(parts);
    return { text: `/${name.text}`, expression: `/${name.expression}` };
  });
}

function join(parts: readonly Modelled[]): Modelled {
  return { text: parts.map((part) => part.text).join(''), expression: parts.map((part) => part.expression).join('') };
}

/** Every path of at most so many segments, each of at most so many of these letters. */
export function pathsUpTo(bounds: {
  readonly segmentsMax: number;
  readonly charsMax: number;
  readonly letters: string;
}): string[] {
  const names = rows([...bounds.letters], bounds.charsMax);
  return rows(
    names.map((name) => `/${name}`),
    bounds.segmentsMax,
  ).map((path) => path.slice(1));
}

function rows(items: readonly string[], lengthMax: number): string[] {
  const found: string[] = [];
  let longest = [''];
  for (let length = 1; length <= lengthMax; length += 1) {
    longest = longest.flatMap((start) => items.map((item) => start + item));
    found.push(...longest);
  }
  return found;
}
