/**
 * Hooks in the form that Claude Code made and others took over (code.claude.com/docs, "Hooks reference"): one JSON object
 * in, one out, the decision under `hookSpecificOutput`.
 */
import type { GuardAnswer } from '../domain/guard/event.ts';
import { type Hook, type HookEvent, type HookInput, type HookOutput, json, silence } from './harness.ts';
import { numberIn, objectIn, pathsIn, textIn } from './input.ts';
import { pathsInPatch } from './patch.ts';

/** Which tools write files, and which run commands, by the harness's own names. */
export interface Tools {
  readonly edit: ReadonlySet<string>;
  readonly shell: ReadonlySet<string>;
}

export function readClaudeForm(event: string, input: HookInput, tools: Tools): Hook | undefined {
  const read = eventOf(event, input, tools);
  return read === undefined
    ? undefined
    : { session: textIn(input, 'session_id'), cwd: textIn(input, 'cwd'), event: read };
}

function eventOf(event: string, input: HookInput, tools: Tools): HookEvent | undefined {
  const tool = textIn(input, 'tool_name') ?? '';
  const given = objectIn(input, 'tool_input');
  switch (event) {
    case 'PreToolUse':
      if (tools.shell.has(tool)) {
        return { kind: 'before-shell', command: textIn(given, 'command') ?? '', ...hears(input) };
      }
      return tools.edit.has(tool) ? beforeEdit(given, input) : undefined;
    case 'PostToolUse':
    case 'PostToolUseFailure':
      if (tools.shell.has(tool)) return { kind: 'after-shell', lastedMs: numberIn(input, 'duration_ms') };
      return { kind: 'between-steps' };
    case 'PostToolBatch':
      return { kind: 'between-steps' };
    case 'UserPromptSubmit':
      return { kind: 'prompt' };
    case 'Stop':
      return { kind: 'turn-end', isGoingOn: isTrue(input.stop_hook_active) };
    case 'SessionStart':
      return { kind: 'session-start' };
    case 'SessionEnd':
      return { kind: 'session-end' };
    default:
      return undefined;
  }
}

/** A hook that calls a tool is given texts. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** Our own field, in hooks that we set up: no other hook of this tool brings the mail. */
function hears(input: HookInput): { readonly hears?: true } {
  return input.mail === 'now' ? { hears: true } : {};
}

/** A patch is the argument of a command-like tool. */
function beforeEdit(given: HookInput, input: HookInput): HookEvent | undefined {
  const patch = textIn(given, 'command', 'patch', 'input');
  const paths = [...pathsIn(given), ...(patch === undefined ? [] : pathsInPatch(patch))];
  return paths.length === 0 ? undefined : { kind: 'before-edit', paths, ...hears(input) };
}

export function answerClaudeForm(event: string, answer: GuardAnswer): HookOutput {
  const { permission, reason, context, goOn, failure } = answer;
  if (goOn !== undefined) return json({ decision: 'block', reason: goOn });
  const decision =
    permission === 'as-usual'
      ? {}
      : { permissionDecision: permission === 'ask' ? 'ask' : 'deny', permissionDecisionReason: reason };
  const specific = { ...decision, ...(context !== undefined && { additionalContext: context }) };
  const parts = {
    ...(failure !== undefined && { systemMessage: failure }),
    ...(Object.keys(specific).length > 0 && { hookSpecificOutput: { hookEventName: event, ...specific } }),
  };
  return Object.keys(parts).length === 0 ? silence : json(parts);
}
