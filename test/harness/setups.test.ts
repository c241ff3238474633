/** What each harness is given, as data: nothing is written here. */
import { join } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { launcherStep, programIn } from '../../src/harness/launcher.ts';
import type { Machine } from '../../src/harness/machine.ts';
import { harnessSetups } from '../../src/harness/setups.ts';
import { readShipped } from '../../src/setup/own-folders.ts';
import type { JsonStep, OwnFileStep, Step } from '../../src/setup/step.ts';
import { root } from '../tooling/sources.ts';

const shipped = { ...readShipped(join(root, 'hooks')), ...readShipped(join(root, 'dist/plugins')) };

function machine(changes: Partial<Machine> = {}): Machine {
  return {
    home: '/home/ada',
    env: {},
    dataFolder: '/home/ada/.local/share/git-intercom',
    launcher: '/home/ada/.local/share/git-intercom/launch',
    program: { node: '/usr/bin/node', file: '/opt/git-intercom/dist/bin.cjs', version: '1.2.3' },
    shipped,
    mayCallTools: false,
    versions: {},
    hasFile: () => false,
    ...changes,
  };
}

function stepsOf(name: string, changes: Partial<Machine> = {}): readonly Step[] {
  return harnessSetups.find((harness) => harness.name === name)?.steps(machine(changes)) ?? [];
}

function fileOf(steps: readonly Step[], end: string): string {
  return (steps.find((step) => step.kind === 'file' && step.file.endsWith(end)) as OwnFileStep).text;
}

/** Every path that a step names. */
function pathsOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) =>
    step.kind === 'command' ? [...step.touches, ...(step.leaves ?? [])] : step.kind === 'say' ? [] : [step.file],
  );
}

