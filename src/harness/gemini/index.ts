/**
 * Gemini CLI, by Google (geminicli.com/docs/hooks/reference). It tells its session to hooks alone, and neither to servers
 * nor to commands: so that all three are one agent, its process is the session.
 */
import { posix } from 'node:path';
import type { GuardAnswer } from '../../domain/guard/event.ts';
import { type Harness, type Hook, type HookEvent, type HookInput, type HookOutput, json, silence } from '../harness.ts';
import { gateKeyIn, objectIn, pathsIn, textIn } from '../input.ts';

const editTools = new Set(['replace', 'write_file']);
const shellTool = 'run_shell_command';

export const gemini: Harness = { name: 'gemini', read, answer };

function read(event: string, input: HookInput): Hook | undefined {
  const cwd = textIn(input, 'cwd');
  const said = eventOf(event, input);
  if (said === undefined) return undefined;
  const folder = said.kind === 'before-shell' ? textIn(objectIn(input, 'tool_input'), 'dir_path') : undefined;
  return {
    session: undefined,
    gateKey: gateKeyIn(input),
    cwd: cwd === undefined || folder === undefined ? cwd : posix.resolve(cwd, folder),
    event: said,
  };
}

function eventOf(event: string, input: HookInput): HookEvent | undefined {
  const tool = textIn(input, 'tool_name') ?? '';
  const given = objectIn(input, 'tool_input');
  switch (event) {
    case 'BeforeTool': {
      if (tool === shellTool) return { kind: 'before-shell', command: textIn(given, 'command') ?? '' };
      const paths = editTools.has(tool) ? pathsIn(given) : [];
      return paths.length === 0 ? undefined : { kind: 'before-edit', paths };
    }
    case 'AfterTool':
      return tool === shellTool ? { kind: 'after-shell', lastedMs: undefined } : { kind: 'between-steps' };
    case 'BeforeAgent':
      return { kind: 'prompt' };
    case 'AfterAgent':
      return { kind: 'turn-end', isGoingOn: input.stop_hook_active === true };
    case 'SessionStart':
      return { kind: 'session-start' };
    case 'SessionEnd':
      return { kind: 'session-end' };
    default:
      return undefined;
  }
}

/**
 * `ask` refuses: Gemini knows the decision, but without a terminal it waits for ever for a person. Before a tool there
 * is no context; what is said there reaches nobody but the person.
 */
function answer(event: string, { permission, reason, context, goOn, failure }: GuardAnswer): HookOutput {
  const denied = goOn ?? (permission === 'as-usual' ? undefined : reason);
  const parts = {
    ...(denied !== undefined && { decision: 'deny', reason: denied }),
    ...(failure !== undefined && { systemMessage: failure }),
    ...(context !== undefined && { hookSpecificOutput: { hookEventName: event, additionalContext: context } }),
  };
  return Object.keys(parts).length === 0 ? silence : json(parts);
}
