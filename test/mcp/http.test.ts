import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run, Scratch } from '../cli/scratch.ts';
import { root } from '../tooling/sources.ts';
import { type Connected, connect, eventually } from './client.ts';
import { type HttpServerProcess, startServer, token } from './http-server.ts';
import { accepting, ask } from './raw.ts';

let scratch: Scratch;
let server: HttpServerProcess;
beforeEach(async () => {
  scratch = new Scratch();
  server = await startServer(scratch.repo, scratch.env());
});
afterEach(async () => {
  await server.end('SIGKILL');
  scratch.remove();
});

async function git(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...scratch.env(), INTERCOM_TEST_CLOCK: undefined };
  return run(process.execPath, [join(root, 'dist/bin.cjs'), ...words], scratch.repo, env);
}

interface Agent {
  readonly uid: string;
  readonly name: string;
  readonly left: string | null;
  readonly live: boolean;
  readonly harness: string;
}

async function agents(): Promise<Agent[]> {
  const { stdout } = await git('who', '--all', '--json');
  return JSON.parse(stdout).agents;
}

async function nameOf({ call }: Connected): Promise<string> {
  return (await call('status', { text: 'at work' })).content.agent.name;
}

test('each client is an agent of its own, and a claim of one stands in the way of the other', async () => {
  const [one, other] = await Promise.all([
    connect(server.address, { name: 'claude-code' }),
    connect(server.address, { name: 'claude-code' }),
  ]);
  const claimed = await one.call('claim', { paths: ['src/auth.ts'], why: 'split login' });
  const refused = await other.call('claim', { paths: ['src/'], why: 'rename' });
  expect(claimed).toMatchObject({ isError: false, content: { claim: { paths: ['src/auth.ts'] } } });
  expect(refused.isError).toBe(true);
  expect(refused.text).toContain(claimed.content.claim.agent);
  expect(refused.text).toContain('split login');
  const here = await agents();
  expect(here.map(({ harness, live }) => [harness, live])).toEqual([
    ['claude-code', true],
    ['claude-code', true],
  ]);
  expect(new Set(here.map(({ name }) => name)).size).toBe(2);
});

test('a client hears of what another does, and of what is done on the command line', async () => {
  const [one, other] = await Promise.all([connect(server.address), connect(server.address)]);
  await one.client.subscribeResource({ uri: 'intercom://claims' });
  await other.client.subscribeResource({ uri: 'intercom://inbox' });
  await other.call('claim', { paths: ['src/cart.ts'] });
  await eventually(() => expect(one.updated).toContain('intercom://claims'));
  const to = await nameOf(other);
  expect((await git('send', to, 'a word', '--agent', 'grace')).code).toBe(0);
  await eventually(() => expect(other.updated).toContain('intercom://inbox'));
  expect(other.updated).not.toContain('intercom://claims');
});

test('what happens to its agent reaches a client as log messages, unless it wants none of that level', async () => {
  const [one, other] = await Promise.all([connect(server.address), connect(server.address)]);
  await other.client.setLoggingLevel('error');
  const to = [await nameOf(one), await nameOf(other)];
  expect((await git('send', to.join(','), 'a word', '--agent', 'grace')).code).toBe(0);
  await eventually(() => expect(JSON.stringify(one.logged)).toContain('a word'));
  await other.client.subscribeResource({ uri: 'intercom://claims' });
  await one.call('claim', { paths: ['src/cart.ts'] });
  await eventually(() => expect(other.updated).toEqual(['intercom://claims']));
  expect(JSON.stringify(other.logged)).not.toContain('a word');
});

test('a client that names itself after an agent whose process lives is refused what that agent may', async () => {
  const { INTERCOM_TEST_CLOCK: _clock, ...env } = scratch.env('ada') as Record<string, string>;
  const args = [join(root, 'dist/bin.cjs'), 'mcp'];
  const transport = new StdioClientTransport({ command: process.execPath, args, cwd: scratch.repo, env });
  const ada = new Client({ name: 'stdio', version: '1' });
  await ada.connect(transport);
  await ada.callTool({ name: 'claim', arguments: { paths: ['src/auth.ts'] } });
  const { call } = await connect(server.address, { headers: { 'Intercom-Agent': 'ada' } });
  const refused = await call('release', { all: true });
  expect(refused).toMatchObject({ isError: true, content: { error: { code: 'name-taken' } } });
  await ada.close();
  await eventually(async () => expect((await call('release', { all: true })).isError).toBe(false));
});

