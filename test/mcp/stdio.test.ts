/** The server as a process: what it writes, how it ends, and what is left of it then. */
import type { ChildProcess } from 'node:child_process';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { Place, reading, until } from './place.ts';

interface Agent {
  readonly name: string;
  readonly left: string | null;
  readonly live: boolean;
}

function agents(place: Place): Agent[] {
  return place.command('eve', 'who', '--all').json.agents.filter(({ name }: Agent) => name !== 'eve');
}

const hello = {
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};
const ready = { method: 'notifications/initialized' };
const who = { id: 1, method: 'tools/call', params: { name: 'who', arguments: {} } };

function send(child: ChildProcess, ...messages: readonly object[]): void {
  for (const message of messages) child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

function expectProtocolOnly(lines: readonly string[]): void {
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
}

test('stdout carries lines of the protocol and nothing else, also after what it cannot understand', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const child = place.raw({ env: { INTERCOM_AGENT: 'ada' } });
  const { lines, answered, ended } = reading(child);
  send(child, hello, ready);
  child.stdin?.write('this is no JSON\n{"jsonrpc":"2.0"}\n[]\n\n');
  send(child, who, { id: 2, method: 'no/such', params: {} });
  await answered(1);
  await answered(2);
  child.stdin?.end();
  expect(await ended()).toEqual({ exit: [0, null], rest: '' });
  expectProtocolOnly(lines);
  expect(lines.map((line) => JSON.parse(line)).find(({ id }) => id === 2)).toMatchObject({ error: { code: -32601 } });
});

test('a client that says all at once, and waits for no answer, is one agent, under its own name', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const child = place.raw({});
  const { answered, ended } = reading(child);
  const atOnce = [hello, ready, who].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  child.stdin?.write(atOnce.join(''));
  await answered(1);
  expect(agents(place)).toMatchObject([{ harness: 'raw', live: true }]);
  child.stdin?.end();
  await ended();
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s: no line is torn, the agent has left, and the exit code is 0',
  async (signal) => {
    const place = new Place();
    const child = place.raw({ env: { INTERCOM_AGENT: 'ada' } });
    const { lines, answered, ended } = reading(child);
    send(child, hello, ready, who);
    await answered(1);
    child.kill(signal);
    expect(await ended()).toEqual({ exit: [0, null], rest: '' });
    expectProtocolOnly(lines);
    expect(agents(place)).toMatchObject([{ name: 'ada', left: expect.any(String), live: false }]);
  },
);

test('a signal while a claim waits ends the server at once, and the place in the line is kept', async () => {
  const place = new Place();
  place.command('eve', 'claim', 'src/a.ts');
  const child = place.raw({ env: { INTERCOM_AGENT: 'ada' } });
  const { ended } = reading(child);
  send(child, hello, ready);
  const params = { name: 'claim', arguments: { paths: ['src/a.ts'], wait_seconds: 50 } };
  send(child, { id: 1, method: 'tools/call', params });
  const queue = () => place.command('eve', 'claims').json.waiting;
  await until(() => queue()[0]);
  child.kill('SIGTERM');
  expect((await ended()).exit).toEqual([0, null]);
  expect(queue()).toMatchObject([{ agent: 'ada' }]);
});

test('when the client closes its end, the agent has left, is shown with --all alone, and the exit code is 0', async () => {
  const place = new Place();
  const child = place.raw({ env: { INTERCOM_AGENT: 'ada' } });
  const { answered, ended } = reading(child);
  send(child, hello, ready, who);
  await answered(1);
  expect(agents(place)).toMatchObject([{ name: 'ada', left: null, live: true }]);
  child.stdin?.end();
  expect((await ended()).exit).toEqual([0, null]);
  expect(agents(place)).toMatchObject([{ name: 'ada', left: expect.any(String), live: false }]);
  const names = place.command('eve', 'who').json.agents.map(({ name }: Agent) => name);
  expect(names).not.toContain('ada');
});

test('a client that is gone before the agent has arrived leaves nobody behind', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const child = place.raw({ env: { INTERCOM_AGENT: 'ada' } });
  const { answered, ended } = reading(child);
  send(child, hello);
  await answered(0);
  send(child, ready);
  child.stdin?.end();
  expect((await ended()).exit).toEqual([0, null]);
  expect(agents(place).filter(({ left }) => left === null)).toEqual([]);
});

test('after the server and its harness were killed nothing is broken, and the agent is not live', async () => {
  const place = new Place();
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, client: 'claude-code', inHarness: true });
  await server.call('claim', { paths: ['src/a.ts'] });
  const harness = server.transport.pid as number;
  const closed = new Promise<void>((resolve) => {
    server.client.onclose = resolve;
  });
  process.kill(server.serverPid, 'SIGKILL');
  expect(agents(place)).toMatchObject([{ name: 'ada', left: null, live: true }]);
  process.kill(harness, 'SIGKILL');
  await closed;
  expect(agents(place)).toMatchObject([{ name: 'ada', left: null, live: false }]);
  expect(place.command('eve', 'doctor')).toMatchObject({ code: 0, json: { ok: true } });
});

test('where there is no repository the server answers so, and works as soon as there is one', async () => {
  const place = new Place({ isRepository: false });
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' } });
  expect((await server.client.listTools()).tools.length).toBeGreaterThan(0);
  const { json, isError } = await server.call('who');
  expect([isError, json.error.code]).toEqual([true, 'not-a-repository']);
  expect(json.error.call).toBe('Run git init, or have the server started in the folder of a repository.');
  place.init();
  expect((await server.call('claim', { paths: ['src/a.ts'] })).json.claim).toMatchObject({ agent: 'ada' });
  const heard = new Promise<void>((resolve) => {
    server.client.setNotificationHandler(ResourceUpdatedNotificationSchema, () => resolve());
  });
  await server.client.subscribeResource({ uri: 'intercom://claims' });
  place.command('eve', 'claim', 'src/b.ts');
  await heard;
});

test.each([
  [['--toolset', 'huge'], 2],
  [['extra'], 2],
  [['-C', '/no/such/folder'], undefined],
])('the words %j', async (words, code) => {
  const child = new Place().raw({ words });
  const { lines, ended } = reading(child);
  let stderr = '';
  child.stderr?.on('data', (part) => {
    stderr += part;
  });
  if (code === undefined) child.stdin?.end();
  expect((await ended()).exit).toEqual([code ?? 0, null]);
  expect(lines).toEqual([]);
  if (code === 2) expect(stderr).toMatch(/^error: .*\nnext: {2}.*\n$/);
});
