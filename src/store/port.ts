/** What operations may ask of a store. Types only; `git/store.ts` is the real one, `memory.ts` the simulation's. */
import type { SeenCommit, Signature } from '../domain/check/seen-commit.ts';
import type { Evidence, Headline, ProcessState } from '../domain/decision.ts';
import type { Edit } from '../domain/draft.ts';
import type { Unmerged } from '../domain/landing/note.ts';
import type { ShownMessage } from '../domain/message/present.ts';
import type { Oid } from '../domain/oid.ts';
import type { Policy } from '../domain/policy.ts';
import type { AnyRecord, ProcessEvidence } from '../domain/record/record.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Instant } from '../domain/time.ts';
import type { Change, View } from '../domain/view.ts';
import type { Journals } from './journals.ts';
import type { Archive } from './search/port.ts';
import type { PinnedFile, WorkPatch, WorktreeChanges } from './work-trees.ts';

/** What the world tells a decision: read once, just before it. */
export interface World {
  readonly nowMs: number;
  readonly newId: () => string;
  readonly processState: (process: ProcessEvidence) => ProcessState;
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly seenSinceMs: (claimId: string, expires: Instant) => number | undefined;
}

/** A pure function of view and world may be run several times; only its last answer counts. */
export type Propose<T> = (view: View, world: World) => Proposal<T>;

export type Proposal<T> =
  | {
      readonly ok: true;
      readonly result: T;
      /** None: nothing is committed. */
      readonly edits: readonly Edit[];
      readonly agent: string;
      readonly uid: string;
      readonly headline: Headline;
    }
  | { readonly ok: false; readonly refusal: Refusal };

export type Outcome<T> =
  | {
      readonly ok: true;
      readonly result: T;
      readonly nowMs: number;
      /** Ids of claims that the authority has not confirmed. */
      readonly provisional: ReadonlySet<string>;
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly nowMs: number };

export interface Store {
  readonly policy: Policy;
  readonly place: Place;

  /** Runs `query` on the view of the present tip. An absent branch is an empty view. */
  read<T>(query: (view: View, nowMs: number) => T): Promise<T>;

  /**
   * Decides on the tip and commits, under the write lock: whoever comes next sees it. When it resolves, the commit is
   * durable. Rejects with IntercomError when the world fails; then either nothing or all of it was recorded.
   */
  transact<T>(propose: Propose<T>): Promise<Outcome<T>>;

  /**
   * Where a report finds the branch: here, else at the remote, else in what `git fetch` brought last, which is all that
   * a checkout of a single branch has of it. Null where there is none. Decisions and writes know the first two alone.
   */
  locateBranch(): Promise<LocatedBranch | null>;

  /**
   * Every record below a folder, by logical path; `file` is where it lies in the tree. Of the present tip, or of the one
   * given; `as-is` with what was committed by hand on top. Costs what there is; decisions use `read`.
   */
  scan(
    folder: string,
    tip?: Oid,
    how?: 'obeyed' | 'as-is',
  ): AsyncIterable<readonly [path: string, record: AnyRecord, file: string]>;

  /** Commits made by hand on top of what counts, newest first: nearly always none. */
  byHand(tip: Oid): Promise<readonly Oid[]>;

  /** The logical paths below a folder, without reading the records. */
  paths(folder: string): AsyncIterable<readonly [path: string]>;

  /** The commits up to this one with what each changed, newest first; ends where a shallow clone has no more. Costs some reads each. */
  audit(tip: Oid): AsyncIterable<SeenCommit>;

  /**
   * What git says of the signatures of the latest commits up to this one. Rejects with `git-failed` where it cannot verify
   * any. Some milliseconds each.
   */
  signatures(tip: Oid, commits: number): Promise<ReadonlyMap<Oid, Signature>>;

  /**
   * What git says of the signatures of the commits that brought these messages, by id: asked once for each, then remembered.
   * Empty where nobody signs, which costs next to nothing. They are given as the branch has them, not opened.
   */
  messageSignatures(messages: readonly ShownMessage[]): Promise<ReadonlyMap<string, Signature>>;

