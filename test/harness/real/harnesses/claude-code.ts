import { call, key, type RealHarness } from '../real-harness.ts';

export const claudeCode: RealHarness = {
  name: 'claude-code',
  package: '@anthropic-ai/claude-code',
  version: '2.1.329',
  file: `node_modules/@anthropic-ai/claude-code-${process.platform}-${process.arch}/claude`,
  binary: 'claude',
  answered: (repo) => ({
    '.claude.json': JSON.stringify({
      hasCompletedOnboarding: true,
      customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] },
      projects: { [repo]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
    }),
  }),
  start: (prompt, url) => ({
    words: ['-p', prompt, '--permission-mode', 'acceptEdits', '--allowedTools', 'Bash', '--model', 'claude-sonnet-4-5'],
    env: {
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: key,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
    },
  }),
  edit: (file_path) => [call('Read', { file_path }), call('Edit', { file_path, old_string: '= 1', new_string: '= 2' })],
  run: (command) => call('Bash', { command }),
  tellsItsEnd: true,
};
