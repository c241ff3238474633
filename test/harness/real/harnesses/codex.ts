import { call, key, type RealHarness } from '../real-harness.ts';

export const codex: RealHarness = {
  name: 'codex',
  package: '@openai/codex',
  version: '0.169.0',
  file: 'node_modules/@openai/codex/bin/codex.js',
  binary: 'codex',
  answered: (repo) => ({ '.codex/config.toml': `[projects.${JSON.stringify(repo)}]\ntrust_level = "trusted"\n` }),
  start: (prompt, url) => {
    const provider = `{ name = "test", base_url = "${url}/v1", env_key = "TEST_KEY", wire_api = "responses" }`;
    const settings = [
      'model="gpt-5.5"',
      'model_provider="test"',
      `model_providers.test=${provider}`,
      'analytics.enabled=false',
    ];
    // A person approves the hooks in the program.
    const free = ['--dangerously-bypass-hook-trust', '--dangerously-bypass-approvals-and-sandbox'];
    return {
      words: ['exec', ...free, ...settings.flatMap((setting) => ['-c', setting]), prompt],
      env: { TEST_KEY: key },
    };
  },
  edit: (file) => {
    const lines = [`*** Update File: ${file}`, '@@', '-export const x = 1;', '+export const x = 2;'];
    return [call('apply_patch', ['*** Begin Patch', ...lines, '*** End Patch'].join('\n'))];
  },
  run: (cmd) => call('exec_command', { cmd }),
  tellsItsEnd: true,
};
