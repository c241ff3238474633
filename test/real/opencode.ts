import type { RealHarness } from './harness.ts';
import { use } from './model/saying.ts';

export const opencode: RealHarness = {
  title: 'OpenCode',
  harness: 'opencode',
  version: '1.18.33',
  package: 'opencode-ai',
  program: `opencode-${process.platform}-${process.arch}/bin/opencode`,
  binary: 'opencode',
  files: (modelUrl) => ({
    '.config/opencode/opencode.json': JSON.stringify({
      ...{
        model: 'scripted/model',
        small_model: 'scripted/model',
        autoupdate: false,
        share: 'disabled',
        permission: 'allow',
      },
      provider: {
        scripted: {
          ...{ npm: '@ai-sdk/openai-compatible', name: 'scripted' },
          options: { baseURL: `${modelUrl}/v1`, apiKey: '{env:SCRIPTED_MODEL_KEY}' },
          models: { model: { name: 'scripted', limit: { context: 100_000, output: 4_000 } } },
        },
      },
    }),
  }),
  env: ({ key }) => ({
    SCRIPTED_MODEL_KEY: key,
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  }),
  once: (prompt) => ['run', prompt],
  idle: {
    open: (prompt) => ['--prompt', prompt],
    transcripts: '.local/share/opencode/log',
    endOfTurn: 'message="exiting loop"',
  },
  steps: (at) => ({
    read: (path) => use('read', { filePath: at(path) }),
    edit: (path, oldString, newString) => use('edit', { filePath: at(path), oldString, newString }),
    write: (path, line) => use('write', { filePath: at(path), content: `${line}\n` }),
    shell: (command) => use('bash', { command, description: 'Do it' }),
    ours: (tool, input) => use(`intercom_${tool}`, input),
  }),
};
