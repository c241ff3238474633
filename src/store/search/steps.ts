/**
 * The commits between what the index stands for and the tip: those to take back, when the branch went another way (what
 * was not pushed is decided again on the remote's tip), and those to take in.
 */
import type { Oid } from '../../domain/oid.ts';
import { readAloneMax, readCommit, revList, type Walked, type Walking } from '../git/first-parents.ts';
import { isGitInstalled } from '../git/run.ts';

export interface Steps {
  /** Newest first; not on the way to the tip. */
  readonly back: readonly Oid[];
  /** Oldest first, along the first parent; the last one is the tip. */
  readonly forth: readonly Oid[];
}

/** Undefined where there is no way from `known`, which may be of a history that is gone: all is to be taken in anew. */
export async function stepsBetween(known: Oid | undefined, tip: Oid, walking: Walking): Promise<Steps | undefined> {
  const hasGit = await isGitInstalled();
  const near =
    known === undefined && hasGit
      ? undefined
      : await walkBoth(known, tip, walking, hasGit ? readAloneMax : Number.POSITIVE_INFINITY);
  if (near !== undefined || !hasGit) return near;
  if (known === undefined) {
    const all = await revList([tip], walking);
    return all && { back: [], forth: all.reverse() };
  }
  const [back, forth] = [await revList([known, `^${tip}`], walking), await revList([tip, `^${known}`], walking)];
  return back && forth && { back, forth: forth.reverse() };
}

/** By turns, until one way comes to where the other was. */
async function walkBoth(
  known: Oid | undefined,
  tip: Oid,
  { objects }: Walking,
  most: number,
): Promise<Steps | undefined> {
  const [back, forth] = [new Set<Oid>(), new Set<Oid>()];
  let old = known;
  let now: Oid | undefined = tip;
  for (let count = 0; count < most; count++) {
    if (now !== undefined && back.has(now)) return { back: until(now, back), forth: [...forth].reverse() };
    if (now !== undefined) forth.add(now);
    if (old !== undefined && forth.has(old)) return { back: [...back], forth: until(old, forth).reverse() };
    if (old !== undefined) back.add(old);
    const [before, below]: (Walked | undefined)[] = await Promise.all(
      [old, now].map((oid) => readCommit(oid, objects)),
    );
    if (old !== undefined && before === undefined) return undefined;
    [old, now] = [before?.commit.parents[0], below?.commit.parents[0]];
    if (old === undefined && now === undefined) break;
  }
  return known === undefined && now === undefined ? { back: [], forth: [...forth].reverse() } : undefined;
}

function until(end: Oid, oids: ReadonlySet<Oid>): Oid[] {
  const all = [...oids];
  return all.slice(0, all.indexOf(end));
}
