/** Which claims of one's own a change was made under: a commit names them, and gives the automatic ones back. */
import { matches } from '../pattern/match.ts';
import { parsePattern } from '../pattern/parse.ts';
import type { ClaimRecord } from '../record/record.ts';
import { msOf } from '../time.ts';
import { nearTo, touchingAny } from './near.ts';
import { belowOf, type HeldPath } from './verdict.ts';

/** Live claims of this uid with a pattern that one of the paths matches, the oldest first. */
export function claimsCovering(
  paths: readonly string[],
  claims: Iterable<ClaimRecord>,
  uid: string,
  world: { readonly nowMs: number; readonly ignoreCase: boolean },
): ClaimRecord[] {
  const held = [...claims]
    .filter((claim) => claim.uid === uid && msOf(claim.expires) > world.nowMs)
    .flatMap((claim) =>
      claim.paths.map((pattern) => ({ claim, pattern, isFile: claim.files?.includes(pattern) === true })),
    );
  const near = nearTo(touchingAny(held, paths, world), world);
  const found = new Set<ClaimRecord>();
  for (const path of paths) {
    for (const held of near(path)) {
      const { claim } = held;
      if (!found.has(claim) && holds(held, path, world)) found.add(claim);
    }
  }
  return [...found].sort((a, b) => (a.since < b.since || (a.since === b.since && a.id < b.id) ? -1 : 1));
}

/** Whether one of the paths is surely within one of these. */
export function coversAny(
  paths: readonly string[],
  held: readonly Pick<HeldPath, 'pattern' | 'isFile'>[],
  options: { readonly ignoreCase: boolean },
): boolean {
  const near = nearTo(touchingAny(held, paths, options), options);
  return paths.some((path) => near(path).some((each) => holds(each, path, options)));
}

function holds(
  held: Pick<HeldPath, 'pattern' | 'isFile'>,
  path: string,
  options: { readonly ignoreCase: boolean },
): boolean {
  const parsed = parsePattern(held.pattern, { ...options, below: belowOf(held) });
  return parsed.ok && matches(parsed.pattern, path);
}
