/**
 * Codex: hooks in its `hooks.json`, in Claude's shape, and our server by `codex mcp add`. It runs a hook only after the
 * person has approved it in /hooks, and asks again when its text changes: nobody does that for them.
 */
import { join } from 'node:path';
import { shellWord } from '../../domain/shell-word.ts';
import type { Json, Step } from '../../setup/step.ts';
import { hookLine } from '../launcher.ts';
import type { HarnessSetup, Machine } from '../machine.ts';
import { skillStep } from '../skill.ts';

export const codexSetup: HarnessSetup = {
  name: 'codex',
  title: 'Codex',
  binary: 'codex',
  folder,
  needsBinary: true,
  steps,
};

function folder({ env, home }: Machine): string {
  return env.CODEX_HOME || join(home, '.codex');
}

/** Filled in by Codex from the hook's own input. */
const given = (...paths: readonly string[]) =>
  Object.fromEntries(paths.map((path) => [path.split('.').at(-1), `\${${path}}`]));

const asked = given('session_id', 'cwd', 'turn_id');
const ofTool = { ...asked, ...given('tool_name', 'tool_use_id', 'tool_input.command') };

function steps(machine: Machine): Step[] {
  const config = join(folder(machine), 'config.toml');
  const command = (event: string): Json => ({
    hooks: [{ type: 'command', command: hookLine(machine, 'codex', event), timeout: 5 }],
  });
  // The running server answers: a patch comes whole, as the tool's command.
  const call = (event: string, input: Readonly<Record<string, Json>>, matcher?: string): Json => ({
    ...(matcher !== undefined && { matcher }),
    hooks: [
      {
        type: 'mcp_tool',
        server: 'intercom',
        tool: 'guard',
        timeout: 5,
        input: { harness: 'codex', event, ...input },
      },
    ],
  });
  const hooks: Readonly<Record<string, Json>> = {
    PreToolUse: call('PreToolUse', ofTool, 'Edit|Write|Bash'),
    PostToolUse: call('PostToolUse', ofTool),
    UserPromptSubmit: call('UserPromptSubmit', asked),
    Stop: call('Stop', { ...asked, ...given('stop_hook_active') }),
    SessionStart: command('SessionStart'),
    SessionEnd: command('SessionEnd'),
  };
  return [
    skillStep(machine),
    {
      kind: 'command',
      command: ['codex', 'mcp', 'add', 'intercom', '--', machine.launcher, 'mcp'],
      undo: ['codex', 'mcp', 'remove', 'intercom'],
      touches: [config],
      doneWhen: [
        { file: config, includes: '[mcp_servers.intercom]' },
        { file: config, includes: JSON.stringify(machine.launcher) },
      ],
    },
    {
      kind: 'json',
      file: join(folder(machine), 'hooks.json'),
      // A hook that calls the server names the harness and the event, and nobody else's does.
      marks: [shellWord(machine.launcher), '"server":"intercom","tool":"guard"'],
      edits: Object.entries(hooks).map(([event, value]) => ({ path: ['hooks', event], value, how: 'element' })),
    },
    { kind: 'say', text: 'Codex runs hooks only after you approved them: start it and open /hooks.' },
  ];
}
