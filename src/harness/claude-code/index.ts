/** Claude Code, by Anthropic. */
import { answerClaudeForm, readClaudeForm, type Tools } from '../claude-form.ts';
import type { Harness, HookInput } from '../harness.ts';
import { gateKeyIn } from '../input.ts';

/** MultiEdit is of older versions. */
const tools: Tools = { edit: new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']), shell: new Set(['Bash']) };

export const claudeCode: Harness = {
  name: 'claude-code',
  read: (event, input) => (isOfAnother(input) ? undefined : readClaudeForm(event, input, tools)),
  answer: answerClaudeForm,
};

/**
 * Before 2.1.132 it names its session to hooks alone, and neither to servers nor to commands: so that all three are one
 * agent, its process is the session.
 */
export const olderClaudeCode: Harness = {
  ...claudeCode,
  name: 'claude-code-older',
  sessionsOf: claudeCode.name,
  read: (event, input) => {
    const hook = claudeCode.read(event, input);
    return hook && { ...hook, session: undefined, gateKey: gateKeyIn(input) };
  },
};

/**
 * Cursor and Copilot run what they find among Claude's hooks, beside their own: one guard is enough. Cursor says which
 * version it is; Copilot writes when it was, and not which permissions the session has.
 */
function isOfAnother(input: HookInput): boolean {
  return 'cursor_version' in input || ('timestamp' in input && !('permission_mode' in input));
}
