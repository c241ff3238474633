/**
 * The tool `guard`: a hook that calls the running server instead of starting a program. It does what
 * `git intercom hook` does, in a few milliseconds. `tools/list` does not name it: harnesses call it by its name all the
 * same (Claude Code 2.1.329, Codex 0.169), and no model pays for reading of it.
 */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Caller } from './server.ts';

export const guardTool = 'guard';

type Input = Readonly<Record<string, unknown>>;

/** The caller of this call, with what else is known of it. */
type CallerOf = (input: Caller['input']) => Caller;

/** The hook's own fields, with `harness` and `event`; the answer is what a hook would have written to stdout. */
export type Guard = (input: Input, callerOf: CallerOf) => Promise<string>;

/** Text alone: it is parsed as the output of a hook, in which nothing else may stand. */
export async function callGuard(guard: Guard, input: Input = {}, callerOf: CallerOf): Promise<CallToolResult> {
  return { content: [{ type: 'text', text: await guard(input, callerOf) }] };
}
