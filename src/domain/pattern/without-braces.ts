/** For others that know no braces, such as git's own patterns. */
import { expandBraces, pairBraces } from './braces.ts';
import { resolveSegments, splitSegments } from './resolve.ts';
import { formatSegments } from './source.ts';
import { tokensOf } from './tokens.ts';

/** Canonical patterns that together match what this one does, each once. None for a text that is no pattern. */
export function withoutBraces(text: string): readonly string[] {
  const cut = tokensOf(text.normalize('NFC'));
  const expanded = cut.ok ? expandBraces(pairBraces(cut.tokens)) : cut;
  if (!expanded.ok) return [];
  const sources = expanded.alternatives.map((tokens) => {
    const resolved = resolveSegments(splitSegments(tokens));
    return resolved.ok ? formatSegments(resolved.segments) : undefined;
  });
  return [...new Set(sources)].filter((source) => source !== undefined);
}
