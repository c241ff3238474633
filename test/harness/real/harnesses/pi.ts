import { call, key, type RealHarness } from '../real-harness.ts';

export const pi: RealHarness = {
  name: 'pi',
  package: '@earendil-works/pi-coding-agent',
  version: '0.87.1',
  file: 'node_modules/@earendil-works/pi-coding-agent/dist/cli.js',
  binary: 'pi',
  answered: () => ({}),
  start: (prompt, url) => {
    const models = [{ id: 'scripted', name: 'scripted', contextWindow: 100_000, maxTokens: 4_000 }];
    const provider = { baseUrl: `${url}/v1`, api: 'openai-completions', apiKey: key, models };
    return {
      words: ['-p', '--provider', 'test', '--model', 'scripted', prompt],
      env: { PI_OFFLINE: '1', PI_SKIP_VERSION_CHECK: '1', PI_TELEMETRY: '0' },
      homeFiles: { '.pi/agent/models.json': JSON.stringify({ providers: { test: provider } }) },
    };
  },
  edit: (path) => [call('read', { path }), call('edit', { path, edits: [{ oldText: '= 1', newText: '= 2' }] })],
  run: (command) => call('bash', { command }),
  tellsItsEnd: true,
};