describe.each(harnessSetups)('$name', ({ name, steps }) => {
  test('touches files of the user alone, and no mark of ours is left unfilled', () => {
    const all = steps(machine({ mayCallTools: true }));
    expect(pathsOf(all).filter((path) => !path.startsWith('/home/ada/'))).toEqual([]);
    expect(pathsOf(all).length).toBeGreaterThan(0);
    expect(JSON.stringify(all)).not.toMatch(/@[A-Z_]+@/);
  });

  test('every value in a file of somebody else bears a mark of ours, so that it is found again', () => {
    const edits = steps(machine({ mayCallTools: true })).flatMap((step) =>
      step.kind === 'json' ? step.edits.map((edit) => [step, edit] as const) : [],
    );
    const unmarked = edits.filter(([{ marks }, { value, how }]) => {
      const text = JSON.stringify(value);
      return how !== 'default' && !marks.some((mark) => text.includes(mark));
    });
    expect(unmarked).toEqual([]);
  });

  test('its lines of shell hold where a path has blanks and quotes', () => {
    const launcher = "/home/o'hara x/launch";
    const text = JSON.stringify(steps(machine({ launcher })));
    const lines = text.match(/[^"]*launch[^"]* hook [^"]*/g) ?? [];
    // JSON within JSON escapes the backslash twice.
    for (const line of lines) {
      expect(line.replace(/\\+/g, '\\')).toContain(String.raw`'/home/o'\''hara x/launch' hook ${name}`);
    }
  });
});

describe('claude-code', () => {
  test('asks the running server before an edit, and starts the command where none runs yet', () => {
    const { hooks: events } = JSON.parse(fileOf(stepsOf('claude-code'), 'hooks.json'));
    expect(events.PreToolUse[0].hooks[0]).toMatchObject({
      type: 'mcp_tool',
      server: 'plugin:intercom:intercom',
      tool: 'guard',
      onFailure: 'continue',
    });
    expect(events.SessionStart[0].hooks[0]).toEqual({
      type: 'command',
      command: '/home/ada/.local/share/git-intercom/launch hook claude-code SessionStart',
      timeout: 5,
    });
  });

  test.each([
    ['2.1.131 (Claude Code)', 'command', true],
    ['2.1.116 (Claude Code)', 'command', false],
    ['1.9.999', 'command', false],
    ['2.1.132 (Claude Code)', 'mcp_tool', true],
    ['2.2.0', 'mcp_tool', true],
    [undefined, 'mcp_tool', true],
  ])('version %s is asked by %s, and waits in the background: %s', (version, type, mayWait) => {
    const steps = stepsOf('claude-code', { versions: { 'claude-code': version } });
    const { hooks: events } = JSON.parse(fileOf(steps, 'hooks.json'));
    expect(events.PreToolUse[0].matcher).toBe('Edit|Write|MultiEdit|NotebookEdit|Bash');
    expect(events.PreToolUse[0].hooks.map((hook: { type: string }) => hook.type)).toEqual([type]);
    // An older one would wait for the hook that waits.
    expect(events.Stop[0].hooks.map((hook: { asyncRewake?: true }) => hook.asyncRewake === true)).toEqual(
      mayWait ? [false, true] : [false],
    );
  });

  test('lets tools be called unasked only where the person said so, and follows CLAUDE_CONFIG_DIR', () => {
    const isJson = (step: Step): step is JsonStep => step.kind === 'json';
    expect(stepsOf('claude-code').filter(isJson)).toEqual([]);
    const env = { CLAUDE_CONFIG_DIR: '/home/ada/other' };
    const [permission] = stepsOf('claude-code', { mayCallTools: true, env }).filter(isJson);
    expect(permission?.file).toBe('/home/ada/other/settings.json');
    expect(permission?.edits[0]).toEqual({
      path: ['permissions', 'allow'],
      value: 'mcp__plugin_intercom_intercom__*',
      how: 'element',
    });
  });
});

test('codex passes the whole patch to the server, and says that hooks want approval', () => {
  const steps = stepsOf('codex');
  expect(JSON.stringify(steps)).toContain(`"command":"$${'{tool_input.command}'}"`);
  expect(steps.find(({ kind }) => kind === 'say')).toMatchObject({ text: expect.stringContaining('/hooks') });
});

test('copilot, which refuses a tool where a hook fails, gets lines that cannot fail', () => {
  const { hooks: events } = JSON.parse(fileOf(stepsOf('copilot'), 'intercom.json'));
  for (const [{ bash }] of Object.values(events) as [{ bash: string }][]) {
    expect(bash).toMatch(/^\[ -x \S+ \] \|\| exit 0; \S+ hook copilot \w+ \|\| exit 0$/);
  }
});

test.each([
  ['opencode', 'plugins/intercom.js'],
  ['pi', 'extensions/intercom.ts'],
  ['copilot', 'intercom/extension.mjs'],
])(
  'the plugin of %s is one file, says first what it is, and starts the launcher whatever its path',
  async (name, file) => {
    const launcher = `/home/o'hara "x" $HOME \\n/launch`;
    const text = fileOf(stepsOf(name, { launcher }), file);
    expect(text).toMatch(/^\/\*\*\n \* git-intercom in .* taken away by "git intercom remove"\.\n/);
    await transform(text);
    expect(JSON.parse(/^var launcher = (.*);$/m.exec(text)?.[1] ?? '')).toBe(launcher);
    expect(text.match(/from "[^"]*"/g)).not.toContainEqual(expect.stringMatching(/^from "[./]/));
  },
);

test('opencode edits the configuration that is there', () => {
  const commented = '/home/ada/.config/opencode/opencode.jsonc';
  expect(pathsOf(stepsOf('opencode', { hasFile: (path) => path === commented }))).toContain(commented);
  expect(pathsOf(stepsOf('opencode'))).toContain('/home/ada/.config/opencode/opencode.json');
});

test('the launcher names its program, whatever the path', () => {
  const file = "/opt/o'hara $HOME/bin.cjs";
  const program = { node: '/usr/bin/node', file, version: '1' };
  expect(programIn(launcherStep(machine({ program })).text)).toBe(file);
});
