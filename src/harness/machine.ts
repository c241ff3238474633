/** What a set-up knows of the machine: data, so that each harness's steps are a pure function of it. */
import type { Step } from '../setup/step.ts';

export interface Machine {
  readonly home: string;
  /** What the process has from its starter: folders of harnesses can be moved by a variable. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ours, in the user's data folder. */
  readonly dataFolder: string;
  /** The script that harnesses start; its path stays the same from version to version. */
  readonly launcher: string;
  readonly program: { readonly node: string; readonly file: string; readonly version: string };
  /** What the package has for harnesses, by its path in `hooks/` or in what is built of `src/plugins/`. */
  readonly shipped: Readonly<Record<string, string>>;
  /** Whether the person allows agents to call our tools without being asked each time. */
  readonly mayCallTools: boolean;
  /** What a harness answers to `--version`; undefined where it was not asked, or did not say. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly hasFile: (path: string) => boolean;
}

export interface HarnessSetup {
  readonly name: string;
  /** As its vendor writes it. */
  readonly title: string;
  readonly binary: string;
  /** That it was used here; where there is no binary on the PATH, that alone tells. */
  readonly folder: (machine: Machine) => string;
  /** Vendors' commands are called: without the binary there is no set-up. */
  readonly needsBinary: boolean;
  /** Other programs are called the same: a binary alone says nothing. */
  readonly hasCommonName?: boolean;
  /** Its version decides what is written. */
  readonly asksVersion?: boolean;
  readonly steps: (machine: Machine) => readonly Step[];
}
