/** What a surface asks of the set-up of a machine. Types only; src/machine/setup.ts composes the real one. */
import type { Finding } from '../store/port.ts';

export interface MachineSetup {
  /** Every harness that can be set up, by name. */
  readonly names: readonly string[];
  /** Those that are on this machine. */
  readonly detect: () => readonly Detected[];
  /** Asks the person, once; undefined where they gave up. */
  readonly ask: (found: readonly Detected[], wanted: readonly string[] | undefined) => Promise<Answers | undefined>;
  readonly confirm: (question: string) => Promise<boolean>;
  readonly apply: (wish: Wish) => SetupReport;
  readonly remove: (from: { readonly commonDir: string | undefined; readonly isRehearsal: boolean }) => SetupReport;
  /** The policy file that init wrote into a repository, as its bytes were. */
  readonly policyOf: (commonDir: string) => WrittenPolicy | undefined;
  readonly findings: (commonDir: string | undefined) => readonly Finding[];
}

export interface WrittenPolicy {
  readonly file: string;
  readonly digest: string;
  /** The text that stood there before; undefined where there was no file. */
  readonly before: string | undefined;
}

export interface Detected {
  readonly name: string;
  readonly title: string;
}

export interface Answers {
  readonly harnesses: readonly string[];
  readonly mayCallTools: boolean;
}

export interface Wish extends Answers {
  /** Undefined: along with a harness, and again where they are already. */
  readonly gitHooks: boolean | undefined;
  readonly commonDir: string;
  readonly workTree: string | null;
  /** Where it was just written. */
  readonly policyFile: string | undefined;
  readonly policyBefore?: string | undefined;
  /** A hub in the user's data folder that the repository uses. */
  readonly hubFolder?: string | undefined;
  readonly isRehearsal: boolean;
}

export interface SetupReport {
  readonly harnesses: readonly { readonly name: string; readonly changed: readonly string[] }[];
  readonly hooks: readonly string[];
  readonly changed: readonly string[];
  readonly commands: readonly string[];
  /** What only the person can do. */
  readonly notes: readonly string[];
  /** What was left as it is, and what to do. */
  readonly refused: readonly { readonly what: string; readonly next: string }[];
  /** Of a rehearsal: a unified diff of each file. */
  readonly diff: string;
}
