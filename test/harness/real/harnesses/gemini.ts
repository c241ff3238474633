import { call, key, type RealHarness } from '../real-harness.ts';

export const gemini: RealHarness = {
  name: 'gemini',
  package: '@google/gemini-cli',
  version: '0.61.0',
  file: 'node_modules/@google/gemini-cli/bundle/gemini.js',
  binary: 'gemini',
  answered: () => ({
    '.gemini/settings.json': JSON.stringify({
      security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
      general: { disableAutoUpdate: true },
      privacy: { usageStatisticsEnabled: false },
    }),
  }),
  start: (prompt, url) => ({
    words: ['--approval-mode', 'yolo', '--model', 'gemini-2.5-pro', '-p', prompt],
    env: { GEMINI_API_KEY: key, GOOGLE_GEMINI_BASE_URL: url, GEMINI_CLI_TRUST_WORKSPACE: 'true' },
  }),
  edit: (file_path) => [
    call('read_file', { file_path }),
    call('replace', { file_path, instruction: 'count', old_string: '= 1', new_string: '= 2' }),
  ],
  run: (command) => call('run_shell_command', { command }),
  tellsItsEnd: true,
};
