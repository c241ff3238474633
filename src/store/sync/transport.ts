/**
 * The way to the remote's branch: a look, a fetch, a push. `git-transport.ts` asks the real git; `http.ts` is the way
 * out where none is installed.
 *
 * None of them moves anything here but `refs/intercom/fetched`, and a push never forces: the remote compares the old
 * value of its branch with the one that it told (git-receive-pack(1)), which is the second compare-and-swap.
 */
import type { Oid } from '../../domain/oid.ts';

export interface Transport {
  /** The tip of the remote's branch, or null where it has none: one round trip, and no object. */
  look(): Promise<Reached<Oid | null> | Unreached>;
  /** Brings the remote's branch with all that it needs. When it resolves, the objects are here and fetchedRef holds them. */
  fetch(): Promise<Reached<Oid | null> | Unreached>;
  /** Fetches what a shallow clone lacks of the branch's history. */
  deepen(): Promise<Reached<Oid | null> | Unreached>;
  /**
   * Moves the remote's branch to `next`, if that only adds to what the remote has. A push whose answer was lost may have
   * been accepted: it is `Unreached` here, and the next fetch tells.
   */
  push(next: Oid): Promise<Pushed | Moved | Unreached>;
}

export interface Reached<T> {
  readonly status: 'reached';
  readonly value: T;
}

export interface Pushed {
  readonly status: 'accepted';
  /** What the remote's branch was: an abbreviated id, null where there was none; undefined where the server did not say. */
  readonly was: string | null | undefined;
}

/** The remote's branch is elsewhere than we thought: fetch, decide again. */
export interface Moved {
  readonly status: 'moved';
}

/**
 * `offline`: may go better later. `forbidden`: the remote answered, and does not let us; it stays so until somebody
 * changes rights or the policy.
 */
export interface Unreached {
  readonly status: 'offline' | 'forbidden';
  /** A sentence: what failed, at which remote. */
  readonly why: string;
  /** The next command, or what to check. */
  readonly next: string;
}
