/** What operations may ask of all that the branch ever held. Types only. */
import type { AnyRecord } from '../../domain/record/record.ts';
import type { Wanted } from '../../domain/search/wanted.ts';

/** Of so many commits, so many were taken in. */
export type TellProgress = (done: number, all: number) => void;

/**
 * Messages, receipts and claims as they were last, and each version of a spec, whether the tip has them still or not. Answered
 * by an index that is brought up to date first; the first time in a clone it is made, which takes seconds for a long history.
 * A shallow clone knows what it has.
 */
export interface Archive {
  /**
   * The newest first, by the instant in the record, and by its path where that is the same; of a spec one version. Where the index is
   * made first, or has much to take in, `tell` hears now and then how far it is.
   */
  find(wanted: Wanted, tell?: TellProgress): Promise<readonly AnyRecord[]>;
  /** Of a message, a receipt or a claim; undefined where there never was one. */
  last(paths: readonly string[]): Promise<readonly (AnyRecord | undefined)[]>;
  /** Paths in a folder that end so, in no order. */
  pathsEnding(folder: string, ending: string): Promise<readonly string[]>;
  /** Brings the index up to date and merges what has become many small files: for the maintenance. A disk that takes nothing is passed over. */
  tend(): Promise<void>;
}
