/** What the CI check reports. Types and their order only: the rules stand beside this file, the formats in ci/. */

/** From the mildest to the gravest: a claim nobody needs any more, two who want one path, a record nobody can read. */
export const gravities = ['stale', 'conflict', 'broken'] as const;
export type Gravity = (typeof gravities)[number];

export const checkRules = {
  'lease-over': { gravity: 'stale', title: 'The lease of a claim is over' },
  'holder-gone': { gravity: 'stale', title: 'The holder of a claim is gone' },
  'branch-merged': { gravity: 'stale', title: 'The branch of a claim is merged' },
  'branch-deleted': { gravity: 'stale', title: 'The branch of a claim is deleted' },
  'too-old': { gravity: 'stale', title: 'A claim is older than the team allows' },
  'claimed-by-other': { gravity: 'conflict', title: 'A change touches what another agent claims' },
  'claims-overlap': { gravity: 'conflict', title: 'Two exclusive claims overlap' },
  'commit-by-hand': { gravity: 'conflict', title: 'A commit on the coordination branch was made by hand' },
  'not-linear': { gravity: 'broken', title: 'The history of the coordination branch is not one line' },
  'written-for-another': { gravity: 'broken', title: 'A commit writes what is another agent’s to write' },
  'unreadable-written': { gravity: 'broken', title: 'A commit wrote a record that cannot be read' },
  unsigned: { gravity: 'broken', title: 'A commit of the coordination branch is not signed' },
  'badly-signed': { gravity: 'broken', title: 'The signature of a commit cannot be believed' },
  'unreadable-record': { gravity: 'broken', title: 'A record cannot be read' },
} as const satisfies Readonly<Record<string, { readonly gravity: Gravity; readonly title: string }>>;

export type CheckRule = keyof typeof checkRules;

export interface CheckFinding {
  readonly rule: CheckRule;
  readonly gravity: Gravity;
  /** One sentence: what is wrong, with whose claim, on what. */
  readonly what: string;
  /** The next command, or what to do. */
  readonly next: string;
  /** The claim, record or commit that it is about. */
  readonly id: string;
  readonly agent: string | null;
  /** Paths or patterns of the code that it concerns; empty for a record that is no claim. */
  readonly paths: readonly string[];
  /** The file on the coordination branch. */
  readonly record: string;
}

export interface Judgement {
  readonly ok: boolean;
  /** The gravest first, then by age of the record. */
  readonly findings: readonly CheckFinding[];
  /** What could not be looked at, in sentences: a shallow checkout, a range that is not here, a holder elsewhere. */
  readonly unseen: readonly string[];
  readonly counts: { readonly claims: number; readonly records: number };
}

export interface CheckReport extends Judgement {
  /** The branch that was read; where there is none, the one that was looked for. */
  readonly ref: string;
}
