/** What the tests must know of a harness to start it with a scripted model, without a person and without an account. */
import type { Turn } from './turn.ts';

export interface RealHarness {
  readonly name: string;
  /** As its makers publish it on npm. */
  readonly package: string;
  readonly version: string;
  /** Below the folder that npm installed into; a script is run by node. */
  readonly file: string;
  /** Under its usual name, for set-up to find. */
  readonly binary: string;
  /** What a person has answered at the first start, by path below the home. */
  readonly answered: (repo: string) => Files;
  readonly start: (prompt: string, url: string) => Start;
  /** The calls by which its model changes `= 1` into `= 2`. */
  readonly edit: (file: string) => readonly Turn[];
  readonly run: (command: string) => Turn;
  /** Else its process is gone, which others find out. */
  readonly tellsItsEnd: boolean;
}

export interface Start {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** By path below the home. */
  readonly homeFiles?: Files;
  /** By path below the repository. */
  readonly repoFiles?: Files;
}

type Files = Readonly<Record<string, string>>;

export function call(tool: string, input: object | string): Turn {
  return { calls: [{ tool, input }] };
}

/** Of an account that is none. */
export const key = 'sk-test-00000000000000000000000000';