  /** What the record was in the commits that name its id, newest first; ends where a shallow clone has no more. */
  past(path: string): AsyncIterable<AnyRecord>;

  /** Newest first. */
  history(): AsyncIterable<HistoryEntry>;

  /** Yields after the tip moved, whoever moved it, and once at the start. Ends when the signal fires. */
  tips(signal: AbortSignal): AsyncIterable<Oid | null>;

  /** What changed between two tips, for those who watch. Null is the empty branch. */
  changes(before: Oid | null, after: Oid | null): Promise<readonly Change[]>;

  readonly archive: Archive;
  readonly journals: Journals;

  close(): Promise<void>;
}

export interface LocatedBranch {
  /** `refs/heads/intercom`, `refs/remotes/origin/intercom` or `FETCH_HEAD`. */
  readonly ref: string;
  readonly tip: Oid;
}

/** What the code's own branches and work trees say; asked of the real git, and bounded in time. */
export interface Surroundings {
  /** Paths that differ from their commit, by linked work tree; this one included. */
  changes(paths: readonly string[]): Promise<readonly WorktreeChanges[]>;
  /**
   * Files on these paths that differ from their commit, of this work tree alone, and were touched since then. A file that
   * was written in the same instant counts.
   */
  changedSince(paths: readonly string[], sinceMs: number): Promise<readonly string[]>;
  /** For each path in order the branches with commits on it that the default branch has in no form. */
  unmergedBranches(paths: readonly string[]): Promise<readonly (readonly string[])[]>;
  /** What became of the branches that work was begun on, in the order asked. */
  branchStates(asked: readonly AskedBranch[]): Promise<readonly BranchState[]>;
  /** Of a branch here: its commits on these paths that the default branch has in no form; undefined where there are none. */
  unmerged(branch: string, paths: readonly string[]): Promise<Unmerged | undefined>;
  /** What became of finished work, in the order asked. */
  landingStates(asked: readonly AskedLanding[]): Promise<readonly LandingState[]>;
  /** What was done between two revisions, or which of them are not in this clone. */
  commitRange(base: string, head: string): Promise<CommitRange | MissingRevisions>;
  defaultBranch(): Promise<string | null>;
  /** A text file of this work tree, or why it is none that could be shown to others. */
  pinnedFile(path: string): Promise<PinnedFile | { readonly flaw: string }>;
  /** Changes as a patch: of a range such as `main..HEAD`, below a path, or of the whole work tree (''); or why there is none. */
  workPatch(what: string): Promise<WorkPatch | { readonly flaw: string }>;
  /** What stands at this path of the work tree. */
  kindAt(path: string): 'file' | 'folder' | undefined;
  /** What a path means where there are symbolic links on its way, or at its end; the path itself where there are none. */
  throughLinks(path: string): readonly string[];
  /** Of an absolute path that lies in another work tree of this repository; any other stays as it is. */
  samePathHere(absolute: string): string;
}

export interface AskedBranch {
  readonly branch: string;
  /** When work on it was begun: what was merged before does not count. */
  readonly sinceMs: number;
  /** Where work on it was begun, when that was on this host; null when it was elsewhere. */
  readonly worktree: string | null;
}

/**
 * `absent`: not in this clone, and it cannot be told whether it was pushed, fetched or deleted. `uncertain`: here, but
 * too little of the history to tell whether it is merged.
 */
export type BranchState = 'live' | 'merged' | 'deleted' | 'absent' | 'uncertain';

export interface AskedLanding extends AskedBranch {
  readonly paths: readonly string[];
  /** The commit that is to land. */
  readonly tip: string;
}

/**
 * `here`: not merged, and the checked out commit has it. `merged` also as one squashed or rebased commit. `gone`: not
 * merged, and its branch is deleted. `unknown`: the commit is not in this clone, or there is no default branch.
 */
export type LandingState = 'waiting' | 'here' | 'merged' | 'gone' | 'unknown';

export interface ClaimedCommit {
  readonly oid: string;
  /** When it was written first, by its author's clock: a rebase does not change it. */
  readonly atMs: number;
  readonly claims: readonly string[];
  /** Of a merge what it changed itself. */
  readonly paths: readonly string[];
}

