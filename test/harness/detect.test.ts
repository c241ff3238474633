import { expect, test } from 'vitest';
import { harnessOfClient } from '../../src/harness/client-name.ts';
import { isNamedInCalls, sessionInCall, sessionInEnvironment } from '../../src/harness/detect.ts';
import { launchedBy } from '../../src/harness/launched-by.ts';

test.each([
  [{ CLAUDE_CODE_SESSION_ID: 'c1' }, { harness: 'claude-code', id: 'c1', pid: undefined }],
  [
    { CLAUDE_CODE_SESSION_ID: 'c1', CLAUDE_PID: '4711' },
    { harness: 'claude-code', id: 'c1', pid: 4711 },
  ],
  [{ CODEX_SESSION_ID: 'x1' }, { harness: 'codex', id: 'x1', pid: undefined }],
  [{ CODEX_THREAD_ID: 'x2' }, { harness: 'codex', id: 'x2', pid: undefined }],
  [{ COPILOT_AGENT_SESSION_ID: 'p1' }, { harness: 'copilot', id: 'p1', pid: undefined }],
  [{ GEMINI_CLI: '1' }, { harness: 'gemini', id: undefined, pid: undefined }],
  [
    { GEMINI_CLI: '1', GEMINI_SESSION_ID: 'g1' },
    { harness: 'gemini', id: undefined, pid: undefined },
  ],
  // Claude Code before 2.1.132; a harness within it names its own.
  [{ CLAUDECODE: '1' }, { harness: 'claude-code', id: undefined, pid: undefined }],
  [
    { CLAUDECODE: '1', CODEX_SESSION_ID: 'x1' },
    { harness: 'codex', id: 'x1', pid: undefined },
  ],
  [{ OPENCODE_SESSION_ID: 'o1' }, { harness: 'opencode', id: 'o1', pid: undefined }],
  [{ PI_SESSION_ID: 'i1' }, { harness: 'pi', id: 'i1', pid: undefined }],
])('the environment %j is of the session %j', (env, session) => {
  expect(sessionInEnvironment(env)).toEqual(session);
});

test.each([
  [{}],
  [{ HOME: '/home/ada', PATH: '/bin' }],
  [{ CLAUDE_CODE_SESSION_ID: '' }],
  [{ CODEX_SESSION_ID: '' }],
  [{ CLAUDE_PID: '4711' }],
])('the environment %j is of no session', (env) => {
  expect(sessionInEnvironment(env)).toBeUndefined();
});

test.each(['', 'x', '0', '1', '-5', '7.5', '12abc'])(
  '%j is no process id, and the session is known without',
  (text) => {
    const env = { CLAUDE_CODE_SESSION_ID: 'c1', CLAUDE_PID: text };
    expect(sessionInEnvironment(env)).toEqual({ harness: 'claude-code', id: 'c1', pid: undefined });
  },
);

test('a codex within Claude Code is Claude Code: the outer session is whom a person sees', () => {
  expect(sessionInEnvironment({ CODEX_SESSION_ID: 'x1', CLAUDE_CODE_SESSION_ID: 'c1' })?.harness).toBe('claude-code');
});

test.each([
  ['claude-code', 'claude-code'],
  ['claude-code-sdk', 'claude-code'],
  ['codex-mcp-client', 'codex'],
  ['opencode', 'opencode'],
  ['gemini-cli-mcp-client', 'gemini'],
  ['github-copilot-developer', 'copilot'],
  ['Visual Studio Code Copilot', 'copilot'],
  ['cursor-vscode', 'cursor'],
  ['pi', 'pi'],
  ['pi-mcp-adapter', 'pi'],
  ['pixel', 'pixel'],
  ['my-client', 'my-client'],
  [undefined, undefined],
])('a client that calls itself %s is %s', (name, harness) => {
  expect(harnessOfClient(name)).toBe(harness);
});

test.each([
  ['codex', true],
  ['opencode', true],
  ['pi', true],
  ['claude-code', false],
  ['gemini', false],
  ['mcp', false],
])('only a call tells the session of %s: %s', (harness, isNamed) => {
  expect(isNamedInCalls(harness)).toBe(isNamed);
});

test.each([
  [{ sessionId: 'x1' }, undefined, 'x1'],
  [undefined, { _session: 'o1' }, 'o1'],
  [{ sessionId: 'x1' }, { _session: 'o1' }, 'x1'],
  [{ sessionId: '' }, { _session: 'o1' }, 'o1'],
  [{ sessionId: 7 }, { _session: null }, undefined],
  [{ progressToken: 1 }, { paths: [] }, undefined],
  [undefined, undefined, undefined],
])('a call with _meta %j and arguments %j is of the session %s', (meta, input, id) => {
  expect(sessionInCall('codex', meta, input)?.id).toBe(id);
});

const [child, parent, above] = ['1', '2', '3'].map((n) => `${n.repeat(8)}-1111-1111-1111-${n.repeat(12)}`) as [
  string,
  string,
  string,
];

test.each([
  // Claude Code names the sessions above a session, the nearest first.
  [{ CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS: parent }, 'claude-code', { harness: 'claude-code', id: parent }],
  [
    { CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS: `${parent}, ${above}` },
    'claude-code',
    { harness: 'claude-code', id: parent },
  ],
  [{ CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS: `unknown,${above}` }, 'claude-code', undefined],
  [{ CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS: `clear:${parent}` }, 'claude-code', undefined],
  [{ CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS: child }, 'claude-code', undefined],
  [{ CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS: '' }, 'claude-code', undefined],
  [{}, 'claude-code', undefined],
  // A harness in the shell of another has the other's variables; its own say nothing of above.
  [{ CLAUDE_CODE_SESSION_ID: parent }, 'opencode', { harness: 'claude-code', id: parent }],
  [{ CODEX_SESSION_ID: 'x1' }, 'claude-code', { harness: 'codex', id: 'x1' }],
  [{ CLAUDE_CODE_SESSION_ID: child }, 'claude-code', undefined],
  [{ GEMINI_CLI: '1' }, 'claude-code', undefined],
] as const)('with the environment %j a session of %s was started by %j', (env, harness, launcher) => {
  expect(launchedBy({ harness, id: child }, env)).toEqual(launcher);
});
