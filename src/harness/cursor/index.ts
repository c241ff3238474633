/**
 * Cursor (cursor.com/docs/hooks, as of September 2026). What a prompt's hook says reaches nobody: mail waits for the first
 * tool or the end. It tells its session to hooks alone: so that they and the server are one agent, its process is the session.
 */
import type { GuardAnswer } from '../../domain/guard/event.ts';
import { type Harness, type Hook, type HookEvent, type HookInput, type HookOutput, json, silence } from '../harness.ts';
import { gateKeyIn, numberIn, objectIn, pathsIn, textIn } from '../input.ts';
import { pathsInPatch } from '../patch.ts';

/** Documented are Write and Delete; the others are of its models, by what people saw. */
const editTools = new Set(['Write', 'Delete', 'Edit', 'MultiEdit', 'StrReplace', 'EditNotebook', 'ApplyPatch']);
/** Where an answer that is not as the schema has it blocks what is asked about, whatever the exit code. */
const strict = new Set(['preToolUse', 'beforeShellExecution']);

export const cursor: Harness = { name: 'cursor', read, answer };

function read(event: string, input: HookInput): Hook | undefined {
  const said = eventOf(event, input);
  if (said === undefined) return undefined;
  const roots = Array.isArray(input.workspace_roots) ? input.workspace_roots : [];
  const cwd = textIn(input, 'cwd') ?? textIn({ root: roots[0] }, 'root');
  const given = objectIn(input, 'tool_input');
  const folder = event === 'preToolUse' ? textIn(given, 'cwd', 'working_directory') : undefined;
  return { session: undefined, gateKey: gateKeyIn(input), cwd: folder ?? cwd, event: said };
}

function eventOf(event: string, input: HookInput): HookEvent | undefined {
  const tool = textIn(input, 'tool_name') ?? '';
  switch (event) {
    case 'preToolUse': {
      if (tool === 'Shell') return beforeShell(objectIn(input, 'tool_input'));
      // Some versions leave the name out. Our hook is called for tools that edit alone.
      const paths = editTools.has(tool) || tool === '' ? editedBy(input) : [];
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

function editedBy(input: HookInput): string[] {
  const given = objectIn(input, 'tool_input');
  const patch = textIn(input, 'tool_input') ?? textIn(given, 'patch', 'input') ?? '';
  return [...pathsIn(given), ...pathsInPatch(patch)];
}

function beforeShell(given: HookInput): HookEvent {
  return { kind: 'before-shell', command: textIn(given, 'command') ?? '' };
}

/**
 * Asking works before a shell command alone; before other tools `ask` would let them run, so it refuses. Of the two
 * messages versions differ in which one the agent hears. A context before an edit goes with a permission, or it would
 * block; before a shell command a permission might spare the person's own question, so nothing is said. What failed
 * stands in Cursor's list of hooks.
 */
function answer(event: string, { permission, reason, context, goOn, failure }: GuardAnswer): HookOutput {
  const canAsk = event === 'beforeShellExecution';
  const decided = permission !== 'as-usual' && {
    permission: permission === 'ask' && canAsk ? 'ask' : 'deny',
    user_message: reason,
    agent_message: reason,
  };
  const told = context !== undefined && !(canAsk && !decided) && { additional_context: context };
  const parts = {
    ...(told && strict.has(event) && { permission: 'allow' }),
    ...decided,
    ...told,
    ...(goOn !== undefined && event === 'stop' && { followup_message: goOn }),
  };
  return { ...(Object.keys(parts).length === 0 ? silence : json(parts)), stderr: failure ?? '' };
}
