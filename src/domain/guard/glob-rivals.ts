/** Claims of others that the pattern of a shell command may meet: `rm src/*.ts` names no file, and means some. */
import { belowOf, type HeldPath, type HeldRival, isLive, isOurs } from '../claim/verdict.ts';
import { narrower } from '../pattern/narrower.ts';
import { overlaps } from '../pattern/overlap.ts';
import { parsePattern } from '../pattern/parse.ts';

interface World {
  readonly self: { readonly uid: string | undefined; readonly name: string };
  readonly nowMs: number;
  readonly ignoreCase: boolean;
}

/** A pattern that we cannot read meets nothing: what it wrote is seen afterwards. */
export function globRivals(globs: readonly string[], held: readonly HeldPath[], world: World): HeldRival[] {
  const patterns = globs.flatMap((glob) => {
    const parsed = parsePattern(glob, world);
    return parsed.ok ? [parsed.pattern] : [];
  });
  return held.flatMap((claim): HeldRival[] => {
    const { pattern: text, isFile: _isFile, ...rest } = claim;
    const own = parsePattern(text, { ...world, below: belowOf(claim) });
    if (!own.ok || !isLive(claim, world.nowMs) || isOurs(claim, world.self)) return [];
    const met = patterns.filter((pattern) => overlaps(pattern, own.pattern));
    const overlap = [...new Set(met.map((pattern) => narrower(pattern, own.pattern)))];
    return overlap.length === 0 ? [] : [{ ...rest, paths: [text], overlap }];
  });
}
