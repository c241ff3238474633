/** What harnesses and git call; src/hook.ts runs it. */
import type { ServedCommand } from '../command.ts';

export const hookCommand: ServedCommand = {
  name: 'hook',
  synopsis: '<harness> <event>',
  summary: 'what harnesses call: before an edit, between steps',
  group: 'Set-up',
  isServed: true,
  options: [],
  notes: [
    'Harnesses: claude-code, codex, opencode, pi, gemini, copilot, cursor; events by their own names, such as PreToolUse. The input is read from stdin, the answer is written in the form that the harness reads.',
    "hook git <name> is what git's own hooks call: pre-commit, commit-msg, pre-push, post-commit, post-merge and post-checkout. git intercom init --git-hooks sets them up.",
    'A guard that fails stops nothing and says so, unless .intercom/config.yaml has guard.broken: refuse. INTERCOM_SKIP=1 in the environment switches it off.',
  ],
};
