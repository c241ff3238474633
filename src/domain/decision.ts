/** What a rule answers, and what it may know of the world: clocks, ids, evidence and policy come in as values. */

import type { About } from './message/notify.ts';
import type { Policy } from './policy.ts';
import type { ProcessEvidence } from './record/record.ts';
import type { Refusal } from './refusal.ts';
import type { Instant } from './time.ts';

/** The agent that acts. */
export interface Actor {
  readonly uid: string;
  readonly name: string;
  readonly host: string;
  /** Of the host's present start; absent where its system tells none. Two machines may have one name. */
  readonly boot?: string | undefined;
  /**
   * Whose words name it, on which machine: the uid of the person there, null where none can be kept. Absent where nobody
   * gave the name by word.
   */
  readonly home?: string | null | undefined;
  /** It goes by git's own user name: nobody gave it another, and no harness is around. Absent for all others. */
  readonly isPerson?: boolean | undefined;
  readonly cwd?: string | undefined;
  readonly branch?: string | undefined;
  readonly worktree?: string | undefined;
  /** What its repository is called in the hub, `server~1f3a9c20`; absent where the repository is its own. */
  readonly repository?: string | undefined;
  /** Its public key, where this machine has the private one. Absent where nobody looked. */
  readonly sealTo?: string | undefined;
  readonly harness?: string | undefined;
  readonly model?: string | undefined;
  /** The uid of the session that started it, where the harness tells. */
  readonly parent?: string | undefined;
  /** The process whose end means that the agent is gone; absent for a person at a shell. */
  readonly process?: ProcessEvidence | undefined;
}

export type ProcessState = 'alive' | 'dead' | 'unknown';

/** What was found out about a claim whose lease is over, before the decision. */
export interface Evidence {
  readonly process: ProcessState;
  readonly changes: 'none' | 'some' | 'unknown';
}

export interface Context {
  readonly nowMs: number;
  readonly now: Instant;
  readonly actor: Actor;
  readonly policy: Policy;
  readonly newId: () => string;
  /** When something is decided again: the id that the same notice had the first time, for it may have been read since. */
  readonly formerNotice?: (notice: { readonly to: string; readonly about: About | undefined }) => string | undefined;
  /** Why what looks like a secret was let through, as its author said; undefined where nothing was. */
  readonly allowedSecret?: string | undefined;
  /** Whether a process runs now; `unknown` for one of another machine or of one of its containers. */
  readonly processState: (process: ProcessEvidence) => ProcessState;
  /** By claim id. Only claims whose lease is over are looked into. */
  readonly evidence: ReadonlyMap<string, Evidence>;
  /**
   * Since when, in milliseconds by this machine's clock, this clone has seen the claim with this very expiry.
   * Undefined: never seen before.
   */
  readonly seenSinceMs: (claimId: string, expires: Instant) => number | undefined;
}

/** How the commit of an accepted decision introduces itself in `git log`. */
export interface Headline {
  readonly op: string;
  /** What a reader of `git log --oneline` wants to know. */
  readonly subject: string;
  readonly ids: readonly string[];
  readonly paths?: readonly string[];
  /** Lines for the body: evidence of a force-release, a reason too long for the subject. */
  readonly body?: string;
  readonly key?: string;
}

export type Decision<T> =
  | { readonly ok: true; readonly result: T; readonly headline: Headline }
  | { readonly ok: false; readonly refusal: Refusal };
