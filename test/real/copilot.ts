import type { RealHarness } from './harness.ts';
import { use } from './model/saying.ts';

export const copilot: RealHarness = {
  title: 'GitHub Copilot CLI',
  harness: 'copilot',
  version: '1.0.102',
  package: '@github/copilot',
  program: `@github/copilot-${process.platform}-${process.arch}/copilot`,
  binary: 'copilot',
  files: () => ({ '.copilot/config.json': '{"banner":"never"}' }),
  trust: (folder) => ({ '.copilot/config.json': JSON.stringify({ banner: 'never', trusted_folders: [folder] }) }),
  env: ({ modelUrl, key }) => ({
    COPILOT_PROVIDER_BASE_URL: `${modelUrl}/v1`,
    COPILOT_PROVIDER_API_KEY: key,
    COPILOT_PROVIDER_TYPE: 'openai',
    COPILOT_MODEL: 'gpt-4.1',
    COPILOT_OFFLINE: 'true',
    COPILOT_AUTO_UPDATE: 'false',
  }),
  idle: {
    // Extensions are an experiment of its own.
    open: (prompt) => ['--allow-all', '--no-color', '--experimental', '--interactive', prompt],
    transcripts: '.copilot/session-state',
    endOfTurn: '"hookType":"agentStop","success":true',
  },
  once: (prompt) => ['--allow-all', '--no-color', '--prompt', prompt],
  steps: (at) => ({
    read: (path) => use('view', { path: at(path) }),
    edit: (path, old_str, new_str) => use('edit', { path: at(path), old_str, new_str }),
    write: (path, line) => use('create', { path: at(path), file_text: `${line}\n` }),
    shell: (command) => use('bash', { command, description: 'Do it' }),
    ours: (tool, input) => use(`intercom-${tool}`, input),
  }),
};