export interface CommitRange {
  /** Of the common ancestor and the head; of the base and the head when `isCut`. Of a rename, both names. */
  readonly paths: readonly string[];
  /** Authors of its commits, and agents that their trailers name. */
  readonly makers: readonly string[];
  /** The branches that the head is. */
  readonly branches: readonly string[];
  /** Those that say which claims they were made under, as our commit-msg hook has them say. */
  readonly commits: readonly ClaimedCommit[];
  /** The common ancestor is not in this clone: a shallow checkout has too little of the history. */
  readonly isCut: boolean;
}

export interface MissingRevisions {
  readonly missing: readonly string[];
}

export interface HistoryEntry {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  readonly at: Instant;
  readonly subject: string;
  readonly message: string;
  /** Undefined for a commit that git-intercom did not write. */
  readonly op: string | undefined;
  readonly agent: string | undefined;
  readonly ids: readonly string[];
  readonly paths: readonly string[];
}

/** Where the store works, for those who show it or look at the work tree. */
export interface Place {
  readonly commonDir: string;
  readonly workTree: string | null;
  readonly headBranch: string | null;
  readonly ref: string;
  readonly ignoreCase: boolean;
  readonly isShallow: boolean;
  readonly refFormat: 'files' | 'reftable';
  /** `server~1f3a9c20` where several repositories share the branch in a hub; null where this one is its own. */
  readonly repository: string | null;
}

/** Setting up, looking over and tidying a repository's coordination; never called from a hook. */
export interface Upkeep {
  /** Creates the branch where there is none (or starts it where the remote's is), and makes the projection fresh. */
  openBranch(): Promise<{ readonly created: boolean; readonly tip: Oid }>;
  /**
   * Writes the team's policy file with every default shown, where there is none, and sets what is given in it, line by
   * line. Undefined in a bare repository.
   */
  writePolicy(keys: PolicyKeys, how: 'write' | 'rehearse'): Promise<PolicyWritten | undefined>;
  /** Makes a hub that has a name only, where there is none; rejects with `usage` where the hub cannot be one. */
  prepareHub(hub: string, how: 'write' | 'rehearse'): Promise<PreparedHub>;
  /** Those of the repository's own configuration; `hasBranch` where the coordination branch was fetched from one. */
  remotes(): Promise<readonly { readonly name: string; readonly url: string; readonly hasBranch: boolean }[]>;
  inspect(): Promise<readonly Finding[]>;
  /** Mends what can be mended without losing anything; answers what was done. */
  repair(): Promise<readonly string[]>;
  pack(): Promise<PackReport>;
  /**
   * Takes away what is local: what `init` wrote into the policy file where nobody changed it since and git does not know
   * it, and the folder `intercom/` in the common git directory. The branch stays. Answers what went, from the top of the work tree.
   */
  takeDown(policy: PolicyUndo | undefined, how: 'write' | 'rehearse'): Promise<readonly string[]>;
}

/** What `init` sets in the policy file; null takes a key out, undefined leaves it. */
export interface PolicyKeys {
  readonly remote?: string | null | undefined;
  readonly hub?: string | null | undefined;
  readonly repository?: string | null | undefined;
}

export interface PreparedHub {
  /** What this repository is called there, `server~1f3a9c20`. */
  readonly key: string;
  /** Where it lies in the user's data folder; undefined for one that lies elsewhere. */
  readonly folder: string | undefined;
  readonly created: boolean;
}

/** How the policy file was left, and the text that goes back; undefined: there was no file. */
export interface PolicyUndo {
  readonly digest: string;
  readonly before?: string | undefined;
}

export interface PolicyWritten {
  readonly path: string;
  readonly changed: boolean;
  /** The text that stood there; undefined where there was no file. */
  readonly before: string | undefined;
}

export interface Finding {
  readonly level: 'error' | 'warning' | 'info';
  readonly what: string;
  readonly next: string;
}

export interface PackReport {
  /** Why nothing was packed, or undefined. */
  readonly skipped: string | undefined;
  readonly objects: number;
  readonly bytes: number;
}

export type { Sync } from './sync/port.ts';
