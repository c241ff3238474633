/** A harness as guards see it: pure functions between its words and ours. `README.md` says how to add one. */
import type { GuardAnswer, SessionEvent } from '../domain/guard/event.ts';

export interface Harness {
  /** As hooks call it. */
  readonly name: string;
  /** The harness whose sessions these are, where it is called by another name. */
  readonly sessionsOf?: string;
  /** Undefined for a moment at which we have nothing to do. Never throws on input that is not as expected. */
  readonly read: (event: string, input: HookInput) => Hook | undefined;
  /** In the form that the harness reads. `event` is by its own name. */
  readonly answer: (event: string, answer: GuardAnswer) => HookOutput;
}

/** What a harness writes to a hook's stdin, or hands to a tool. */
export type HookInput = Readonly<Record<string, unknown>>;

export interface Hook {
  /** The session by its own name; undefined where the harness does not tell. */
  readonly session: string | undefined;
  /** What the `sh` gate may know it by, where only hooks are told the name and the session is the process. */
  readonly gateKey?: string | undefined;
  /** Where the session works now; relative paths are from there. */
  readonly cwd: string | undefined;
  /** Paths as the harness has them, absolute or from `cwd`. */
  readonly event: HookEvent;
}

/** Of a shell command the line itself: what it writes is read from it only where that is asked. */
export type HookEvent =
  | Exclude<SessionEvent, { readonly kind: 'before-shell' }>
  | { readonly kind: 'before-shell'; readonly command: string; readonly hears?: boolean };

/** Empty texts are not written at all. */
export interface HookOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export const silence: HookOutput = { stdout: '', stderr: '', exitCode: 0 };

export function json(value: object): HookOutput {
  return { ...silence, stdout: JSON.stringify(value) };
}
