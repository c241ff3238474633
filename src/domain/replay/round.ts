/** What the replay of one commit has at hand, and what its parts find out for each other. */
import type { Rival } from '../claim/conflict.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import type { Past } from './past.ts';

/** A claim that was granted in a clone and is not granted by the authority. */
export interface Withdrawn {
  readonly id: string;
  readonly agent: string;
  readonly uid: string;
  readonly paths: readonly string[];
  readonly rival: Rival;
}

export interface Round {
  readonly draft: Draft;
  /** Under the names that its agents have now. */
  readonly past: Past;
  readonly context: Context;
  readonly isAwaited: (claimId: string) => boolean;
  /** Ids of claims whose part of the commit came out as before. */
  readonly upheld: Set<string>;
  readonly withdrawn: Withdrawn[];
}
