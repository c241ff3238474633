import type { RealHarness } from './harness.ts';
import { use } from './model/saying.ts';

export const pi: RealHarness = {
  title: 'pi',
  harness: 'pi',
  version: '0.87.1',
  package: '@earendil-works/pi-coding-agent',
  program: '.bin/pi',
  binary: 'pi',
  node: 22,
  files: (modelUrl) => ({
    '.pi/agent/models.json': JSON.stringify({
      providers: {
        scripted: {
          ...{ baseUrl: `${modelUrl}/v1`, api: 'openai-completions', apiKey: '$SCRIPTED_MODEL_KEY' },
          models: [{ id: 'model', name: 'scripted', contextWindow: 100_000, maxTokens: 4_000 }],
        },
      },
    }),
    '.pi/agent/settings.json': '{"defaultProvider":"scripted","defaultModel":"model","quietStartup":true}',
  }),
  env: ({ key }) => ({ SCRIPTED_MODEL_KEY: key, PI_OFFLINE: '1', PI_SKIP_VERSION_CHECK: '1', PI_TELEMETRY: '0' }),
  once: (prompt) => ['--print', prompt],
  idle: { open: (prompt) => [prompt], transcripts: '.pi/agent/sessions', endOfTurn: '"stopReason":"stop"' },
  steps: () => ({
    read: (path) => use('read', { path }),
    edit: (path, oldText, newText) => use('edit', { path, edits: [{ oldText, newText }] }),
    write: (path, line) => use('write', { path, content: `${line}\n` }),
    shell: (command) => use('bash', { command }),
  }),
};
