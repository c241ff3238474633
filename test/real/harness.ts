/** What the tests must know of a real harness: where it comes from, and how it is started without a person. */
import type { Distribution } from './installed.ts';
import type { At, Steps } from './steps.ts';

export interface RealHarness extends Distribution {
  readonly title: string;
  /** As it is called on the PATH. */
  readonly binary: string;
  /** Files of the home, by their path in it: its model is the scripted one, and its first questions are answered. */
  readonly files: (modelUrl: string) => Readonly<Record<string, string>>;
  /** Files of the home again, for a folder that the person trusts; a harness may trust all. */
  readonly trust?: (folder: string, read: (path: string) => string) => Readonly<Record<string, string>>;
  readonly env: (session: { readonly modelUrl: string; readonly key: string }) => Readonly<Record<string, string>>;
  /** Answers the prompt and ends. */
  readonly once: (prompt: string) => readonly string[];
  /** Where a test has it wait for the next prompt. */
  readonly idle?: Idle;
  readonly steps: (at: At) => Steps;
}

export interface Idle {
  /** In a terminal: answers the prompt and waits for the next. */
  readonly open: (prompt: string) => readonly string[];
  /** Where it writes down what happens in its sessions, in the home, and what it writes there when a turn is over. */
  readonly transcripts: string;
  readonly endOfTurn: string;
}
