/** Claude Code, by Anthropic. */
import { answerClaudeForm, readClaudeForm, type Tools } from '../claude-form.ts';
import type { Harness } from '../harness.ts';

/** MultiEdit is of older versions. */
const tools: Tools = { edit: new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']), shell: new Set(['Bash']) };

export const claudeCode: Harness = {
  name: 'claude-code',
  read: (event, input) => readClaudeForm(event, input, tools),
  answer: answerClaudeForm,
};
