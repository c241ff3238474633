/** The tool `guard` of the running server, and how mail wakes the session that it serves. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Connection, until } from '../mcp/place.ts';
import { GuardPlace } from './place.ts';

const claudeCode = { client: 'claude-code', env: { CLAUDE_CODE_SESSION_ID: 's1' } };

/** As the plugin's hooks call it: the tool's arguments are fields of their own. */
async function guard(connection: Connection, event: string, fields: Record<string, string> = {}) {
  const input = { harness: 'claude-code', event, session_id: 's1', ...fields };
  const { text, json } = await connection.call('guard', input);
  expect(json).toBeUndefined();
  return JSON.parse(text);
}

const edit = (place: GuardPlace, path: string) => ({
  tool_name: 'Edit',
  file_path: join(place.repo, path),
  cwd: place.repo,
});

test('is not among the tools that a model is shown', async () => {
  const connection = await new GuardPlace().connect(claudeCode);
  const { tools } = await connection.client.listTools();
  expect(tools.map(({ name }) => name)).not.toContain('guard');
});

test('refuses, claims and says nothing, as the hook of a process does', async () => {
  const place = new GuardPlace();
  place.command('bob', 'claim', 'src/a.ts');
  const connection = await place.connect(claudeCode);
  expect(await guard(connection, 'PreToolUse', edit(place, 'src/b.ts'))).toEqual({});
  expect(await guard(connection, 'PreToolUse', edit(place, 'src/a.ts'))).toMatchObject({
    hookSpecificOutput: { permissionDecision: 'deny' },
  });
  const { you } = (await connection.call('who')).json;
  expect(place.command('eve', 'claims', '--path', 'src/b.ts').json.claims).toMatchObject([{ agent: you, auto: true }]);
});

test('mail comes with the answer before an edit or a shell command, where the hook asks for it, and not with a refusal', async () => {
  const place = new GuardPlace();
  place.command('bob', 'claim', 'src/a.ts');
  const connection = await place.connect(claudeCode);
  const { you } = (await connection.call('who')).json;
  const mail = { mail: 'now' };
  for (const [text, input] of [
    ['before an edit', edit(place, 'src/b.ts')],
    ['before a command', { tool_name: 'Bash', command: 'ls', cwd: place.repo }],
  ] as const) {
    place.command('bob', 'send', you, text);
    const refused = await guard(connection, 'PreToolUse', { ...edit(place, 'src/a.ts'), ...mail });
    expect(refused.hookSpecificOutput.additionalContext).toBeUndefined();
    expect(await guard(connection, 'PreToolUse', input)).toEqual({});
    const { hookSpecificOutput } = await guard(connection, 'PreToolUse', { ...input, ...mail });
    expect(hookSpecificOutput).toEqual({
      hookEventName: 'PreToolUse',
      additionalContext: expect.stringContaining(text),
    });
  }
});

test('a claim in a linked worktree is of that worktree', async () => {
  const place = new GuardPlace();
  const linked = join(place.dir, 'linked');
  place.git('worktree', 'add', '--quiet', '-b', 'side', linked);
  const connection = await place.connect(claudeCode);
  await guard(connection, 'PreToolUse', { tool_name: 'Edit', file_path: join(linked, 'src/b.ts'), cwd: linked });
  const { claims } = place.command('eve', 'claims').json;
  expect(claims).toMatchObject([{ paths: ['src/b.ts'], branch: 'side', worktree: linked }]);
});

test('a policy that is changed counts from the next edit on, and one that cannot be read changes nothing', async () => {
  const place = new GuardPlace();
  place.command('bob', 'claim', 'src/a.ts');
  const connection = await place.connect(claudeCode);
  const answer = () => guard(connection, 'PreToolUse', edit(place, 'src/a.ts'));
  expect((await answer()).hookSpecificOutput.permissionDecision).toBe('deny');
  place.policy('guard: { edits: off }\n');
  expect(await answer()).toEqual({});
  place.policy('guard: [\n');
  expect(await answer()).toEqual({});
  place.policy('guard: { edits: ask }\n');
  expect((await answer()).hookSpecificOutput.permissionDecision).toBe('ask');
});

test('another session in the same program is another agent, and the one before has left', async () => {
  const place = new GuardPlace();
  const connection = await place.connect(claudeCode);
  const first = (await connection.call('who')).json.you;
  await guard(connection, 'UserPromptSubmit', { session_id: 's2', cwd: place.repo });
  const second = (await connection.call('who')).json.you;
  expect(second).not.toBe(first);
  const { agents } = place.command('eve', 'who').json;
  expect(agents.map(({ name }: { name: string }) => name)).toContain(second);
  expect(agents.map(({ name }: { name: string }) => name)).not.toContain(first);
});

/** The inbox of a session, as Claude Code has it: what is written to it, line by line. */
async function inbox(place: GuardPlace) {
  const path = join(place.dir, 'inbox');
  const lines: string[] = [];
  const server = createServer((socket) => {
    let text = '';
    socket.on('data', (part) => {
      text += part;
    });
    socket.on('end', () => {
      lines.push(...text.trim().split('\n'));
      socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  return { lines, env: { CLAUDE_CODE_MESSAGING_SOCKET: path, CLAUDE_CODE_MESSAGING_TOKEN: 't1' } };
}

test('mail wakes an idle session once, a busy one not, and the next turn brings the mail', async () => {
  const place = new GuardPlace();
  const { lines, env } = await inbox(place);
  const connection = await place.connect({ ...claudeCode, env: { ...claudeCode.env, ...env } });
  const { you } = (await connection.call('who')).json;
  const here = { cwd: place.repo };

  await guard(connection, 'UserPromptSubmit', here);
  place.command('bob', 'send', you, 'while you work');
  expect((await guard(connection, 'PostToolBatch', here)).hookSpecificOutput.additionalContext).toContain(
    'while you work',
  );
  expect(await guard(connection, 'Stop', here)).toEqual({});

  place.command('bob', 'send', you, 'wake up');
  await until(() => (lines.length > 0 ? true : undefined));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { type: 'auth', token: 't1' },
    { type: 'user', message: { role: 'user', content: expect.stringMatching(/unread mail \w+ from bob/) } },
  ]);
  place.command('bob', 'send', you, 'and again');
  const told = (await guard(connection, 'UserPromptSubmit', here)).hookSpecificOutput.additionalContext;
  expect(told).toContain('wake up');
  expect(told).toContain('and again');
  expect(lines).toHaveLength(2);
});

test('each mail wakes with a line of its own, for a harness may drop what it was told a moment before', async () => {
  const place = new GuardPlace();
  const { lines, env } = await inbox(place);
  const connection = await place.connect({ ...claudeCode, env: { ...claudeCode.env, ...env } });
  const { you } = (await connection.call('who')).json;
  const here = { cwd: place.repo };
  for (const count of [2, 4]) {
    await guard(connection, 'UserPromptSubmit', here);
    await guard(connection, 'Stop', here);
    place.command('bob', 'send', you, 'wake up');
    await until(() => (lines.length === count ? true : undefined));
  }
  expect(lines[3]).not.toBe(lines[1]);
});
