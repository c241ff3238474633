/** How two tips of the branch are related, along first parents: coordination history is linear. */
import type { Oid } from '../../domain/oid.ts';
import type { ParsedCommit } from './commit.ts';
import { readCommit, walkedFrom } from './first-parents.ts';
import type { ObjectReader } from './objects.ts';

/** `ahead`: the local tip has all that the other has. `cut`: a shallow clone has too little of the history to tell. */
export type Relation =
  | { readonly kind: 'same' | 'ahead' | 'behind' }
  | { readonly kind: 'diverged'; readonly base: Oid }
  | { readonly kind: 'unrelated' | 'cut' };

export interface OwnCommit {
  readonly oid: Oid;
  readonly commit: ParsedCommit;
}

/** Reads a commit once, however often it is walked over. */
export class Ancestry {
  readonly #known = new Map<Oid, OwnCommit>();

  constructor(private readonly objects: ObjectReader) {}

  /** Reads about twice as many commits as the nearer of both has beyond the common one. */
  async relate(local: Oid, other: Oid): Promise<Relation> {
    if (local === other) return { kind: 'same' };
    const sides: (AsyncGenerator<OwnCommit, Oid | undefined> | undefined)[] = [this.#walk(local), this.#walk(other)];
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

  /** The commits that `tip` has and `base` has not, oldest first. All of the history where the base is not met. */
  async since(base: Oid | null, tip: Oid): Promise<OwnCommit[]> {
    const found: OwnCommit[] = [];
    for await (const each of this.#walk(tip)) {
      if (each.oid === base) break;
      found.push(each);
    }
    return found.reverse();
  }

  /** From the tip on; its end tells which commit it found missing. Rejects where the tip itself is. */
  async *#walk(tip: Oid): AsyncGenerator<OwnCommit, Oid | undefined> {
    await this.objects.read(tip, 'commit');
    return yield* walkedFrom(tip, (oid) => this.#read(oid));
  }

  async #read(oid: Oid): Promise<OwnCommit | undefined> {
    const known = this.#known.get(oid) ?? (await readCommit(oid, this.objects));
    if (known !== undefined) this.#known.set(oid, { oid, commit: known.commit });
    return known;
  }
}
