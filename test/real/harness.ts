/** What the tests must know of a real harness: where it comes from, and how it is started without a person. */
import type { Distribution } from './installed.ts';

export interface RealHarness extends Distribution {
  /** As it is called on the PATH. */
  readonly binary: string;
  /** Files of the home, by their path in it: its model is the scripted one, and its first questions are answered. */
  readonly files: (modelUrl: string) => Readonly<Record<string, string>>;
  /** Files of the home again, for a folder that the person trusts. */
  readonly trust: (folder: string, read: (path: string) => string) => Readonly<Record<string, string>>;
  readonly env: (session: { readonly modelUrl: string; readonly key: string }) => Readonly<Record<string, string>>;
  /** Answers the prompt and ends. */
  readonly once: (prompt: string) => readonly string[];
  /** In a terminal, until it is closed. */
  readonly open: readonly string[];
  /** What its terminal shows when it takes a prompt. */
  readonly ready: RegExp;
}
