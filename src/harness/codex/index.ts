/** Codex, by OpenAI: its hooks have Claude's form; its edits are patches. */
import type { GuardAnswer } from '../../domain/guard/event.ts';
import { answerClaudeForm, readClaudeForm, type Tools } from '../claude-form.ts';
import type { Harness } from '../harness.ts';

const tools: Tools = { edit: new Set(['apply_patch', 'Edit', 'Write']), shell: new Set(['Bash']) };

export const codex: Harness = {
  name: 'codex',
  read: (event, input) => readClaudeForm(event, input, tools),
  answer: (event, answer) => answerClaudeForm(event, withoutAsking(answer)),
};

/** Codex 0.169 reads `ask` and lets the tool run. */
function withoutAsking(answer: GuardAnswer): GuardAnswer {
  return answer.permission === 'ask' ? { ...answer, permission: 'refuse' } : answer;
}
