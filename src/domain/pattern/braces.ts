/** Alternatives in braces: `{a,b{c,d}}` stands for `a`, `bc` and `bd`. As in bash, `{a}` without a comma is a literal. */

import { alternativesMax, expandedLengthMax } from './limits.ts';
import type { Refused } from './refused.ts';
import type { Token } from './tokens.ts';

/** Turns braces and commas that open, part or close nothing into the characters they are. */
export function pairBraces(tokens: readonly Token[]): readonly Token[] {
  const paired = new Set<number>();
  const open: { readonly at: number; readonly commas: number[] }[] = [];
  tokens.forEach((token, at) => {
    if (token.kind !== 'brace') return;
    if (token.char === '{') open.push({ at, commas: [] });
    else if (token.char === ',') open.at(-1)?.commas.push(at);
    else {
      const group = open.pop();
      if (group !== undefined && group.commas.length > 0)
        for (const part of [group.at, ...group.commas, at]) paired.add(part);
    }
  });
  return tokens.map((token, at) =>
    token.kind === 'brace' && !paired.has(at) ? { kind: 'char', char: token.char } : token,
  );
}

/** Every alternative of paired tokens, without braces, in the order in which they are written. */
export function expandBraces(
  tokens: readonly Token[],
): { readonly ok: true; readonly alternatives: readonly (readonly Token[])[] } | Refused {
  /** One entry for each open brace: what was found before it, and the alternatives that are complete. */
  const outer: { readonly before: Token[][]; readonly done: Token[][] }[] = [];
  let current: Token[][] = [[]];
  for (const token of tokens) {
    const group = outer.at(-1);
    if (token.kind !== 'brace') for (const tail of current) tail.push(token);
    else if (token.char === '{') {
      outer.push({ before: current, done: [] });
      current = [[]];
    } else if (token.char === ',') {
      group?.done.push(...current);
      current = [[]];
    } else if (group !== undefined) {
      outer.pop();
      const inner = [...group.done, ...current];
      if (inner.length * group.before.length > alternativesMax) return refuse(`${alternativesMax} alternatives`);
      current = group.before.flatMap((start) => inner.map((end) => [...start, ...end]));
    }
    if (lengthOf(current) > expandedLengthMax) return refuse(`${expandedLengthMax} characters in all alternatives`);
  }
  return { ok: true, alternatives: current };
}

function lengthOf(alternatives: readonly (readonly Token[])[]): number {
  return alternatives.reduce((sum, tokens) => sum + tokens.length, 0);
}

function refuse(bound: string): Refused {
  return { ok: false, reason: `The braces make more than ${bound}. Claim several patterns, or a folder above.` };
}
