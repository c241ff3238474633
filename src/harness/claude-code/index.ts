/** Claude Code, by Anthropic. */
import { answerClaudeForm, readClaudeForm, type Tools } from '../claude-form.ts';
import type { Harness, HookInput } from '../harness.ts';

/** MultiEdit is of older versions. */
const tools: Tools = { edit: new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']), shell: new Set(['Bash']) };

export const claudeCode: Harness = {
  name: 'claude-code',
  read: (event, input) => (isOfAnother(input) ? undefined : readClaudeForm(event, input, tools)),
  answer: answerClaudeForm,
};

/**
 * Cursor and Copilot run what they find among Claude's hooks, beside their own: one guard is enough. Cursor says which
 * version it is; Copilot writes when it was, and not which permissions the session has.
 */
function isOfAnother(input: HookInput): boolean {
  return 'cursor_version' in input || ('timestamp' in input && !('permission_mode' in input));
}
