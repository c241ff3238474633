/** What the paths of a claim or a place in the queue mean. */
import { overlaps } from '../pattern/overlap.ts';
import { type Pattern, type PatternOptions, parsePattern } from '../pattern/parse.ts';

export interface Claimed {
  readonly paths: readonly string[];
  /** Those of `paths` that are files: nothing can lie below them. Of any other path it is held, too. */
  readonly files?: readonly string[] | undefined;
}

/** One for each path, in order. A path that is no pattern (a record made by hand) holds everything: it must not free what it meant. */
export function patternsOf({ paths, files }: Claimed, options: Pick<PatternOptions, 'ignoreCase'>): Pattern[] {
  return paths.map((path) => {
    const below = files?.includes(path) ? 'excluded' : 'included';
    const parsed = parsePattern(path, { ...options, below });
    return parsed.ok ? parsed.pattern : everything();
  });
}

/** Whether a path of the record overlaps one of the patterns. */
export function touches(
  record: Claimed,
  patterns: readonly Pattern[],
  options: Pick<PatternOptions, 'ignoreCase'>,
): boolean {
  return patternsOf(record, options).some((own) => patterns.some((pattern) => overlaps(own, pattern)));
}

/** The record with some of its paths only. */
export function withPaths<T extends Claimed>(record: T, paths: readonly string[]): T {
  const files = record.files?.filter((path) => paths.includes(path));
  return { ...record, paths: [...paths], files: files?.length ? files : undefined };
}

function everything(): Pattern {
  const parsed = parsePattern('**');
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.pattern;
}
