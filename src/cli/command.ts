/** A row of the table of words: how a command is typed, what it calls, how its answer is told to people. */
import type { Answer } from '../operations/answer.ts';
import type { Session } from '../operations/session.ts';
import type { Terminal } from './terminal.ts';
import type { Option, Words } from './words.ts';

/** How a command is typed and explained: what help, the manual page and completion know of it. */
export interface Entry {
  readonly name: string;
  /** The words after the name: `<path…> [--shared]`; options are added from the table. */
  readonly synopsis: string;
  readonly summary: string;
  readonly group: 'Claims' | 'Messages' | 'People and agents' | 'History and checks' | 'Set-up';
  readonly options: readonly Option[];
  /** Paragraphs and examples below the options. */
  readonly notes?: readonly string[];
  /** What the first word after the name may be, where that is a short list. */
  readonly choices?: readonly string[];
}

export interface Command<Result = unknown> extends Entry {
  /** The folder whose repository is meant, where a word names it instead of `-C`. */
  readonly directory?: (words: Words) => string | undefined;
  readonly run: (words: Words, calling: Calling) => Promise<Answer<Result>>;
  /** What a person reads; not asked where `run` has printed already (live views) and answers undefined. */
  readonly render: (result: Result, telling: Telling, words: Words) => string;
  /** The answer does not depend on what is at the remote, or says itself that it was not fetched. */
  readonly knowsOfRemote?: boolean;
  /** 1 where the answer itself is a "no": a conflict, a finding. */
  readonly exitCode?: (result: Result) => 0 | 1;
}

/** A command whose answer is in the table itself: it needs no repository, and opens none. */
export interface TableCommand<Result = unknown> extends Entry {
  readonly answer: (words: Words, table: readonly Entry[]) => Result;
  readonly render: (result: Result) => string;
}

/** A command that opens the repository itself, when it comes to that: there may be none, or it may not matter. */
export interface FreeCommand<Result = unknown> extends Entry {
  readonly runFree: (words: Words, calling: FreeCalling) => Promise<Answer<Result>>;
  readonly render: (result: Result, terminal: Terminal) => string;
}

/** A command that is a program of its own, and prints what it likes: this is how it is explained. */
export interface ServedCommand extends Entry {
  readonly isServed: true;
}

export interface Calling {
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
  readonly isJson: boolean;
  /** The whole of stdin, for `-`. */
  readonly readStdin: () => string;
  readonly readFile: (path: string) => string;
  /** What a file of YAML or JSON holds; throws UsageError where it is neither. */
  readonly readData: (path: string) => unknown;
  /** Paths as typed, from the folder where they were typed, to paths from the top of the repository. */
  readonly fromTop: (typed: readonly string[], which?: 'files here') => string[];
}

export interface FreeCalling {
  /** The caller closes it, by its store. Throws IntercomError where there is no repository. */
  readonly openSession: () => Promise<Session>;
  readonly terminal: Terminal;
  readonly isJson: boolean;
}

/** A row of any kind. */
export type Row = Command | TableCommand | ServedCommand | FreeCommand;

export interface Telling {
  readonly terminal: Terminal;
  readonly nowMs: number;
  readonly self: string;
}

/** Keeps the type of a row's result between its `run` and its `render`. */
export function defineCommand<Result>(command: Command<Result>): Command<Result> {
  return command;
}
