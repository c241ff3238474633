/** Cursor (cursor.com/docs/hooks). What a prompt's hook says reaches nobody: mail waits for the first tool or the end. */
import type { GuardAnswer, SessionEvent } from '../../domain/guard/event.ts';
import { type Harness, type Hook, type HookInput, type HookOutput, json, silence } from '../harness.ts';
import { numberIn, objectIn, pathsIn, textIn } from '../input.ts';
import { shellWrites } from '../shell/writes.ts';

const editTools = new Set(['Write', 'Edit', 'StrReplace', 'Delete', 'EditNotebook']);

export const cursor: Harness = { name: 'cursor', read, answer };

function read(event: string, input: HookInput): Hook | undefined {
  const said = eventOf(event, input);
  if (said === undefined) return undefined;
  const roots = Array.isArray(input.workspace_roots) ? input.workspace_roots : [];
  const cwd = textIn(input, 'cwd') ?? textIn({ root: roots[0] }, 'root');
  return { session: textIn(input, 'conversation_id', 'session_id'), cwd, event: said };
}

function eventOf(event: string, input: HookInput): SessionEvent | undefined {
  const tool = textIn(input, 'tool_name') ?? '';
  switch (event) {
    case 'preToolUse': {
      const paths = editTools.has(tool) ? pathsIn(objectIn(input, 'tool_input')) : [];
      return paths.length === 0 ? undefined : { kind: 'before-edit', paths };
    }
    case 'beforeShellExecution':
      return { kind: 'before-shell', writes: shellWrites(textIn(input, 'command') ?? '') };
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
