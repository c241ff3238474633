/** OpenCode: a plugin, which is a file of ours in its folder, and our server in its configuration. */
import { join } from 'node:path';
import type { Step } from '../../setup/step.ts';
import { filled } from '../launcher.ts';
import type { HarnessSetup, Machine } from '../machine.ts';
import { skillStep } from '../skill.ts';

export const opencodeSetup: HarnessSetup = {
  name: 'opencode',
  title: 'OpenCode',
  binary: 'opencode',
  folder,
  needsBinary: false,
  steps,
};

function folder({ env, home }: Machine): string {
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'opencode');
}

function steps(machine: Machine): Step[] {
  const { launcher, hasFile } = machine;
  const files = ['opencode.json', 'opencode.jsonc'].map((name) => join(folder(machine), name));
  return [
    skillStep(machine),
    {
      kind: 'file',
      file: join(folder(machine), 'plugins', 'intercom.js'),
      text: filled(machine, 'opencode/intercom.js'),
    },
    {
      kind: 'json',
      file: files.find(hasFile) ?? (files[0] as string),
      marks: [launcher],
      edits: [
        {
          path: ['mcp', 'intercom'],
          value: { type: 'local', command: [launcher, 'mcp'], enabled: true },
          how: 'member',
        },
      ],
    },
  ];
}
