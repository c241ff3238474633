/**
 * GitHub Copilot CLI: a file of hooks that is ours alone, an extension, and our server in its list. It refuses every tool
 * where a hook fails, so that each line succeeds, whatever became of us.
 */
import { join } from 'node:path';
import { shellWord } from '../../domain/shell-word.ts';
import type { Step } from '../../setup/step.ts';
import { filled, hookLine } from '../launcher.ts';
import type { HarnessSetup, Machine } from '../machine.ts';
import { skillStep } from '../skill.ts';

export const copilotSetup: HarnessSetup = {
  name: 'copilot',
  title: 'GitHub Copilot CLI',
  binary: 'copilot',
  folder,
  needsBinary: false,
  steps,
};

const events = ['sessionStart', 'userPromptSubmitted', 'preToolUse', 'postToolUse', 'agentStop', 'sessionEnd'] as const;

function folder({ env, home }: Machine): string {
  return env.COPILOT_HOME || join(home, '.copilot');
}

function steps(machine: Machine): Step[] {
  const { launcher } = machine;
  const guarded = (event: string) =>
    `[ -x ${shellWord(launcher)} ] || exit 0; ${hookLine(machine, 'copilot', event)} || exit 0`;
  const hooks = Object.fromEntries(
    events.map((event) => [event, [{ type: 'command', bash: guarded(event), timeoutSec: 5 }]]),
  );
  return [
    skillStep(machine),
    {
      kind: 'file',
      file: join(folder(machine), 'hooks', 'intercom.json'),
      text: `${JSON.stringify({ version: 1, hooks }, null, 2)}\n`,
    },
    {
      kind: 'file',
      file: join(folder(machine), 'extensions', 'intercom', 'extension.mjs'),
      text: filled(machine, 'copilot/extension.mjs'),
    },
    {
      kind: 'json',
      file: join(folder(machine), 'mcp-config.json'),
      marks: [launcher],
      edits: [
        {
          path: ['mcpServers', 'intercom'],
          value: { type: 'local', command: launcher, args: ['mcp'], tools: ['*'] },
          how: 'member',
        },
      ],
    },
    { kind: 'say', text: 'Copilot is woken by mail where its extensions are on: start it and type /experimental on.' },
  ];
}
