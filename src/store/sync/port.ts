/** What operations may ask of the way between this clone and the authority. Types only. */

import type { Exchanged } from './exchange.ts';
import type { Unreached } from './transport.ts';

export interface Sync {
  /** As it may be shown: a name, or a URL without a password. */
  readonly remote: string;

  /**
   * Brings what is recorded here to the remote, and what is there here. One at a time in a clone: it waits for another
   * process that is at it. Resolves when all that was recorded before the call is on the authority, or with why not.
   */
  exchange(): Promise<Exchange>;

  /** The same, but the remote is not asked where it has all that is here already. */
  push(): Promise<Exchange | undefined>;

  /** Resolves when the authority has decided on a claim of this clone, or with why it could not be asked. */
  confirm(claimId: string): Promise<Confirmation>;

  /** Before a claim is recorded whose claimant waits for the answer: it gets no letter when it loses. Answers the end. */
  awaiting(claimId: string): () => void;

  /**
   * Whether the remote's branch is elsewhere than this clone knows: one cheap question, and none where another process of
   * this clone asked within `seconds`.
   */
  look(seconds: number): Promise<'same' | 'moved' | Unreached>;

  /** For how many milliseconds more `look` asks nothing, since somebody of this clone did so lately; 0 when it would ask. */
  restMs(seconds: number): number;

  /**
   * For a short process of its own: gathers for `seconds` what is recorded meanwhile, brings it, and looks for what came.
   * Does nothing where another such process is at it.
   */
  bringInBatch(seconds: number): Promise<Exchange | undefined>;

  /**
   * Waits so long for more to bring along, and up to three times as long while something is recorded again and again; ends
   * with the signal.
   */
  untilLull(seconds: number, signal?: AbortSignal): Promise<void>;

  /** This process keeps the clone in touch from now on, so that nobody need start one to bring things. Answers the end. */
  keeping(): () => void;

  /** Whether this process is about to bring what it records by itself. */
  isAwaiting(): boolean;

  /** Whether nobody of this clone has asked the remote for so long. Reads a file alone. */
  isNeglected(seconds: number): boolean;

  /**
   * Whether this clone has what is at the remote, as of some time, or knows that nothing is. Asked again, it answers as at
   * first, unless this process itself has fetched since: what was read before is told by it. Reads files alone.
   */
  hasFetched(): Promise<boolean>;

  /** Reads files alone. */
  standing(): Promise<Standing>;
}

export interface Exchange extends Exchanged {
  /** Ids of claims that the authority has confirmed by this exchange. */
  readonly confirmed: readonly string[];
}

/** `gone`: the authority decided for another, or the claim was given back meanwhile. */
export type Confirmation =
  | { readonly status: 'confirmed' | 'gone' }
  | { readonly status: 'provisional'; readonly unreached: Unreached };

export interface Standing {
  /** Commits that the authority lacks, as far as this clone knows. */
  readonly unpushed: number;
  /** When something came or went last. */
  readonly movedMs: number;
  readonly unreached: Unreached | undefined;
  /** What became of the remote's branch last, apart from moving on. */
  readonly lost: { readonly what: 'deleted' | 'rewound'; readonly atMs: number } | undefined;
}
