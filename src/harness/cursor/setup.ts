/** Cursor: hooks and our server in the files of the user. */
import { join } from 'node:path';
import { shellWord } from '../../domain/shell-word.ts';
import type { JsonEdit, Step } from '../../setup/step.ts';
import { hookLine } from '../launcher.ts';
import type { HarnessSetup, Machine } from '../machine.ts';

export const cursorSetup: HarnessSetup = {
  name: 'cursor',
  title: 'Cursor',
  binary: 'cursor',
  folder: ({ home }) => join(home, '.cursor'),
  needsBinary: false,
  steps,
};

const matchers: Readonly<Record<string, string | undefined>> = {
  preToolUse: 'Write|Edit|StrReplace|Delete|EditNotebook|ApplyPatch',
  beforeShellExecution: undefined,
  postToolUse: undefined,
  sessionStart: undefined,
  sessionEnd: undefined,
  stop: undefined,
};

function steps(machine: Machine): Step[] {
  const { home, launcher } = machine;
  const hooks = Object.entries(matchers).map(
    ([event, matcher]): JsonEdit => ({
      path: ['hooks', event],
      value: { command: hookLine(machine, 'cursor', event), ...(matcher && { matcher }), timeout: 5 },
      how: 'element',
    }),
  );
  return [
    {
      kind: 'json',
      file: join(home, '.cursor', 'hooks.json'),
      marks: [shellWord(launcher)],
      edits: [{ path: ['version'], value: 1, how: 'default' }, ...hooks],
    },
    {
      kind: 'json',
      file: join(home, '.cursor', 'mcp.json'),
      marks: [launcher],
      edits: [{ path: ['mcpServers', 'intercom'], value: { command: launcher, args: ['mcp'] }, how: 'member' }],
    },
  ];
}
