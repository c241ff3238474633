/** pi: an extension, which is a file of ours in its folder, and our server for versions that know servers. */
import { join } from 'node:path';
import type { Step } from '../../setup/step.ts';
import { filled } from '../launcher.ts';
import type { HarnessSetup, Machine } from '../machine.ts';
import { skillStep } from '../skill.ts';

export const piSetup: HarnessSetup = {
  name: 'pi',
  title: 'pi',
  binary: 'pi',
  folder,
  needsBinary: false,
  hasCommonName: true,
  steps,
};

function folder({ env, home }: Machine): string {
  return env.PI_CODING_AGENT_DIR || join(home, '.pi', 'agent');
}

function steps(machine: Machine): Step[] {
  const { launcher } = machine;
  return [
    skillStep(machine),
    { kind: 'file', file: join(folder(machine), 'extensions', 'intercom.ts'), text: filled(machine, 'pi/intercom.ts') },
    {
      kind: 'json',
      file: join(folder(machine), 'mcp.json'),
      marks: [launcher],
      edits: [{ path: ['mcpServers', 'intercom'], value: { command: launcher, args: ['mcp'] }, how: 'member' }],
    },
  ];
}
