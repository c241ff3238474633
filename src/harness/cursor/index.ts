/**
 * Cursor (cursor.com/docs/hooks). What a prompt's hook says reaches nobody: mail waits for the first tool or the end. It
 * tells its session to hooks alone: so that they and the server are one agent, its process is the session.
 */
import type { GuardAnswer } from '../../domain/guard/event.ts';
import { type Harness, type Hook, type HookEvent, type HookInput, type HookOutput, json, silence } from '../harness.ts';
import { gateKeyIn, numberIn, objectIn, pathsIn, textIn } from '../input.ts';

const editTools = new Set(['Write', 'Edit', 'StrReplace', 'Delete', 'EditNotebook']);

export const cursor: Harness = { name: 'cursor', read, answer };

function read(event: string, input: HookInput): Hook | undefined {
  const said = eventOf(event, input);
  if (said === undefined) return undefined;
  const roots = Array.isArray(input.workspace_roots) ? input.workspace_roots : [];
  const cwd = textIn(input, 'cwd') ?? textIn({ root: roots[0] }, 'root');
  const folder = event === 'preToolUse' ? textIn(objectIn(input, 'tool_input'), 'cwd') : undefined;
  return { session: undefined, gateKey: gateKeyIn(input), cwd: folder ?? cwd, event: said };
}

function eventOf(event: string, input: HookInput): HookEvent | undefined {
  const tool = textIn(input, 'tool_name') ?? '';
  switch (event) {
    case 'preToolUse': {
      if (tool === 'Shell') return beforeShell(objectIn(input, 'tool_input'));
      const paths = editTools.has(tool) ? pathsIn(objectIn(input, 'tool_input')) : [];
      return paths.length === 0 ? undefined : { kind: 'before-edit', paths };
    }
    case 'beforeShellExecution':
      return beforeShell(input);
    case 'postToolUse':
    case 'postToolUseFailure':
      if (tool === 'Shell') return { kind: 'after-shell', lastedMs: numberIn(input, 'duration') };
      return { kind: 'between-steps' };
    case 'stop':
      if (input.status !== 'completed') return undefined;
      return { kind: 'turn-end', isGoingOn: (numberIn(input, 'loop_count') ?? 0) > 0 };
    case 'sessionStart':
      return { kind: 'session-start' };
    case 'sessionEnd':
      return { kind: 'session-end' };
    default:
      return undefined;
  }
}

function beforeShell(given: HookInput): HookEvent {
  return { kind: 'before-shell', command: textIn(given, 'command') ?? '' };
}

/**
 * Asking works before a shell command alone; before other tools `ask` would let them run, so it refuses. Of the two
 * messages versions differ in which one the agent hears.
 */
function answer(event: string, { permission, reason, context, goOn, failure }: GuardAnswer): HookOutput {
  const canAsk = event === 'beforeShellExecution';
  const decided = permission !== 'as-usual' && {
    permission: permission === 'ask' && canAsk ? 'ask' : 'deny',
    user_message: reason,
    agent_message: reason,
  };
  const parts = {
    ...(failure !== undefined && { user_message: failure }),
    ...decided,
    ...(context !== undefined && { additional_context: context }),
    ...(goOn !== undefined && { followup_message: goOn }),
  };
  return Object.keys(parts).length === 0 ? silence : json(parts);
}