test('a client may say which agent it is; the name is its own while it is there', async () => {
  const named = { headers: { 'Intercom-Agent': 'ada' } };
  const ada = await connect(server.address, named);
  expect(await nameOf(ada)).toBe('ada');
  const second = await ask(server.address, { headers: { ...accepting, 'intercom-agent': 'Ada' } });
  expect(second.status).toBe(409);
  expect(second.text).toContain('ada');
  await ada.transport.terminateSession();
  expect(await nameOf(await connect(server.address, named))).toBe('ada');
});

test('what cannot be a name is refused at once, with one that can', async () => {
  const answer = await ask(server.address, { headers: { ...accepting, 'intercom-agent': 'Ada Lovelace' } });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text).error.message).toContain('ada-lovelace');
});

test('DELETE ends the session: its agent leaves, and its id is known no more', async () => {
  const { call, transport } = await connect(server.address);
  await call('claim', { paths: ['docs/guide.md'] });
  const headers = { ...accepting, 'mcp-session-id': transport.sessionId, 'mcp-protocol-version': '2025-11-25' };
  expect((await agents()).map(({ left }) => left)).toEqual([null]);
  expect((await ask(server.address, { method: 'DELETE', headers })).status).toBe(200);
  expect((await agents()).map(({ left }) => left)).toEqual([expect.any(String)]);
  for (const method of ['POST', 'GET', 'DELETE']) {
    expect((await ask(server.address, { method, headers })).status, method).toBe(404);
  }
});

test('a client that leaves while it is arriving does not stay behind', async () => {
  const { transport, client } = await connect(server.address);
  await transport.terminateSession();
  await client.close();
  await eventually(async () => {
    expect((await agents()).filter(({ left }) => left === null)).toEqual([]);
  });
});

test('a session that never was is unknown, and none at all is a mistake', async () => {
  const unknown = { ...accepting, 'mcp-session-id': '6f1c0b5e-0000-4000-8000-000000000000' };
  const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
  const { status, text } = await ask(server.address, { headers: unknown, body });
  expect([status, JSON.parse(text).error.message]).toEqual([
    404,
    'That session is over: begin a new one with initialize.',
  ]);
  expect((await ask(server.address, { body })).status).toBe(400);
  expect((await ask(server.address, { method: 'GET' })).status).toBe(400);
  expect((await ask(server.address, { method: 'DELETE' })).status).toBe(400);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'on %s all agents leave and nothing is left to mend',
  async (signal) => {
    const [one, other] = await Promise.all([connect(server.address), connect(server.address)]);
    await one.call('claim', { paths: ['src/auth.ts'] });
    const waiting = other.call('claim', { paths: ['src/auth.ts'], wait_seconds: 50 });
    await eventually(() => expect(scratch.git('ls-tree', 'intercom', '.intercom/waiting/')).not.toBe(''));
    expect(await server.end(signal)).toBe(0);
    expect((await waiting).content).toMatchObject({ waiting: { id: expect.any(String) } });
    expect((await agents()).map(({ left }) => left)).toEqual([expect.any(String), expect.any(String)]);
    const { code, stdout } = await git('doctor', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { ok: true }]);
    expect(server.stdout()).toBe('');
  },
);

test('with a server that was killed its agents are gone, and who comes back under its name is the same', async () => {
  const named = { headers: { 'Intercom-Agent': 'ada' } };
  const [ada, other] = await Promise.all([connect(server.address, named), connect(server.address)]);
  await Promise.all([ada.call('claim', { paths: ['src/auth.ts'] }), nameOf(other)]);
  const before = await agents();
  expect(before.map(({ live }) => live)).toEqual([true, true]);
  await server.end('SIGKILL');
  expect((await agents()).map(({ live }) => live)).toEqual([false, false]);
  const { stdout } = await git('check', '--json');
  expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'holder-gone', agent: 'ada' }]);
  server = await startServer(scratch.repo, scratch.env());
  const again = await connect(server.address, named);
  expect((await again.call('check_edit', { paths: ['src/auth.ts'] })).content).toMatchObject({ verdict: 'ours' });
  const uidOf = (all: Agent[]) => all.find(({ name }) => name === 'ada')?.uid;
  const after = await agents();
  expect(after.filter(({ live }) => live).map(({ name }) => name)).toEqual(['ada']);
  expect(uidOf(after)).toBe(uidOf(before));
});

