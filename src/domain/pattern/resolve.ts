/** Segments of one alternative, with `.`, `..` and empty ones resolved against the root of the repository. */

import type { Refused } from './refused.ts';
import type { Token } from './tokens.ts';

export type SegmentTokens = readonly Token[];

export function splitSegments(tokens: readonly Token[]): readonly SegmentTokens[] {
  const segments: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'slash') segments.push([]);
    else segments.at(-1)?.push(token);
  }
  return segments;
}

export function resolveSegments(
  segments: readonly SegmentTokens[],
): { readonly ok: true; readonly segments: readonly SegmentTokens[] } | Refused {
  const resolved: SegmentTokens[] = [];
  for (const segment of segments) {
    const last = resolved.at(-1);
    if (isNowhere(segment)) continue;
    if (isDots(segment, 2)) {
      if (last === undefined) return { ok: false, reason: 'The pattern leaves the repository with "..".' };
      if (isAnyDepth(last)) return { ok: false, reason: 'After "**", ".." has no single meaning.' };
      resolved.pop();
    } else if (last === undefined || !isAnyDepth(last) || !isAnyDepth(segment)) resolved.push(segment);
  }
  if (resolved.length > 0) return { ok: true, segments: resolved };
  return { ok: false, reason: 'The pattern is empty. Use ** for the whole repository.' };
}

/** Whether the segment is empty or `.`, and so leads nowhere. */
export function isNowhere(segment: SegmentTokens): boolean {
  return segment.length === 0 || isDots(segment, 1);
}

/** Whether the segment is `**`, alone between slashes; three stars or more are one star, as in gitignore(5). */
export function isAnyDepth(segment: SegmentTokens): boolean {
  return segment.length === 2 && segment.every((token) => token.kind === 'star');
}

function isDots(segment: SegmentTokens, count: 1 | 2): boolean {
  return segment.length === count && segment.every((token) => token.kind === 'char' && token.char === '.');
}
