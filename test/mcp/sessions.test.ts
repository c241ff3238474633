/** Which agent a session is: the same after a restart, beside a command, and for each of many threads. */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { type Connection, Place, resultOf, until } from './place.ts';

async function nameOf(server: Connection, input: Record<string, unknown> = {}): Promise<string> {
  return (await server.call('status', { text: 'tests', ...input })).json.agent.name;
}

function namesIn(place: Place): string[] {
  const { agents } = place.command('eve', 'who', '--all').json;
  return agents.map(({ name }: { name: string }) => name).filter((name: string) => name !== 'eve');
}

test('a session without a name gets one that a person can say, and keeps it over a restart', async () => {
  const place = new Place();
  const env = { COPILOT_AGENT_SESSION_ID: 'g1' };
  const first = await place.connect({ env });
  const name = await nameOf(first);
  expect(name).toMatch(/^[a-z]+-[a-z]+$/);
  await first.client.close();
  const second = await place.connect({ env, inHarness: true });
  expect(await nameOf(second)).toBe(name);
  expect(namesIn(place)).toEqual([name]);
});

test('a session that was started by another is shown with it, under the name that it has by then', async () => {
  const place = new Place();
  const [parent, child] = ['1', '2'].map((n) => `${n.repeat(8)}-1111-1111-1111-${n.repeat(12)}`) as [string, string];
  const above = await place.connect({ env: { CLAUDE_CODE_SESSION_ID: parent } });
  const below = await place.connect({
    env: { CLAUDE_CODE_SESSION_ID: child, CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS: parent },
  });
  const [parentName, childName] = [await nameOf(above, { name: 'owl' }), await nameOf(below)];
  expect(parentName).toBe('owl');
  const shownBy = async (server: Connection) => {
    const { agents } = (await server.call('who', {})).json;
    return agents.map(({ name, startedBy }: { name: string; startedBy?: string }) => [name, startedBy]).sort();
  };
  const family = [
    [childName, 'owl'],
    ['owl', undefined],
  ].sort();
  expect(await shownBy(above)).toEqual(family);
  expect(await shownBy(below)).toEqual(family);
  expect(place.command('eve', 'who').json.agents).toContainEqual(
    expect.objectContaining({ name: childName, startedBy: 'owl' }),
  );
});

test('another session of the same harness is another agent', async () => {
  const place = new Place();
  const first = await place.connect({ env: { COPILOT_AGENT_SESSION_ID: 'g1' } });
  const second = await place.connect({ env: { COPILOT_AGENT_SESSION_ID: 'g2' } });
  expect(await nameOf(second)).not.toBe(await nameOf(first));
});

test('where a harness that has hooks does not name its session, its process is one: two of them are two agents', async () => {
  const place = new Place();
  const client = 'claude-code';
  const [first, same, other] = await Promise.all([
    place.connect({ client }),
    place.connect({ client }),
    place.connect({ client, inHarness: true }),
  ]);
  const name = await nameOf(first);
  expect(await nameOf(same)).toBe(name);
  expect(await nameOf(other)).not.toBe(name);
});

test('two servers that one unknown program starts are two agents while both live, and the same two afterwards', async () => {
  const place = new Place();
  const servers = await Promise.all([place.connect(), place.connect()]);
  const names = await Promise.all(servers.map((server) => nameOf(server)));
  expect(new Set(names).size).toBe(2);
  const [first, second] = servers as [Connection, Connection];
  await first.call('claim', { paths: ['src/a.ts'] });
  expect((await second.call('claim', { paths: ['src/a.ts'] })).json.error.code).toBe('claim-conflict');
  await first.call('send', { to: ['all'], text: 'to the other' });
  expect((await second.call('peek')).json.messages).toMatchObject([{ from: names[0] }]);
  await first.client.close();
  const { agents } = place.command('eve', 'who').json;
  expect(agents).toContainEqual(expect.objectContaining({ name: names[1], live: true }));
  const again = await place.connect();
  expect(await nameOf(again)).toBe(names[0]);
  expect((await again.call('check_edit', { paths: ['src/a.ts'] })).json.verdict).toBe('ours');
  expect(namesIn(place).sort()).toEqual([...names].sort());
});

