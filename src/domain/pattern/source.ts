/** The canonical text of a pattern: what is stored and shown, and parses to the same pattern again. */

import { isAnyDepth, isNowhere, type SegmentTokens } from './resolve.ts';
import { asFile } from './resource.ts';
import { extendedSigns, type Token } from './tokens.ts';

/** Of a pattern without braces, whose segments are resolved. */
export function formatSegments(segments: readonly SegmentTokens[]): string {
  return asFile(
    segments.map((segment) => formatTokens(isAnyDepth(segment) ? segment : singleStars(segment))).join('/'),
  );
}

/** Of a pattern with braces, paired. A `..` stays, since it may undo a different segment in each alternative. */
export function formatBraces(tokens: readonly Token[]): string {
  let depth = 0;
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'brace' && token.char === '{') depth += 1;
    if (token.kind === 'brace' && token.char === '}') depth -= 1;
    if (token.kind === 'slash' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return asFile(
    parts
      .filter((part) => !isNowhere(part))
      .map(formatTokens)
      .join('/'),
  );
}

function formatTokens(tokens: readonly Token[]): string {
  let text = '';
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'brace' && token.char === '{') depth += 1;
    if (token.kind === 'brace' && token.char === '}') depth -= 1;
    text += token.kind === 'char' && mustEscape(token.char, text, depth) ? `\\${token.char}` : formatToken(token);
  }
  return text.normalize('NFC');
}

function mustEscape(char: string, before: string, depth: number): boolean {
  if ('*?[{\\'.includes(char)) return true;
  if (char === '(') return before !== '' && extendedSigns.includes(before.slice(-1));
  return depth > 0 && (char === ',' || char === '}');
}

/** As it stands, with nothing escaped. */
export function formatToken(token: Token): string {
  switch (token.kind) {
    case 'char':
    case 'brace':
      return token.char;
    case 'class':
      return token.text;
    case 'star':
      return '*';
    case 'slash':
      return '/';
  }
}

function singleStars(segment: SegmentTokens): SegmentTokens {
  return segment.filter((token, at) => token.kind !== 'star' || segment[at - 1]?.kind !== 'star');
}
