/**
 * GitHub Copilot CLI (docs.github.com/copilot, "Hooks configuration"). A hook that ends with an error denies whatever
 * tool was to run, so that an answer never is one.
 */
import type { GuardAnswer } from '../../domain/guard/event.ts';
import { type Harness, type Hook, type HookEvent, type HookInput, type HookOutput, json, silence } from '../harness.ts';
import { objectIn, objectOf, pathsIn, textIn } from '../input.ts';
import { pathsInPatch } from '../patch.ts';

/** Which of them a session has depends on its model. */
const editTools = new Set(['edit', 'create', 'str_replace', 'str_replace_editor', 'apply_patch']);
const shellTools = new Set(['bash', 'powershell']);

export const copilot: Harness = { name: 'copilot', read, answer };

function read(event: string, input: HookInput): Hook | undefined {
  const said = eventOf(event, input);
  return said && { session: textIn(input, 'sessionId'), cwd: textIn(input, 'cwd'), event: said };
}

function eventOf(event: string, input: HookInput): HookEvent | undefined {
  const tool = textIn(input, 'toolName') ?? '';
  switch (event) {
    case 'preToolUse': {
      const given = givenTo(input);
      if (shellTools.has(tool)) return { kind: 'before-shell', command: textIn(given, 'command') ?? '' };
      const isLook = tool === 'str_replace_editor' && given.command === 'view';
      const paths = editTools.has(tool) && !isLook ? [...pathsIn(given), ...pathsInPatch(patchIn(input))] : [];
      return paths.length === 0 ? undefined : { kind: 'before-edit', paths };
    }
    case 'postToolUse':
    case 'postToolUseFailure':
      return shellTools.has(tool) ? { kind: 'after-shell', lastedMs: undefined } : { kind: 'between-steps' };
    case 'userPromptSubmitted':
      return { kind: 'prompt' };
    case 'agentStop':
      return { kind: 'turn-end', isGoingOn: input.stop_hook_active === true };
    case 'sessionStart':
      return { kind: 'session-start' };
    case 'sessionEnd':
      return { kind: 'session-end' };
    default:
      return undefined;
  }
}

/** Older versions write the arguments as a text of JSON. */
function givenTo(input: HookInput): HookInput {
  const text = textIn(input, 'toolArgs');
  return text === undefined ? objectIn(input, 'toolArgs') : objectOf(text);
}

/** The patch is the whole of the arguments. */
function patchIn(input: HookInput): string {
  return textIn(input, 'toolArgs') ?? textIn(objectIn(input, 'toolArgs'), 'input', 'patch') ?? '';
}

/** Without a person, Copilot denies what it is to ask about. stderr goes into its log: there is no way to the person. */
function answer(_event: string, { permission, reason, context, goOn, failure }: GuardAnswer): HookOutput {
  const parts = {
    ...(goOn !== undefined && { decision: 'block', reason: goOn }),
    ...(permission !== 'as-usual' && {
      permissionDecision: permission === 'ask' ? 'ask' : 'deny',
      permissionDecisionReason: reason,
    }),
    ...(context !== undefined && { additionalContext: context }),
  };
  return { ...(Object.keys(parts).length === 0 ? silence : json(parts)), stderr: failure ?? '' };
}
