import type { RealHarness } from './harness.ts';
import { use } from './model/saying.ts';

/** It asks a person to approve hooks, once for each text of a hook; tests have nobody to ask. */
const approved = '--dangerously-bypass-hook-trust';

const newer = 'gpt-6.1-sol';

export const codex: RealHarness = {
  title: 'Codex',
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
  idle: {
    // With an older model it would ask first whether it may take a newer one.
    open: (prompt) => [approved, '--model', newer, prompt],
    transcripts: '.codex/sessions',
    endOfTurn: '"type":"task_complete"',
  },
  steps: () => ({
    read: (path) => use('exec_command', { cmd: `cat ${path}` }),
    edit: (path, from, to) => use('apply_patch', editOf(path, from, to)),
    write: (path, line) => use('apply_patch', patchOf(`*** Add File: ${path}`, `+${line}`)),
    shell: (cmd) => use('exec_command', { cmd }),
  }),
};

/** With its newer models, whose one tool runs a script that calls the others. */
export const codexInCode: RealHarness = {
  ...codex,
  once: (prompt) => ['exec', approved, '--model', newer, '--json', prompt],
  steps: () => {
    const script = (tool: string, input: unknown) => {
      const call = `await tools.${tool}(${JSON.stringify(input)})`;
      return use('exec', `try { text(${call}); } catch (error) { text(String(error)); }`);
    };
    return {
      read: (path) => script('exec_command', { cmd: `cat ${path}` }),
      edit: (path, from, to) => script('apply_patch', editOf(path, from, to)),
      write: (path, line) => script('apply_patch', patchOf(`*** Add File: ${path}`, `+${line}`)),
      shell: (cmd) => script('exec_command', { cmd }),
    };
  },
};

/** Of a whole line. */
function editOf(path: string, from: string, to: string): string {
  return patchOf(`*** Update File: ${path}`, '@@', `-${from}`, `+${to}`);
}

function patchOf(...lines: string[]): string {
  return ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');
}
