import { call, key, type RealHarness } from '../real-harness.ts';

export const opencode: RealHarness = {
  name: 'opencode',
  package: 'opencode-ai',
  version: '1.18.33',
  file: `node_modules/opencode-${process.platform}-${process.arch}/bin/opencode`,
  binary: 'opencode',
  answered: () => ({}),
  start: (prompt, url) => {
    const provider = {
      npm: '@ai-sdk/openai-compatible',
      name: 'test',
      options: { baseURL: `${url}/v1`, apiKey: key },
      models: { scripted: { name: 'scripted', limit: { context: 100_000, output: 4_000 } } },
    };
    const settings = {
      model: 'test/scripted',
      small_model: 'test/scripted',
      autoupdate: false,
      share: 'disabled',
      permission: 'allow',
      provider: { test: provider },
    };
    const env = {
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    };
    return { words: ['run', prompt], env, repoFiles: { 'opencode.json': JSON.stringify(settings) } };
  },
  edit: (filePath) => [call('read', { filePath }), call('edit', { filePath, oldString: '= 1', newString: '= 2' })],
  run: (command) => call('bash', { command, description: 'run it' }),
  tellsItsEnd: false,
};