test('of two servers that one unknown program starts under one name the second is refused it while the first lives', async () => {
  const place = new Place();
  const env = { INTERCOM_AGENT: 'fox' };
  const first = await place.connect({ env });
  await nameOf(first);
  const second = await place.connect({ env });
  const { isError, json } = await second.call('claim', { paths: ['src/a.ts'] });
  expect([isError, json.error.code]).toEqual([true, 'name-taken']);
  await second.client.close();
  expect(place.command('eve', 'who').json.agents).toContainEqual(expect.objectContaining({ name: 'fox', live: true }));
  await first.client.close();
  expect(await nameOf(await place.connect({ env }))).toBe('fox');
});

test('a server comes back under a name whose session is, by a command, the process above', async () => {
  const place = new Place();
  const env = { INTERCOM_AGENT: 'fox' };
  await nameOf(await place.connect({ env }));
  place.command({ ...env, INTERCOM_PID: String(process.pid) }, 'status', 'by a command');
  expect(await nameOf(await place.connect({ env }))).toBe('fox');
});

test('a session is here as soon as its client is ready, before it calls anything', async () => {
  const place = new Place();
  place.command('eve', 'init', '--yes');
  const before = namesIn(place).length;
  const { client } = await place.connect({ env: { COPILOT_AGENT_SESSION_ID: 'g1' } });
  await until(() => (namesIn(place).length === before + 1 ? true : undefined));
  await client.close();
});

test('where nobody opened coordination, a server that only starts and looks writes nothing', async () => {
  const place = new Place();
  const { client } = await place.connect({ env: { COPILOT_AGENT_SESSION_ID: 'g1' } });
  await client.listTools();
  await client.close();
  expect(place.git('for-each-ref', 'refs/heads/intercom')).toBe('');
});

test('when one of two servers of a session ends, the session is still here', async () => {
  const place = new Place();
  const env = { COPILOT_AGENT_SESSION_ID: 'g1' };
  const [first, second] = await Promise.all([place.connect({ env }), place.connect({ env })]);
  const name = await nameOf(first);
  expect(await nameOf(second)).toBe(name);
  await first.client.close();
  const present = () => place.command('eve', 'who').json.agents.find((agent: { name: string }) => agent.name === name);
  expect(await until(present)).toMatchObject({ left: null, live: true });
  await second.client.close();
  expect(present()).toBeUndefined();
});

test('a name that a living session has is refused to another, and is free when that has ended', async () => {
  const place = new Place();
  const env = { INTERCOM_AGENT: 'ada' };
  const first = await place.connect({ env, inHarness: true });
  expect(await nameOf(first)).toBe('ada');
  const second = await place.connect({ env, inHarness: true });
  const { isError, json } = await second.call('who');
  expect([isError, json.error.code]).toEqual([true, 'name-taken']);
  expect(json.error.message).toContain(`process ${first.serverPid} on `);
  await first.client.close();
  expect(await nameOf(second)).toBe('ada');
});

test('a name whose session was killed is free', async () => {
  const place = new Place();
  const env = { INTERCOM_AGENT: 'ada' };
  const first = await place.connect({ env, inHarness: true });
  expect(await nameOf(first)).toBe('ada');
  const closed = new Promise<void>((resolve) => {
    first.client.onclose = resolve;
  });
  process.kill(first.serverPid, 'SIGKILL');
  process.kill(first.transport.pid as number, 'SIGKILL');
  await closed;
  expect(await nameOf(await place.connect({ env, inHarness: true }))).toBe('ada');
});

test('a command in the shell of Claude Code acts for the session of its server', async () => {
  const place = new Place();
  const env = { CLAUDE_CODE_SESSION_ID: 'c1', CLAUDE_PID: String(process.pid) };
  const server = await place.connect({ env, client: 'claude-code' });
  const { claim } = (await server.call('claim', { paths: ['src/a.ts'] })).json;
  expect(place.command(env, 'check-edit', 'src/a.ts').json).toMatchObject({ verdict: 'ours' });
  expect(place.command(env, 'claim', 'src/b.ts').json.claim.agent).toBe(claim.agent);
  expect((await server.call('release', { all: true })).json.claims).toHaveLength(2);
  expect(namesIn(place)).toEqual([claim.agent]);
});

