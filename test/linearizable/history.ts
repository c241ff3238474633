/**
 * What happened, as plain data: what became of the branch at the authority, and what agents were told. Whoever recorded
 * it, a simulation or real clones, it is judged by the same laws (`laws.ts`).
 */
import type { Change } from '../../src/domain/view.ts';

export interface History {
  /** Each commit of the branch at the authority, in the order in which it came there. */
  readonly authority: readonly Move[];
  /** In any order. */
  readonly answers: readonly Answer[];
}

export type Move =
  | {
      readonly kind: 'commit';
      readonly commit: string;
      readonly op: string;
      readonly changes: readonly Change[];
      /** Who made it, and when it came by a clock that is right; left out where the recorder has none. */
      readonly came?: { readonly uid: string; readonly atMs: number };
    }
  /** Somebody put the branch back, or deleted it: only so many of the commits are left, counted from the first. */
  | { readonly kind: 'rewound'; readonly commits: number };

/**
 * `confirmed`, `provisional` and `refused` answer a claim; `recorded` any other operation that was acknowledged, by the
 * logical path of a record that it added (`messages/<id>`).
 */
export type Answer =
  | {
      readonly told: 'confirmed' | 'provisional' | 'refused';
      readonly claim: string;
      readonly uid: string;
      readonly during?: During;
    }
  | { readonly told: 'recorded'; readonly path: string; readonly uid: string };

/**
 * How many moves the authority had made when the agent asked, and when it was answered: what it was told must have been
 * true at some point between. Left out where the recorder cannot know, it may be true at any point.
 */
export interface During {
  readonly from: number;
  readonly to: number;
}
