/** How two tips of the branch are related, along first parents: coordination history is linear. */
import type { Oid } from '../../domain/oid.ts';
import type { ParsedCommit } from './commit.ts';
import { readCommit, revList, type Walking, walkedFrom } from './first-parents.ts';
import { inBatches } from './in-batches.ts';

/** `ahead`: the local tip has all that the other has. `cut`: a shallow clone has too little of the history to tell. */
export type Relation =
  | { readonly kind: 'same' | 'ahead' | 'behind' }
  | { readonly kind: 'diverged'; readonly base: Oid }
  | { readonly kind: 'unrelated' | 'cut' };

export interface OwnCommit {
  readonly oid: Oid;
  readonly commit: ParsedCommit;
}

/** Of a walk, before git is asked for the ids of the next ones: to start git takes as long as to read twice so many. */
const readAloneMax = 16;
const readTogetherMin = 256;
const readTogetherMax = 4_096;

/** Reads a commit once, however often it is walked over; of a long walk many at once, for each alone waits for git. */
export class Ancestry {
  readonly #known = new Map<Oid, OwnCommit>();

  /** `met` is where the walks are likely to meet: none goes below it while the other has not come there, until that was wrong. */
  constructor(
    private readonly walking: Walking,
    private met: Oid | null = null,
  ) {}

  /** Reads about twice as many commits as the nearer of both has beyond the common one. */
  async relate(local: Oid, other: Oid): Promise<Relation> {
    if (local === other) return { kind: 'same' };
    const at = [local, other];
    const sides: (AsyncGenerator<OwnCommit, Oid | undefined> | undefined)[] = at.map((tip) => this.#walk(tip, at));
    const seen = [new Set<Oid>([local]), new Set<Oid>([other])];
    let isCut = false;
    for (let turn = 0; sides.some((side) => side !== undefined); turn = 1 - turn) {
      if (at[turn] === this.met && sides[1 - turn] !== undefined) continue;
      const next = await sides[turn]?.next();
      if (next === undefined) continue;
      if (next.done) {
        isCut ||= next.value !== undefined;
        sides[turn] = undefined;
        continue;
      }
      const { oid } = next.value;
      at[turn] = oid;
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

  /**
   * From the tip on; its end tells which commit it found missing. Rejects where the tip itself is. Where git is asked, it is
   * asked for what comes after `beside`, too: another walk stands there.
   */
  async *#walk(tip: Oid, beside: readonly Oid[] = []): AsyncGenerator<OwnCommit, Oid | undefined> {
    await this.walking.objects.read(tip, 'commit');
    let alone = 0;
    let together = readTogetherMin;
    return yield* walkedFrom(tip, async (oid) => {
      if (!this.#known.has(oid) && alone++ >= readAloneMax && together > 0) {
        const isAnswered = await this.#readTogether([oid, ...beside], together);
        together = isAnswered ? Math.min(together * 2, readTogetherMax) : 0;
      }
      return this.#read(oid);
    });
  }

  /** False where git knows nothing of it, and would not of the next one either. */
  async #readTogether(tips: readonly Oid[], count: number): Promise<boolean> {
    const above = this.met === null ? [] : [`^${this.met}`];
    const oids = await revList([`--max-count=${count}`, ...tips, ...above], this.walking);
    if (above.length > 0 && oids?.some((oid) => oid === tips[0]) !== true) {
      this.met = null;
      return this.#readTogether(tips, count);
    }
    await inBatches(oids ?? [], (oid) => this.#read(oid));
    return oids !== undefined;
  }

  async #read(oid: Oid): Promise<OwnCommit | undefined> {
    const known = this.#known.get(oid) ?? (await readCommit(oid, this.walking.objects));
    if (known !== undefined) this.#known.set(oid, { oid, commit: known.commit });
    return known;
  }
}
