/** Codex, by OpenAI: its hooks have Claude's form; its edits are patches. */
import { answerClaudeForm, readClaudeForm, type Tools } from '../claude-form.ts';
import type { Harness } from '../harness.ts';

const tools: Tools = { edit: new Set(['apply_patch', 'Edit', 'Write']), shell: new Set(['Bash']) };

export const codex: Harness = {
  name: 'codex',
  read: (event, input) => readClaudeForm(event, input, tools),
  answer: answerClaudeForm,
};
