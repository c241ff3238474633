/** What each harness tells of a session, by what it really writes. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SessionEvent } from '../../src/domain/guard/event.ts';
import { harnesses, harnessNamed } from '../../src/harness/index.ts';
import { shellWrites } from '../../src/harness/shell/writes.ts';
import { momentOf, momentsOf } from './fixtures.ts';

type Expected = SessionEvent | undefined;

const auth = '/repo/src/auth.ts';
const nothing = undefined;
const edit = (...paths: string[]): Expected => ({ kind: 'before-edit', paths });
const shell = (...paths: string[]): Expected => ({ kind: 'before-shell', writes: { paths, sweeps: [] } });
const afterShell = (lastedMs?: number): Expected => ({ kind: 'after-shell', lastedMs });
const turnEnd = (isGoingOn: boolean): Expected => ({ kind: 'turn-end', isGoingOn });
const betweenSteps: Expected = { kind: 'between-steps' };
const prompt: Expected = { kind: 'prompt' };
const start: Expected = { kind: 'session-start' };
const end: Expected = { kind: 'session-end' };

const told: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  'claude-code': {
    'the session starts': start,
    'a prompt': prompt,
    'an edit': edit(auth),
    'after an edit': betweenSteps,
    'a new file': edit('/repo/src/new.ts'),
    'a new file by a subagent': edit('/repo/src/a.ts'),
    'an edit of a notebook': edit('/repo/nb.ipynb'),
    'a file is read': nothing,
    'a shell command': shell('src/auth.ts', 'src/login.ts'),
    'after a shell command': afterShell(60),
    'a shell command failed': afterShell(26),
    'a tool of a server': nothing,
    'between steps': betweenSteps,
    'the turn ends': turnEnd(false),
    'the turn ends again': turnEnd(true),
    'a subagent ends': nothing,
    'the session ends': end,
  },
  codex: {
    'the session starts': start,
    'a prompt': prompt,
    'an edit': edit('src/auth.ts'),
    'after an edit': betweenSteps,
    'an edit in code mode': edit('src/auth.ts'),
    'a rename and a new file': edit('src/auth.ts', 'src/login.ts', 'src/new.ts'),
    'a shell command': shell('new.ts'),
    'after a shell command': afterShell(),
    'a tool of a server': nothing,
    'the turn ends': turnEnd(false),
    'the turn ends again': turnEnd(true),
    'the session ends': end,
  },
  opencode: {
    'the session starts': start,
    'a prompt': prompt,
    'an edit': edit(auth),
    'a shell command': shell('new.ts'),
    'after a shell command': afterShell(138),
    'the turn ends': turnEnd(false),
  },
  pi: {
    'the session starts': start,
    'a prompt': prompt,
    'an edit': edit('src/auth.ts'),
    'a shell command': shell(),
    'after a shell command': afterShell(81),
    'the turn ends': turnEnd(false),
    'the session ends': end,
  },
  gemini: {
    'the session starts': start,
    'a prompt': prompt,
    'a new file': edit('src/new.ts'),
    'an edit': edit(auth),
    'after an edit': betweenSteps,
    'a shell command': shell('auth.ts'),
    'after a shell command': afterShell(),
    'after a tool of a server': betweenSteps,
    'the turn ends': turnEnd(false),
    'the turn ends again': turnEnd(true),
    'the session ends': end,
  },
  copilot: {
    'the session starts': start,
    'a prompt': prompt,
    'a new file': edit('/repo/src/new.ts'),
    'an edit': edit(auth),
    'after an edit': betweenSteps,
    'an edit failed': betweenSteps,
    'a patch': edit('src/auth.ts', 'src/b.ts'),
    'a file is read': nothing,
    'a shell command': shell('src/auth.ts'),
    'after a shell command': afterShell(),
    'a tool of a server': nothing,
    'the turn ends': turnEnd(false),
    'the turn ends again': turnEnd(true),
    'the session ends': end,
  },
  cursor: {
    'the session starts': start,
    'a prompt': nothing,
    'an edit': edit(auth),
    'a file is deleted': edit(auth),
    'a file is read': nothing,
    'a shell command': shell('auth.ts'),
    'a shell command as a tool': shell('auth.ts'),
    'after a shell command': afterShell(31),
    'after an edit': betweenSteps,
    'the turn ends': turnEnd(false),
    'the turn ends again': turnEnd(true),
    'the turn is stopped by a person': nothing,
    'the session ends': end,
    "an edit, to a hook of Claude's": nothing,
  },
};

test.each(
  Object.entries(told).flatMap(([name, moments]) =>
    momentsOf(name).map(({ moment, event, input }) => [name, moment, event, input, moments[moment]] as const),
  ),
)('%s: %s', (name, _moment, event, input, expected) => {
  const said = harnessNamed(name)?.read(event, input)?.event;
  const { command, ...rest } = said?.kind === 'before-shell' ? said : { ...said, command: undefined };
  expect(command === undefined ? said : { ...rest, writes: shellWrites(command) }).toEqual(expected);
});

test.each(Object.keys(told))('each moment of the table for %s was captured', (name) => {
  expect(momentsOf(name).map(({ moment }) => moment)).toEqual(Object.keys(told[name] ?? {}));
});

test.each([
  ['claude-code', 'a new file by a subagent', '00000001-0000-4000-8000-000000000000', '/repo'],
  ['claude-code', 'a shell command failed', '00000001-0000-4000-8000-000000000000', '/repo/src'],
  ['codex', 'an edit', '00000001-0000-4000-8000-000000000000', '/repo'],
  ['opencode', 'an edit', 'ses_1', '/repo'],
  ['opencode', 'a shell command', 'ses_1', '/repo/src'],
  ['pi', 'an edit', '00000001-0000-4000-8000-000000000000', '/repo'],
  ['gemini', 'an edit', undefined, '/repo'],
  ['gemini', 'a shell command', undefined, '/repo/src'],
  ['copilot', 'an edit', '00000001-0000-4000-8000-000000000000', '/repo'],
  ['cursor', 'a file is deleted', undefined, '/repo'],
  ['cursor', 'a shell command', undefined, '/repo/src'],
  ['cursor', 'a shell command as a tool', undefined, '/repo/src'],
])('%s says of "%s" which session it is and where it works', (name, moment, session, cwd) => {
  const { event, input } = momentOf(name, moment);
  expect(harnessNamed(name)?.read(event, input)).toMatchObject({ session, cwd });
});

test.each(momentsOf('copilot-as-claude').map(({ moment, event, input }) => [moment, event, input] as const))(
  'what Copilot tells a hook of Claude Code is left to its own hooks: %s',
  (_moment, event, input) => {
    expect(harnessNamed('claude-code')?.read(event, input)).toBeUndefined();
  },
);

test('what Cursor tells a hook of Claude Code is left to its own hooks', () => {
  const { event, input } = momentOf('cursor', "an edit, to a hook of Claude's");
  expect(harnessNamed('claude-code')?.read(event, input)).toBeUndefined();
});

test('the process of an older Claude Code is its session; only the gate knows it by the name that hooks are told', () => {
  const { event, input } = momentOf('claude-code', 'an edit');
  const { session, ...hook } = harnessNamed('claude-code')?.read(event, input) ?? {};
  expect(session).toBe(input.session_id);
  expect(harnessNamed('claude-code-older')?.read(event, input)).toEqual({
    ...hook,
    session: undefined,
    gateKey: session,
  });
});

test.each([
  ['a tool without a name', { tool_input: { path: '/repo/a.ts', contents: 'x' } }, edit('/repo/a.ts')],
  ['a patch', { tool_name: 'ApplyPatch', tool_input: '*** Delete File: a.ts\n' }, edit('a.ts')],
  [
    'a patch among the arguments',
    { tool_name: 'ApplyPatch', tool_input: { patch: '*** Add File: a.ts\n' } },
    edit('a.ts'),
  ],
  ['a list of things to do', { tool_name: 'TodoWrite', tool_input: { path: 'a.ts' } }, nothing],
])('Cursor may write %s', (_what, input, expected) => {
  expect(harnessNamed('cursor')?.read('preToolUse', input)?.event).toEqual(expected);
});

test.each([
  ['the arguments as a text of JSON', '{"path":"/repo/a.ts","old_str":"x"}', edit('/repo/a.ts')],
  ['a text that is neither JSON nor a patch', '{"path":', nothing],
])('Copilot may write %s', (_what, toolArgs, expected) => {
  expect(harnessNamed('copilot')?.read('preToolUse', { toolName: 'edit', toolArgs })?.event).toEqual(expected);
});

test('a patch in OpenCode names its files, of a rename both', () => {
  const patchText = '*** Begin Patch\n*** Update File: a.ts\n*** Move to: b.ts\n@@\n-1\n+2\n*** End Patch';
  const input = { tool: 'apply_patch', args: { patchText } };
  expect(harnessNamed('opencode')?.read('tool.execute.before', input)?.event).toEqual(edit('a.ts', 'b.ts'));
});

test("Copilot's old editor only looks at a file", () => {
  const looking = { toolName: 'str_replace_editor', toolArgs: { command: 'view', path: '/repo/a.ts' } };
  expect(harnessNamed('copilot')?.read('preToolUse', looking)).toBeUndefined();
  const writing = { ...looking, toolArgs: { ...looking.toolArgs, command: 'create' } };
  expect(harnessNamed('copilot')?.read('preToolUse', writing)?.event).toEqual(edit('/repo/a.ts'));
});

const events = [...new Set(harnesses.flatMap(({ name }) => eventsOf(name)))];
const fields = ['tool_name', 'tool_input', 'toolName', 'toolArgs', 'tool', 'args', 'cwd', 'command', 'session_id'];
const values = fc.oneof(fc.jsonValue(), fc.constantFrom('Bash', 'Edit', 'bash', 'edit', 'apply_patch', 'Write'));

test.each(harnesses.map((harness) => [harness.name, harness] as const))('%s reads any JSON', (_name, harness) => {
  const input = fc.oneof(
    fc.dictionary(fc.constantFrom(...fields), values),
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.dictionary(
      fc.constantFrom(...fields),
      fc.dictionary(fc.constantFrom('path', 'command', 'files', 'edits'), fc.jsonValue()),
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...events), input, (event, given) => {
      const hook = harness.read(event, given);
      if (hook?.event.kind === 'before-edit') expect(hook.event.paths).not.toEqual([]);
    }),
    { numRuns: 500 },
  );
});

function eventsOf(name: string): string[] {
  const captured = name in told ? momentsOf(name).map(({ event }) => event) : [];
  return [...captured, 'toString', '__proto__', 'tool.execute.before', 'tool_call', 'session.idle', 'agent_end'];
}
