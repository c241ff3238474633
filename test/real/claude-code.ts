import type { RealHarness } from './harness.ts';
import { Model } from './model/model.ts';
import { use } from './model/saying.ts';

const always = ['--permission-mode', 'bypassPermissions', '--model', 'claude-sonnet-5'];

export const claudeCode: RealHarness = {
  title: 'Claude Code',
  harness: 'claude-code',
  version: '2.1.330',
  package: '@anthropic-ai/claude-code',
  program: `@anthropic-ai/claude-code-${process.platform}-${process.arch}/claude`,
  binary: 'claude',
  files: () => ({
    '.claude.json': JSON.stringify({
      hasCompletedOnboarding: true,
      theme: 'dark',
      customApiKeyResponses: { approved: [Model.keyOf('any').slice(-20)], rejected: [] },
      bypassPermissionsModeAccepted: true,
      projects: {},
    }),
  }),
  trust: (folder, read) => {
    const known = JSON.parse(read('.claude.json'));
    known.projects = {
      ...known.projects,
      [folder]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true },
    };
    return { '.claude.json': JSON.stringify(known) };
  },
  env: ({ modelUrl, key }) => ({
    ANTHROPIC_BASE_URL: modelUrl,
    ANTHROPIC_API_KEY: key,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_TERMINAL_TITLE: '1',
    // Or it refuses to work without asking where the tests run as root.
    IS_SANDBOX: '1',
  }),
  once: (prompt) => [...always, '--print', '--', prompt],
  idle: {
    open: (prompt) => [...always, '--', prompt],
    transcripts: '.claude/projects',
    // After the hooks of the end.
    endOfTurn: '"subtype":"turn_duration"',
  },
  steps: (at) => ({
    read: (path) => use('Read', { file_path: at(path) }),
    edit: (path, old_string, new_string) => use('Edit', { file_path: at(path), old_string, new_string }),
    write: (path, line) => use('Write', { file_path: at(path), content: `${line}\n` }),
    shell: (command) => use('Bash', { command, description: 'Do it' }),
    ours: (tool, input) => use(`mcp__plugin_intercom_intercom__${tool}`, input),
  }),
};
