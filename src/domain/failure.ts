/**
 * The world failing: no repository, no permission, damaged data. Thrown, never returned.
 *
 * An expected "no" is a Refusal (see refusal.ts) and is returned; a bug is a failed assertion and is neither.
 */

export type FailureCode =
  | 'not-a-repository'
  | 'unsupported-repository'
  | 'unsafe-repository'
  | 'read-only'
  | 'locked'
  | 'ref-locked'
  | 'ref-conflict'
  | 'damaged'
  | 'disk-full'
  | 'too-large'
  | 'git-failed'
  | 'signing-failed'
  | 'io-failed'
  | 'offline'
  | 'usage';

export class IntercomError extends Error {
  readonly code: FailureCode;
  /** The next command to run or thing to do, as a sentence. */
  readonly next: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(parts: {
    readonly code: FailureCode;
    /** What happened, to what, as a sentence. */
    readonly message: string;
    readonly next: string;
    readonly data?: Readonly<Record<string, unknown>>;
    readonly cause?: unknown;
  }) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'IntercomError';
    this.code = parts.code;
    this.next = parts.next;
    this.data = parts.data ?? {};
  }

  /** Parts of the command that are loaded apart have a copy of this class each. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'IntercomError';
  }
}
