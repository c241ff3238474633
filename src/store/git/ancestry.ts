/** How two tips of the branch are related, along first parents: coordination history is linear. */
import type { Oid } from '../../domain/oid.ts';
import type { ParsedCommit } from './commit.ts';
import { firstParents } from './first-parents.ts';
import type { ObjectReader } from './objects.ts';

/** `ahead`: the local tip has all that the other has. `cut`: a shallow clone has too little of the history to tell. */
export type Relation =
  | { readonly kind: 'same' | 'ahead' | 'behind' }
  | { readonly kind: 'diverged'; readonly base: Oid }
  | { readonly kind: 'unrelated' | 'cut' };

/** Reads about twice as many commits as the nearer of both has beyond the common one. */
export async function relate(objects: ObjectReader, local: Oid, other: Oid): Promise<Relation> {
  if (local === other) return { kind: 'same' };
  const sides: (ReturnType<typeof walk> | undefined)[] = [walk(objects, local), walk(objects, other)];
  const seen = [new Set<Oid>([local]), new Set<Oid>([other])];
  let isCut = false;
  for (let turn = 0; sides.some((side) => side !== undefined); turn = 1 - turn) {
    const next = await sides[turn]?.next();
    if (next === undefined) continue;
    if (next.done) {
      isCut ||= next.value !== undefined;
      sides[turn] = undefined;
      continue;
    }
    const { oid } = next.value;
    if (seen[1 - turn]?.has(oid)) {
      if (oid === other) return { kind: 'ahead' };
      return oid === local ? { kind: 'behind' } : { kind: 'diverged', base: oid };
    }
    seen[turn]?.add(oid);
  }
  return { kind: isCut ? 'cut' : 'unrelated' };
}

export interface OwnCommit {
  readonly oid: Oid;
  readonly commit: ParsedCommit;
}

/** The commits that `tip` has and `base` has not, oldest first. All of the history where the base is not met. */
export async function commitsSince(objects: ObjectReader, base: Oid | null, tip: Oid): Promise<OwnCommit[]> {
  const found: OwnCommit[] = [];
  for await (const each of walk(objects, tip)) {
    if (each.oid === base) break;
    found.push(each);
  }
  return found.reverse();
}

async function* walk(objects: ObjectReader, tip: Oid): ReturnType<typeof firstParents> {
  await objects.read(tip, 'commit');
  return yield* firstParents(objects, tip);
}
