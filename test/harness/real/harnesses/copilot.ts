import { call, key, type RealHarness } from '../real-harness.ts';

export const copilot: RealHarness = {
  name: 'copilot',
  package: '@github/copilot',
  version: '1.0.102',
  file: `node_modules/@github/copilot-${process.platform}-${process.arch}/copilot`,
  binary: 'copilot',
  answered: (repo) => ({ '.copilot/config.json': JSON.stringify({ trusted_folders: [repo], banner: 'never' }) }),
  start: (prompt, url) => ({
    words: ['--allow-all', '--no-color', '-p', prompt],
    env: {
      COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
      COPILOT_PROVIDER_API_KEY: key,
      COPILOT_PROVIDER_TYPE: 'openai',
      COPILOT_MODEL: 'gpt-4.1',
      COPILOT_OFFLINE: 'true',
      COPILOT_AUTO_UPDATE: 'false',
    },
  }),
  edit: (path) => [call('view', { path }), call('edit', { path, old_str: '= 1', new_str: '= 2' })],
  run: (command) => call('bash', { command, description: 'run it' }),
  tellsItsEnd: true,
};
