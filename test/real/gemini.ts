import type { RealHarness } from './harness.ts';
import { use } from './model/saying.ts';

export const gemini: RealHarness = {
  title: 'Gemini CLI',
  harness: 'gemini',
  version: '0.61.0',
  package: '@google/gemini-cli',
  program: '.bin/gemini',
  binary: 'gemini',
  files: () => ({
    '.gemini/settings.json': JSON.stringify({
      security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
      general: { disableAutoUpdate: true },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
    }),
  }),
  env: ({ modelUrl, key }) => ({
    GEMINI_API_KEY: key,
    GOOGLE_GEMINI_BASE_URL: modelUrl,
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
  }),
  once: (prompt) => ['--approval-mode', 'yolo', '--model', 'gemini-2.5-pro', '--prompt', prompt],
  steps: (at) => ({
    read: (path) => use('read_file', { file_path: at(path) }),
    edit: (path, old_string, new_string) =>
      use('replace', { file_path: at(path), instruction: 'Do it', old_string, new_string }),
    write: (path, line) => use('write_file', { file_path: at(path), content: `${line}\n` }),
    shell: (command) => use('run_shell_command', { command }),
    ours: (tool, input) => use(`mcp_intercom_${tool}`, input),
  }),
};
