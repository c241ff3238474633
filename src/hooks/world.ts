/** What a git hook may ask of the repository, and how it answers git: handed in by the composition. */
import type { ShownClaim } from '../domain/claim/present.ts';
import type { Verdict } from '../domain/claim/verdict.ts';
import type { HookPolicy } from '../domain/policy.ts';
import type { PushedRef } from '../store/git/commit-paths.ts';
import type { Trailer } from '../store/git/message-trailers.ts';

/** 0 lets git go on, 1 stops it. */
export type HookCode = 0 | 1;

export interface GitHookSurface {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One or more lines for whoever runs git; never stdout, which some hooks' callers read. */
  readonly tell: (text: string) => void;
  /** What git hands to the hook on its standard input. */
  readonly readStdin: () => string;
  /** Undefined where nobody coordinates: no repository, or none with a coordination branch. */
  readonly open: () => Promise<HookWorld | undefined>;
  /** Whether an agent's commit or push is stopped where nobody could look at it, as the policy may want. */
  readonly isStrict: () => boolean;
  /** The hook gives way to git after this time. */
  readonly deadlineMs: number;
}

export interface HookWorld {
  /** Nobody named an agent, and no harness's session is around: a person, who is told and never stopped. */
  readonly isPerson: boolean;
  readonly policy: HookPolicy;
  readonly coordinationBranch: string;
  /** Null when HEAD is detached. */
  readonly headBranch: string | null;
  /** In the middle of a rebase commits are made again, and nothing is finished by that. */
  readonly isRebasing: boolean;
  readonly nowMs: number;
  readonly git: CommitPaths;
  readonly verdictOn: (paths: readonly string[]) => Promise<Verdict>;
  /** Live claims of one's own that cover one of the paths, the oldest first. */
  readonly claimsOn: (paths: readonly string[]) => Promise<readonly ShownClaim[]>;
  /** Gives back what is meant and has no uncommitted change; answers what was given back. */
  readonly giveBack: (meant: GivenBack) => Promise<readonly ShownClaim[]>;
  /** Tells those who are subscribed to one of these; answers their names. */
  readonly tellChanged: (paths: readonly string[]) => Promise<readonly string[]>;
  /** Whether each of these claims was given back by its holder: it neither lapsed nor was taken. */
  readonly wereGivenBack: (ids: readonly string[]) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** Of one's own live claims in this work tree. */
export interface GivenBack {
  readonly which: 'auto' | 'all';
  /** Those that cover one of these; all when absent. */
  readonly paths?: readonly string[];
  /** Not those that are younger. */
  readonly minAgeSeconds?: number;
}

/** Paths from the top of the repository, as git has them. */
export interface CommitPaths {
  /** Of the commit that is being made; of a merge what it changes itself. */
  readonly staged: () => readonly string[];
  /** Of the commit that was just made. */
  readonly committed: () => readonly string[];
  /** Of the merge or pull that just ended. */
  readonly merged: () => readonly string[];
  /** Of the commits that the remote does not have yet. */
  readonly pushed: (remote: string, refs: readonly PushedRef[]) => readonly string[];
  /** Of those commits the ones on these paths: the claims that each says it was made under. */
  readonly pushedClaims: (
    remote: string,
    refs: readonly PushedRef[],
    paths: readonly string[],
  ) => readonly (readonly string[])[];
  /** Into the message that is being made, where it does not have them; an empty message stays empty. */
  readonly addTrailers: (file: string, trailers: readonly Trailer[]) => void;
}
