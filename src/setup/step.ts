/**
 * What a set-up does, as data: a harness, or the hooks of git, answers steps and touches nothing itself. Each kind of
 * step can be done again without a change, be rehearsed, and be taken back.
 */

export type Step = JsonStep | OwnFileStep | BlockStep | CommandStep | SayStep;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Members and list elements in a JSON file that belongs to somebody else. Comments and trailing commas are kept. */
export interface JsonStep {
  readonly kind: 'json';
  readonly file: string;
  readonly edits: readonly JsonEdit[];
  /**
   * Texts of which one stands in every value of ours, and in nobody else's: by them an earlier version of a value is
   * found and replaced, and what became of ours is found after somebody edited the file.
   */
  readonly marks: readonly string[];
}

export interface JsonEdit {
  readonly path: readonly string[];
  readonly value: Json;
  /**
   * `member`: the value at the path; somebody else's value there is never replaced, and the step is refused.
   * `element`: one more element of the list at the path. `default`: a member that is set only where there is none, and
   * goes again only with the whole file.
   */
  readonly how: 'member' | 'element' | 'default';
}

/** A file that is ours from the first byte to the last. */
export interface OwnFileStep {
  readonly kind: 'file';
  readonly file: string;
  readonly text: string;
  readonly isExecutable?: boolean;
  /** In a folder of ours, where nobody else writes: replaced and deleted without looking whether it was changed. */
  readonly isPrivate?: boolean;
}

/** Some lines in a text that belongs to somebody else, between two marks: `# >>> git-intercom >>>` and `# <<< git-intercom <<<`. */
export interface BlockStep {
  readonly kind: 'block';
  readonly file: string;
  /** Without the marks; ends in a line feed. */
  readonly lines: string;
  readonly at: 'after-shebang' | 'end';
  /** How a line of remarks begins there; `#` where it is not said. */
  readonly comment?: '//';
  /** What a new file begins with, `#!/bin/sh\n` for a hook; it goes with the block. */
  readonly head?: string;
  readonly isExecutable?: boolean;
}

/** A vendor's own command, which is preferred to editing the vendor's files. */
export interface CommandStep {
  readonly kind: 'command';
  readonly command: readonly string[];
  readonly undo: readonly string[];
  /** Files that the command is known to change. They are put back byte for byte where nobody changed them since. */
  readonly touches: readonly string[];
  /** Folders named after us that the vendor's own undo leaves behind: deleted with all that is in them. */
  readonly leaves?: readonly string[];
  /** Folders of the vendor that the command may make: they go again where they are empty. */
  readonly makes?: readonly string[];
  /** Known from files, so that a second run starts no program. All must hold. */
  readonly doneWhen: readonly Probe[];
}

export type Probe =
  | { readonly file: string; readonly includes: string }
  | { readonly file: string; readonly path: readonly (string | number)[]; readonly equals?: Json };

/** What only the person can do, or has to know. Said when something changed. */
export interface SayStep {
  readonly kind: 'say';
  readonly text: string;
}

/** Steps belong to a harness or to `git-hooks`, so that they can be told and taken back apart from the others. */
export interface Part {
  readonly owner: string;
  /** `user`: for all repositories of this person. Otherwise the common git directory of the one that is meant. */
  readonly scope: string;
  readonly steps: readonly Step[];
  /** As people know it, for findings. */
  readonly title: string;
  /** The options of `init` that do this part again. */
  readonly again: string;
}
