/** What the rules are given. Everything is looked up before, so that a rule is a pure question. */
import type { AgentRecord, ClaimRecord, UnreadableRecord } from '../record/record.ts';
import type { SeenHistory } from './seen-commit.ts';

export interface Seen {
  readonly nowMs: number;
  /** The machine of `nowMs`. */
  readonly host: string;
  readonly boot?: string | undefined;
  /** The clock of another machine may differ by this much before a lease of it counts as over. */
  readonly clockDriftSeconds: number;
  /** Undefined: a claim may be as old as it likes. */
  readonly maxAgeSeconds: number | undefined;
  readonly ignoreCase: boolean;
  readonly claims: readonly SeenClaim[];
  readonly unreadable: readonly SeenUnreadable[];
  /** Undefined: it was not looked at. */
  readonly history?: SeenHistory | undefined;
  /** Registered ones, by name. */
  readonly agents?: ReadonlyMap<string, AgentRecord> | undefined;
  /** Undefined: no range was asked for, or it is not here. */
  readonly range: SeenRange | undefined;
}

export interface SeenClaim {
  readonly claim: ClaimRecord;
  /** On the coordination branch. */
  readonly file: string;
  readonly holder: SeenHolder;
  /** `unknown` also for a claim that names no branch. */
  readonly branch: 'live' | 'merged' | 'deleted' | 'unknown';
}

export type SeenHolder =
  | { readonly state: 'alive' | 'unknown' }
  /** Its process has ended; `leftChanges` when its work tree has changes on the claimed paths that nobody committed. */
  | { readonly state: 'dead'; readonly pid: number; readonly leftChanges: boolean }
  | { readonly state: 'left'; readonly atMs: number };

export interface SeenUnreadable {
  readonly record: UnreadableRecord;
  /** Where it belongs: `claims/<id>`. */
  readonly path: string;
  readonly file: string;
  /** Only commits made by hand have it, and these are not obeyed. */
  readonly isByHand?: boolean;
}

export interface SeenRange {
  /** Files from the top of the repository, as git lists them. */
  readonly paths: readonly string[];
  /** Authors of its commits, and agents that their trailers name, as they are written there. */
  readonly makers: readonly string[];
  /** The branches that its head is. */
  readonly branches: readonly string[];
  /** Those that name the claims they were made under. */
  readonly commits: readonly SeenMade[];
}

/** A commit of the code that our commit-msg hook has seen: it names all claims that its maker had on its paths then. */
export interface SeenMade {
  readonly oid: string;
  readonly atMs: number;
  readonly claims: readonly string[];
  readonly paths: readonly string[];
}
