import type { RealHarness } from './harness.ts';

/** It asks a person to approve hooks, once for each text of a hook; tests have nobody to ask. */
const approved = '--dangerously-bypass-hook-trust';

export const codex: RealHarness = {
  harness: 'codex',
  version: '0.169.0',
  package: '@openai/codex',
  program: '.bin/codex',
  binary: 'codex',
  files: (modelUrl) => ({
    '.codex/config.toml': `model = "gpt-5.5"
model_provider = "scripted"
approval_policy = "never"
sandbox_mode = "danger-full-access"
[model_providers.scripted]
name = "scripted"
base_url = "${modelUrl}/v1"
env_key = "SCRIPTED_MODEL_KEY"
wire_api = "responses"
[analytics]
enabled = false
`,
  }),
  trust: (folder, read) => ({
    '.codex/config.toml': `${read('.codex/config.toml')}[projects."${folder}"]\ntrust_level = "trusted"\n`,
  }),
  env: ({ key }) => ({ SCRIPTED_MODEL_KEY: key }),
  once: (prompt) => ['exec', approved, '--json', prompt],
  // With an older model it would ask first whether it may take a newer one.
  open: (prompt) => [approved, '--model', 'gpt-6.1-sol', prompt],
  transcripts: '.codex/sessions',
  endOfTurn: '"type":"task_complete"',
};
