/** The same work, in the words of each harness's tools. */
import type { Saying, ToolUse } from './model/saying.ts';

/** Paths are from the top of the repository. */
export interface Steps {
  readonly read: (path: string) => Saying;
  /** One line of a file that the session has read. */
  readonly edit: (path: string, from: string, to: string) => Saying;
  /** A file of that line alone. */
  readonly write: (path: string, line: string) => Saying;
  readonly shell: (command: string) => Saying;
  /** A tool of our server; absent where the harness has no servers. */
  readonly ours?: (tool: string, input: ToolUse['input']) => Saying;
}

/** Where a file of the repository is, for tools that want absolute paths. */
export type At = (path: string) => string;
