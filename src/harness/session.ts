/** A session of a coding agent's program, as a process that it started can tell. */

export interface HarnessSession {
  readonly harness: string;
  /** As the harness calls it; undefined where it does not tell. The same after a resume. */
  readonly id: string | undefined;
  /** The harness's own process; undefined where it is not told, and is to be looked for above ours. */
  readonly pid: number | undefined;
}

/** What a process has from its starter. */
export type Environment = Readonly<Record<string, string | undefined>>;
