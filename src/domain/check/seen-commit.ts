/** A commit of the coordination branch as the rules are given it. */
import type { Oid } from '../oid.ts';
import type { Instant } from '../time.ts';
import type { Change } from '../view.ts';

export interface SeenCommit {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  readonly at: Instant;
  readonly subject: string;
  /** Has the trailers of git-intercom; what has not is no part of the present. */
  readonly isOurs: boolean;
  /** By its trailers; empty where there are none. */
  readonly op: string;
  readonly agent: string;
  readonly uid: string;
  /** Undefined for a commit made by hand, and where what it was built on is not in this clone. */
  readonly changes: readonly Change[] | undefined;
  /** Undefined: nobody looked. */
  readonly signature?: Signature | undefined;
}

export interface Signature {
  readonly standing: 'good' | 'none' | 'untrusted' | 'bad' | 'expired' | 'revoked' | 'unknown';
  /** As git names who signed it; null where it cannot. */
  readonly signer: string | null;
}

export interface SeenHistory {
  /** Newest first. */
  readonly commits: readonly SeenCommit[];
  /**
   * Also what is over and harmless: a commit made by hand that a later one undid, a record that was set aside. Asked for,
   * and not told otherwise: nobody can change the past.
   */
  readonly isStrict: boolean;
}