test('a command before the server has the name that the server gets', async () => {
  const place = new Place();
  const env = { CLAUDE_CODE_SESSION_ID: 'c2', CLAUDE_PID: String(process.pid) };
  const { agent } = place.command(env, 'claim', 'src/a.ts').json.claim;
  expect(agent).toMatch(/^[a-z]+-[a-z]+$/);
  expect(await nameOf(await place.connect({ env, client: 'claude-code' }))).toBe(agent);
});

test('two threads of one Codex server are two agents; before the first call nobody is here', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const { client } = await place.connect({ client: 'codex-mcp-client' });
  await client.listTools();
  expect(namesIn(place)).toEqual([]);
  const call = async (sessionId: string, name: string, input: Record<string, unknown>) =>
    resultOf((await client.callTool({ name, arguments: input, _meta: { sessionId } })) as CallToolResult);
  const { claim } = (await call('t1', 'claim', { paths: ['src/a.ts'] })).json;
  const refused = await call('t2', 'claim', { paths: ['src/a.ts'] });
  expect(refused.json.error).toMatchObject({ code: 'claim-conflict', data: { rivals: [{ agent: claim.agent }] } });
  expect((await call('t1', 'check_edit', { paths: ['src/a.ts'] })).json.verdict).toBe('ours');
  expect(new Set(namesIn(place)).size).toBe(2);
  await client.close();
  const { agents } = place.command('eve', 'who').json;
  expect(agents.map(({ name }: { name: string }) => name)).toEqual(['eve']);
});

test('OpenCode names the session in the arguments', async () => {
  const place = new Place();
  const server = await place.connect({ client: 'opencode' });
  const first = await nameOf(server, { _session: 'o1' });
  expect(await nameOf(server, { _session: 'o2' })).not.toBe(first);
  expect(await nameOf(server, { _session: 'o1' })).toBe(first);
});

test.each<[string, readonly string[]]>([
  ['nothing', []],
  ['a shell', ['sh', '-c', '"$@"; exit $?', 'sh']],
  ['two shells and env', ['bash', '-c', '"$@"; exit $?', 'bash', 'env', 'sh', '-c', '"$@"; exit $?', 'sh']],
])('with %s between them the process of the session is the harness', async (_, through) => {
  const place = new Place();
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, client: 'claude-code', through });
  await nameOf(server);
  expect(place.git('show', 'intercom:.intercom/agents/ada.yaml')).toMatch(new RegExp(`^ +pid: ${process.pid}$`, 'm'));
});

test('a server under npx belongs to whoever started npx', async () => {
  const place = new Place();
  place.install();
  const program = ['npx', '--no-install', 'git-intercom'];
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, client: 'claude-code', program });
  await nameOf(server);
  expect(place.git('show', 'intercom:.intercom/agents/ada.yaml')).toMatch(new RegExp(`^ +pid: ${process.pid}$`, 'm'));
});

test('a session that takes another name goes on under it at once, and after a restart, and has its mail', async () => {
  const place = new Place();
  const env = { INTERCOM_AGENT: 'calm-owl' };
  const server = await place.connect({ env });
  await server.call('claim', { paths: ['a.ts'] });
  const { json } = await server.call('status', { name: 'bold-fox' });
  expect(json.agent).toMatchObject({ name: 'bold-fox', formerly: ['calm-owl'], claims: [{ agent: 'bold-fox' }] });
  place.command('eve', 'send', 'calm-owl', 'to the owl');
  const peeked = (await server.call('peek')).json;
  expect(peeked.messages).toMatchObject([{ from: 'eve', to: ['bold-fox'] }]);
  expect((await server.call('who')).json.you).toBe('bold-fox');
  await server.client.close();
  const second = await place.connect({ env });
  expect(await nameOf(second)).toBe('bold-fox');
  expect(namesIn(place)).toEqual(['bold-fox']);
});

test('a session that was renamed by a command in its shell is told its mail under the new name', async () => {
  const place = new Place();
  const env = { COPILOT_AGENT_SESSION_ID: 'g1' };
  const server = await place.connect({ env, inHarness: true });
  const name = await nameOf(server);
  place.command(name, 'status', '--name', 'night-owl');
  place.command('eve', 'send', name, 'to the owl');
  expect((await server.call('peek')).json.messages).toMatchObject([{ from: 'eve', to: ['night-owl'] }]);
  expect(await nameOf(server)).toBe('night-owl');
});