test('claims of a server that was killed are taken back when their leases are over, but where work lies on their paths', async () => {
  const { call } = await connect(server.address, { headers: { 'Intercom-Agent': 'ada' } });
  for (const path of ['src/auth.ts', 'src/cart.ts']) await call('claim', { paths: [path] });
  await server.end('SIGKILL');
  writeFileSync(join(scratch.repo, 'src/cart.ts'), 'half of it\n');
  const held = async () => {
    const { stdout } = await git('claims', '--json');
    return JSON.parse(stdout).claims.flatMap(({ paths }: { paths: string[] }) => paths);
  };
  expect(await held()).toEqual(['src/auth.ts', 'src/cart.ts']);
  const afterLease = new Date(Date.now() + 2 * 3_600_000).toISOString();
  const later = { ...scratch.env('eve'), INTERCOM_TEST_CLOCK: afterLease };
  const claimed = await run(process.execPath, [join(root, 'dist/bin.cjs'), 'claim', 'docs'], scratch.repo, later);
  expect(claimed.code).toBe(0);
  expect(await held()).toEqual(['src/cart.ts', 'docs']);
  const { stdout } = await git('--agent', 'ada', 'peek', '--json');
  expect(JSON.parse(stdout).messages).toMatchObject([{ subject: 'Your claim on src/auth.ts was reaped' }]);
});

test('a session that its harness named in the call goes on when the server is killed', async () => {
  const { client } = await connect(server.address, { name: 'codex-mcp-client' });
  const input = { name: 'status', arguments: { text: 'at work' }, _meta: { sessionId: 't1' } };
  await client.callTool(input);
  await server.end('SIGKILL');
  expect((await agents()).map(({ live }) => live)).toEqual([true]);
});

test('a token that nobody gave is made, told on stderr, and another each time', async () => {
  const tokens = [];
  for (let n = 0; n < 2; n++) {
    const own = await startServer(scratch.repo, { ...scratch.env(), INTERCOM_TOKEN: undefined });
    const made = /The token is (\S+)/.exec(own.stderr())?.[1] ?? '';
    tokens.push(made);
    const authorization = `Bearer ${made}`;
    expect((await ask(own.address, { headers: { ...accepting, authorization } })).status).toBe(200);
    expect((await ask(own.address)).status).toBe(401);
    expect(await own.end()).toBe(0);
  }
  expect(new Set(tokens).size).toBe(2);
  expect(tokens[0]).toMatch(/^[\w-]{43}$/);
  expect(server.stderr()).not.toContain(token);
});

test('words that do not go together, and a port that is in use, are told and not tried', async () => {
  const { port } = new URL(server.address);
  const tried = [
    ['mcp', '--http', '--port', port],
    ['mcp', '--http', '--port', '70000'],
    ['mcp', '--port', '4711'],
    ['mcp', '--http', '--agent', 'ada'],
  ];
  const ended = await Promise.all(tried.map((words) => git(...words)));
  expect(ended.map(({ code }) => code)).toEqual([3, 2, 2, 2]);
  expect(ended.map(({ stdout }) => stdout).join('')).toBe('');
  expect(ended[0]?.stderr).toBe(
    `error: Port ${port} is in use.\nnext:  Choose another with --port, or leave it out: then one that is free is found.\n`,
  );
});

test('with --read-only nobody is registered', async () => {
  const looking = await startServer(scratch.repo, scratch.env(), ['--read-only']);
  const { client, call } = await connect(looking.address);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).not.toContain('claim');
  expect((await call('who', {})).isError).toBe(false);
  expect(await looking.end()).toBe(0);
  expect(scratch.tip()).toBe('');
});
