/**
 * The library: the operations as methods, notices as they happen, and the two pure questions about patterns.
 *
 * `openIntercom` opens one handle on one repository for one agent. Calls on a handle are decided one after the other.
 */
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import type { Notice } from './domain/notice/notice.ts';
import { type AnsweredHook, answerHookOf } from './guard/answer-hook.ts';
import type { Harness, HookInput } from './harness/harness.ts';
import { open } from './open.ts';
import type { Answer } from './operations/answer.ts';
import { calledNow } from './operations/called-now.ts';
import { operations } from './operations/index.ts';
import { watch } from './operations/watch.ts';
import { selfProcess } from './store/local/process.ts';

export { IntercomError } from './domain/failure.ts';
export type { GuardAnswer, SessionEvent, ShellWrites } from './domain/guard/event.ts';
export type { Notice } from './domain/notice/notice.ts';
export { patternMatches, patternsOverlap } from './domain/pattern/text.ts';
export type { Refusal } from './domain/refusal.ts';
export type { AnsweredHook } from './guard/answer-hook.ts';
export type { Harness, Hook, HookInput, HookOutput } from './harness/harness.ts';
export { pathsInPatch } from './harness/patch.ts';
export type { Answer } from './operations/answer.ts';

export interface IntercomOptions {
  /** Any folder of the repository. */
  readonly dir: string;
  /** The name to act under; registered by its first use. */
  readonly agent: string;
  /** A uid of your own, for a session that must not share its name with another. */
  readonly uid?: string;
  readonly harness?: string;
  readonly model?: string;
  /** `process` (the default): the agent is gone when this process is. `none`: only leases tell. */
  readonly lifetime?: 'process' | 'none';
  /** Read for GIT_DIR and its likes, and for HOME; the environment of the process unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

type Operations = typeof operations;
type Result<Name extends keyof Operations> =
  Awaited<ReturnType<Operations[Name]['run']>> extends Answer<infer Value> ? Value : never;

/** Of whatever records a text. */
export interface AllowingSecret {
  /** Why it is to be recorded although it looks like a secret; otherwise it is refused as `secret-found`. */
  readonly allowSecret?: string;
}

/**
 * Each resolves to `done` with the value, `refused` with the reason and the way on, or `pending` after a wait that ran
 * out; and rejects with IntercomError when the world fails, or with a ZodError for input of the wrong shape.
 */
export type Intercom = {
  readonly [Name in keyof Operations]: (
    input?: z.input<Operations[Name]['input']> & AllowingSecret,
    signal?: AbortSignal,
  ) => Promise<Answer<Result<Name>>>;
} & {
  /** What happens on the branch from now on, in order, as this agent sees it. */
  watch(signal?: AbortSignal): AsyncIterable<Notice>;
  /** Ends watches and helpers; claims stay until they are released or lapse. */
  close(): Promise<void>;
};

export async function openIntercom(options: IntercomOptions): Promise<Intercom> {
  const { session } = await open({
    cwd: options.dir,
    env: options.env ?? process.env,
    agent: options.agent,
    uid: options.uid,
    isGiven: options.uid === undefined,
    harness: options.harness,
    model: options.model,
    process: options.lifetime === 'none' ? undefined : selfProcess(),
    commandFile: fileURLToPath(new URL('bin.cjs', import.meta.url)),
  });
  const closing = new AbortController();
  const methods = Object.entries(operations).map(([name, operation]) => [
    name,
    (input: { readonly allowSecret?: string } = {}, signal?: AbortSignal) => {
      const meant = operation.input.parse(input) as never;
      const ending = joined(closing.signal, signal);
      const { allowSecret } = input;
      const act = async () => operation.run(meant, { ...(await calledNow(session)), allowSecret }, ending);
      return act();
    },
  ]);
  return {
    ...(Object.fromEntries(methods) as unknown as Intercom),
    watch: (signal) => watch(session, joined(closing.signal, signal)),
    close: async () => {
      closing.abort();
      await session.store.close();
    },
  };
}

export interface HookCallOptions {
  /** Of your own; `git intercom hook` answers those that come along. */
  readonly harness: Harness;
  /** By the harness's own name. */
  readonly event: string;
  /** What the harness wrote, parsed. */
  readonly input: HookInput;
  /** Where the session works, for hooks that do not say; the current folder unless given. */
  readonly dir?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Answers a hook of a harness that git-intercom does not know: write the output as the harness reads it, then `settle`.
 * A guard that fails answers that nothing is stopped, and says so; only `harness` itself can make this reject.
 */
export function answerHook({ harness, event, input, dir, env }: HookCallOptions): Promise<AnsweredHook> {
  const commandFile = fileURLToPath(new URL('bin.cjs', import.meta.url));
  return answerHookOf({ harness, event, input, cwd: dir ?? process.cwd(), env: env ?? process.env, commandFile });
}

function joined(always: AbortSignal, signal: AbortSignal | undefined): AbortSignal {
  return signal === undefined ? always : AbortSignal.any([always, signal]);
}
