/** Text to pattern: the paths a claim is about, written like a line of gitignore(5) that is anchored at the root. */

import { expandBraces, pairBraces } from './braces.ts';
import { patternLengthMax } from './limits.ts';
import type { Refused } from './refused.ts';
import { splitQualified } from './repository.ts';
import { isAnyDepth, resolveSegments, type SegmentTokens, splitSegments } from './resolve.ts';
import { asFile, isResource, isUrl } from './resource.ts';
import { type Segment, segmentOf } from './segment.ts';
import { gap, type Sequence, sequenceOf } from './sequence.ts';
import { formatBraces, formatSegments } from './source.ts';
import { tokensOf } from './tokens.ts';

export interface Pattern {
  /** A resource is no file and overlaps only itself; see resource.ts. */
  readonly kind: 'files' | 'resource';
  /** The id of the repository that it is about, where several share a branch; see repository.ts. */
  readonly repository?: string;
  /** Canonical text, which parses to this pattern under the same options; letter case is kept as it was written. */
  readonly source: string;
  /** The leading segments that every matching path has, unescaped; folded when case is ignored. */
  readonly literalPrefix: readonly string[];
  /** Whether it spells one path. `dir` does, `dir/**` and `{a,b}` do not. */
  readonly isLiteral: boolean;
  readonly ignoreCase: boolean;
  /** Compiled: a path matches when it fits one of these. Empty for a resource. */
  readonly alternatives: readonly Sequence<Segment>[];
}

export interface PatternOptions {
  /** As core.ignorecase of the repository. Patterns that are compared must agree in it, unless they have no letters. */
  readonly ignoreCase?: boolean;
  /** 'excluded' for a path that is known to be a file: nothing can be below it. Not part of the source. */
  readonly below?: 'included' | 'excluded';
}

/**
 * `?`, `*` and classes (POSIX fnmatch) stay within a segment and match leading dots too; `**` as a whole segment is any
 * number of segments, also none; braces may contain `/`; a backslash takes the next character literally; a bracket or
 * brace that is not closed is a literal. Characters are code points of the NFC form.
 *
 * Every pattern also matches everything below the paths it spells: `dir`, `dir/` and `dir/**` match the same.
 */
export function parsePattern(
  text: string,
  options: PatternOptions = {},
): { readonly ok: true; readonly pattern: Pattern } | Refused {
  const normal = text.normalize('NFC');
  const flaw = flawOf(normal);
  if (flaw !== undefined) return { ok: false, reason: flaw };
  const ignoreCase = options.ignoreCase === true;
  if (isResource(normal)) {
    const pattern = { source: normal, literalPrefix: [], isLiteral: true, ignoreCase, alternatives: [] };
    return { ok: true, pattern: { kind: 'resource', ...pattern } };
  }

  const split = splitQualified(normal);
  if (split !== undefined) {
    const inner = parsePattern(asFile(split.rest), options);
    if (!inner.ok) return inner;
    const source = `${split.key}:/${inner.pattern.source}`;
    if (source.length > patternLengthMax) return { ok: false, reason: tooLong };
    return { ok: true, pattern: { ...inner.pattern, source, repository: split.id } };
  }

  const cut = tokensOf(normal);
  if (!cut.ok) return cut;
  const tokens = pairBraces(cut.tokens);
  const expanded = expandBraces(tokens);
  if (!expanded.ok) return expanded;
  const alternatives: (readonly SegmentTokens[])[] = [];
  for (const alternative of expanded.alternatives) {
    const resolved = resolveSegments(splitSegments(alternative));
    if (!resolved.ok) return resolved;
    alternatives.push(resolved.segments);
  }

  const [first = []] = alternatives;
  const hasBraces = alternatives.length > 1;
  const source = hasBraces ? formatBraces(tokens) : formatSegments(first);
  if (source.length > patternLengthMax) return { ok: false, reason: tooLong };
  const compiled = alternatives.map((segments) => compile(segments, ignoreCase));
  const literalPrefix = compiled.map(literalStart).reduce(commonStart);
  const isLiteral = !hasBraces && literalPrefix.length === first.length;
  const sequences = compiled.map((items) => sequenceOf(options.below === 'excluded' ? items : [...items, gap]));
  return {
    ok: true,
    pattern: { kind: 'files', source, literalPrefix, isLiteral, ignoreCase, alternatives: sequences },
  };
}

const tooLong = `The pattern is longer than ${patternLengthMax} characters.`;

function flawOf(text: string): string | undefined {
  if (text.length > patternLengthMax) return tooLong;
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'The pattern has a control character or half of a surrogate pair.';
  if (isUrl(text)) return 'The pattern is a URL. Claim a path, or a resource such as deploy:staging.';
  return undefined;
}

function compile(segments: readonly SegmentTokens[], ignoreCase: boolean): readonly (Segment | typeof gap)[] {
  return segments.map((segment) => (isAnyDepth(segment) ? gap : segmentOf(segment, { ignoreCase })));
}

function literalStart(items: readonly (Segment | typeof gap)[]): readonly string[] {
  const start: string[] = [];
  for (const item of items) {
    if (typeof item !== 'string') break;
    start.push(item);
  }
  return start;
}

function commonStart(a: readonly string[], b: readonly string[]): readonly string[] {
  const end = a.findIndex((name, at) => name !== b[at]);
  return end === -1 ? a : a.slice(0, end);
}
