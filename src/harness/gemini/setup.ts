/** Gemini CLI: hooks and our server in the settings of the user. Its times are in milliseconds. */
import { join } from 'node:path';
import { shellWord } from '../../domain/shell-word.ts';
import type { Json, JsonEdit, Step } from '../../setup/step.ts';
import { hookLine } from '../launcher.ts';
import type { HarnessSetup, Machine } from '../machine.ts';
import { skillStep } from '../skill.ts';

export const geminiSetup: HarnessSetup = {
  name: 'gemini',
  title: 'Gemini CLI',
  binary: 'gemini',
  folder,
  needsBinary: false,
  steps,
};

const matchers: Readonly<Record<string, string | undefined>> = {
  BeforeTool: 'replace|write_file|run_shell_command',
  AfterTool: '.*',
  BeforeAgent: undefined,
  AfterAgent: undefined,
  SessionStart: undefined,
  SessionEnd: undefined,
};

function folder({ home }: Machine): string {
  return join(home, '.gemini');
}

function steps(machine: Machine): Step[] {
  const { launcher, mayCallTools } = machine;
  const hooks = Object.entries(matchers).map(([event, matcher]): JsonEdit => {
    const hook: Json = {
      type: 'command',
      name: 'git-intercom',
      command: hookLine(machine, 'gemini', event),
      timeout: 5000,
    };
    return { path: ['hooks', event], value: { ...(matcher && { matcher }), hooks: [hook] }, how: 'element' };
  });
  const server = { command: launcher, args: ['mcp'], ...(mayCallTools && { trust: true }) };
  return [
    skillStep(machine),
    {
      kind: 'json',
      file: join(folder(machine), 'settings.json'),
      marks: [launcher, shellWord(launcher)],
      edits: [...hooks, { path: ['mcpServers', 'intercom'], value: server, how: 'member' }],
    },
  ];
}
