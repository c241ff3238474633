/** What work trees hold, as operations get it. Types only. */

export interface PinnedFile {
  /** As it is on the disk. */
  readonly text: string;
  /** What is checked out; absent before the first commit. */
  readonly commit?: string;
  /** That commit has it otherwise, or not at all. */
  readonly changed: boolean;
}

export interface WorkPatch {
  readonly text: string;
  /** What it applies to. */
  readonly commit: string;
}

export interface WorktreeChanges {
  readonly worktree: string;
  readonly branch: string | null;
  readonly paths: readonly string[];
}
