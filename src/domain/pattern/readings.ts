/**
 * What a typed text may mean besides: a bracket opens a class of characters, or is part of a name (`src/[id]/page.tsx` of
 * some frameworks). Where nobody can tell, both are held: one reading here and another elsewhere would be two claims.
 */
import { pairBraces } from './braces.ts';
import { classAt } from './class.ts';
import { meaningOf } from './meaning.ts';
import { type Pattern, parsePattern } from './parse.ts';
import { splitQualified } from './repository.ts';
import { isResource } from './resource.ts';
import { formatToken } from './source.ts';
import { type Token, tokensOf } from './tokens.ts';

/**
 * `src/{\[id],[id]}/page.tsx` for `src/[id]/page.tsx`: the folder of that name, and the class. Who escapes a bracket has
 * chosen, and is left alone. A range that runs backwards (`[post-id]`) is no class, and so a name. A backslash before a
 * letter escapes nothing, and is one of the name.
 */
export function bothReadings(typed: string): string {
  if (isResource(typed) || typed.includes('\\[')) return typed;
  const chars = [...typed.replace(/\\(.)/gsu, (pair, next) => (/[\p{L}\p{N}_]/u.test(next) ? `\\${pair}` : pair))];
  let text = '';
  let piece: Part[] = [];
  for (let at = 0; at < chars.length; ) {
    const part = partAt(chars, at);
    if (part.isEnd) {
      text += readPiece(piece) + part.typed;
      piece = [];
    } else piece.push(part);
    at = part.end;
  }
  return text + readPiece(piece);
}

interface Part {
  readonly typed: string;
  /** As a name; the same where it has but one reading. */
  readonly name: string;
  /** A slash, or part of braces. */
  readonly isEnd?: boolean;
  readonly end: number;
}

function partAt(chars: readonly string[], at: number): Part {
  const char = chars[at] ?? '';
  if (char === '\\') return sole(chars.slice(at, at + 2).join(''), at + 2);
  if ('/{},'.includes(char)) return { ...sole(char, at + 1), isEnd: true };
  const found = char === '[' ? classAt(chars, at) : undefined;
  if (found?.ok === true) {
    const typed = chars.slice(at, found.end).join('');
    return typed.includes('\\') ? sole(typed, found.end) : { typed, name: escaped(typed), end: found.end };
  }
  if (found === undefined) return sole(char, at + 1);
  if (namedClass.test(chars.slice(at).join(''))) return sole(chars.slice(at).join(''), chars.length);
  const end = chars.indexOf(']', at) + 1;
  return sole(escaped(chars.slice(at, end).join('')), end);
}

/** `[[:alpha:]]`, which is refused as it is; `[[...slug]]` of some frameworks is none. */
const namedClass = /^\[[^\]]*\[([:.=])[^\]]*\1\]/;

function sole(typed: string, end: number): Part {
  return { typed, name: typed, end };
}

/** In braces, and so with what parts and closes them. */
function escaped(name: string): string {
  return name.replace(/[*?[{},\\]|(?<=[@+!?*])\(/gu, '\\$&');
}

/** From the first class to the last all are read alike. */
function readPiece(parts: readonly Part[]): string {
  const isClass = ({ typed, name }: Part) => typed !== name;
  const from = parts.findIndex(isClass);
  const to = parts.findLastIndex(isClass) + 1;
  const typed = (some: readonly Part[]) => some.map((part) => part.typed).join('');
  if (from === -1) return typed(parts);
  const middle = parts.slice(from, to);
  const name = middle.map((part) => part.name).join('');
  return `${typed(parts.slice(0, from))}{${name},${typed(middle)}}${typed(parts.slice(to))}`;
}

/**
 * One text for all readings of the same words, so that who names them again finds what they meant then: whether a file of
 * that name stood there may have changed since. For comparing only; what has the same meaning has the same words.
 */
export function wordsOf(pattern: Pattern): string {
  const { kind, source, ignoreCase } = pattern;
  if (kind === 'resource' || !source.includes('\\')) return meaningOf(pattern);
  const split = splitQualified(source);
  const cut = tokensOf(split?.rest ?? source);
  const parsed = cut.ok ? parsePattern(unescaped(withoutReadings(pairBraces(cut.tokens))), { ignoreCase }) : cut;
  if (!parsed.ok) return meaningOf(pattern);
  const words = meaningOf(parsed.pattern);
  return split === undefined ? words : `${split.id}:/${words}`;
}

/** `{\[id],[id]}` becomes `[id]` again. */
function withoutReadings(tokens: readonly Token[]): Token[] {
  const left: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const group = isBrace(tokens[at], '{') ? tokens.slice(at + 1, closing(tokens, at)) : [];
    const comma = group.findIndex((token) => isBrace(token, ','));
    const [name, typed] = [group.slice(0, comma), group.slice(comma + 1)];
    if (comma > 0 && !typed.some(({ kind }) => kind === 'brace') && isName(name, typed)) {
      left.push(...typed);
      at += group.length + 1;
    } else left.push(tokens[at] as Token);
  }
  return left;
}

function closing(tokens: readonly Token[], start: number): number {
  return tokens.findIndex((token, at) => at > start && isBrace(token, '}'));
}

function isBrace(token: Token | undefined, char: '{' | ',' | '}'): boolean {
  return token?.kind === 'brace' && token.char === char;
}

function isName(name: readonly Token[], typed: readonly Token[]): boolean {
  const read = tokensOf(unescaped(name));
  return read.ok && typed.some(({ kind }) => kind === 'class') && unescaped(read.tokens) === unescaped(typed);
}

/** As somebody types it who thinks of names. */
function unescaped(tokens: readonly Token[]): string {
  return tokens.map(textOf).join('');
}

function textOf(token: Token): string {
  return token.kind === 'char' && token.char === '\\' ? '\\\\' : formatToken(token);
}
