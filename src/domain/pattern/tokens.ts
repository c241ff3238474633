/** Cuts the text of a pattern into tokens: escapes and classes are recognised here, braces are paired in braces.ts. */

import { anyChar, type CharClass, classAt } from './class.ts';
import type { Refused } from './refused.ts';

export type Token =
  | { readonly kind: 'char'; readonly char: string }
  | CharClass
  | { readonly kind: 'star' }
  | { readonly kind: 'slash' }
  | { readonly kind: 'brace'; readonly char: '{' | ',' | '}' };

/** An escaped `/` still separates: no file name has one. A backslash at the end stands for itself. */
export function tokensOf(text: string): { readonly ok: true; readonly tokens: readonly Token[] } | Refused {
  const chars = [...text];
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? '';
    if (extendedSigns.includes(char) && chars[at + 1] === '(') return refuseExtended(char);
    if (char === '\\') {
      at += 1;
      tokens.push(literal(chars[at] ?? '\\'));
    } else if (char === '[') {
      const found = classAt(chars, at);
      if (found?.ok === false) return found;
      tokens.push(found?.token ?? literal('['));
      at = found === undefined ? at : found.end - 1;
    } else tokens.push(plain(char));
  }
  return { ok: true, tokens };
}

/** Signs that open an extended pattern in front of a parenthesis. */
export const extendedSigns = '@+!?*';

function refuseExtended(sign: string): Refused {
  return {
    ok: false,
    reason: `Extended patterns such as ${sign}(a|b) are not supported. Use {a,b}, or write ${sign}\\( for the character.`,
  };
}

function literal(char: string): Token {
  return char === '/' ? { kind: 'slash' } : { kind: 'char', char };
}

function plain(char: string): Token {
  if (char === '*') return { kind: 'star' };
  if (char === '?') return anyChar;
  if (char === '{' || char === ',' || char === '}') return { kind: 'brace', char };
  return literal(char);
}
