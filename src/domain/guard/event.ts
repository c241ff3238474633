/**
 * What a harness tells of a session: the same few moments for all harnesses, whatever each of them calls them. Paths
 * are as the harness has them until they are resolved; then they are from the top of the repository.
 */
import type { Leaving } from './confirm.ts';

export type SessionEvent =
  /** About to write, make, delete or rename these; of a rename both names. */
  | { readonly kind: 'before-edit'; readonly paths: readonly string[] }
  | { readonly kind: 'before-shell'; readonly writes: ShellWrites }
  /** A shell command is over, after so long; undefined where the harness does not say. */
  | { readonly kind: 'after-shell'; readonly lastedMs: number | undefined }
  /** The agent works, and may be told something now. */
  | { readonly kind: 'between-steps' }
  /** A turn begins: a person has typed, or the session was woken. */
  | { readonly kind: 'prompt' }
  /** A turn is about to end; `isGoingOn` when it already went on once because of what we said at its end. */
  | { readonly kind: 'turn-end'; readonly isGoingOn: boolean }
  | { readonly kind: 'session-start' }
  /** `isLast` is false where the program goes on with another session. */
  | { readonly kind: 'session-end' };

/** What a command line will write, as far as it can be read from it. */
export interface ShellWrites {
  readonly paths: readonly string[];
  /** Folders whose changed files it throws away or sets aside, all of them: `git reset --hard`, `git stash`. */
  readonly sweeps: readonly string[];
  /** That it sends messages, or takes claims by force. */
  readonly leaves?: readonly Leaving[];
}

/** What the harness is to do, and what the agent is to hear. Each harness says it in its own form. */
export interface GuardAnswer {
  /** Only of what is about to happen. `ask` leaves it to the person; a harness that cannot ask refuses. */
  readonly permission: 'as-usual' | 'refuse' | 'ask';
  /** Why it is refused, for the agent. */
  readonly reason?: string | undefined;
  /** Facts for the agent, beside whatever happens. */
  readonly context?: string | undefined;
  /** At the end of a turn: what the agent is to go on with. */
  readonly goOn?: string | undefined;
  /** One line for the person: the guard itself has failed. */
  readonly failure?: string | undefined;
}

export const nothingToSay: GuardAnswer = { permission: 'as-usual' };
