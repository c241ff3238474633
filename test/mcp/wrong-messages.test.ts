/** What is no message, and what is one with params that its method has not (JSON-RPC 2.0, 5.1). */
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from './http-server.ts';
import { Place, reading } from './place.ts';
import { accepting, ask } from './raw.ts';

const hello = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'raw', version: '1' },
};

const wrong: readonly [method: string, params: unknown, told: RegExp][] = [
  ['tools/call', undefined, /^tools\/call: params: /],
  ['tools/call', { name: 'who', arguments: [] }, /^tools\/call: params\.arguments: /],
  ['resources/read', {}, /^resources\/read: params\.uri: /],
  ['resources/subscribe', { uri: 5 }, /^resources\/subscribe: params\.uri: /],
  ['prompts/get', { name: 'who-touches', arguments: { paths: 3 } }, /^prompts\/get: params\.arguments\.paths: /],
  ['logging/setLevel', { level: 'loud' }, /^logging\/setLevel: params\.level: /],
  ['completion/complete', {}, /^completion\/complete: params\.ref: .*; params\.argument: /],
];

test('over stdio params that a method has not are told as such, in one sentence, and no failure of the server', async () => {
  const child = new Place().raw();
  const { lines, answered, ended } = reading(child);
  const calls = [['initialize', undefined, /^initialize: params: /] as const, ...wrong];
  for (const [id, [method, params]] of calls.entries())
    child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
  for (const id of calls.keys()) await answered(id);
  const byId = new Map(lines.map((line) => JSON.parse(line)).map((each) => [each.id, each.error]));
  for (const [id, [, , told]] of calls.entries()) {
    expect(byId.get(id)).toMatchObject({ code: -32602, message: expect.stringMatching(told) });
    expect(byId.get(id).message).toMatch(/^[^\n]*\.$/);
  }
  child.stdin?.end();
  await ended();
});

test('a method that is not served is unknown, whatever its params', async () => {
  const child = new Place().raw();
  const { lines, answered, ended } = reading(child);
  for (const [id, method] of ['tasks/get', 'no/such'].entries())
    child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method })}\n`);
  for (const id of [0, 1]) await answered(id);
  expect(lines.map((line) => JSON.parse(line).error.code)).toEqual([-32601, -32601]);
  child.stdin?.end();
  await ended();
});

test('over HTTP they are told in the same way', async () => {
  const place = new Place();
  const { address, end } = await startServer(place.repo, place.env());
  onTestFinished(async () => void (await end('SIGKILL')));
  const begun = await ask(address, {
    body: JSON.stringify({ jsonrpc: '2.0', id: 'i', method: 'initialize', params: hello }),
  });
  const headers = { ...accepting, 'mcp-session-id': String(begun.headers['mcp-session-id']) };
  for (const [method, params, told] of wrong) {
    const { text } = await ask(address, {
      headers,
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const [, data = '{}'] = /^data: (\{.*)$/m.exec(text) ?? [];
    expect(JSON.parse(data)).toMatchObject({ id: 1, error: { code: -32602, message: expect.stringMatching(told) } });
  }
});

test('an error says its code once', async () => {
  const server = await new Place().connect();
  const thrown = [
    await server.client.callTool({ name: 'dance' }).catch((cause: Error) => cause.message),
    await server.client.readResource({ uri: 'intercom://nothing' }).catch((cause: Error) => cause.message),
    await server.client.getPrompt({ name: 'dance' }).catch((cause: Error) => cause.message),
  ];
  expect(thrown).toEqual([
    'MCP error -32602: There is no tool dance here.',
    'MCP error -32002: There is no resource intercom://nothing here.',
    'MCP error -32602: There is no prompt dance here.',
  ]);
});

test('a resource and a prompt that cannot be had say what to do, as tools do', async () => {
  const server = await new Place({ isRepository: false }).connect();
  const told = /: There is no git repository at .* have the server started in the folder of a repository\.$/;
  await expect(server.client.readResource({ uri: 'intercom://inbox' })).rejects.toThrow(told);
  await expect(server.client.listResources()).rejects.toThrow(told);
  await expect(server.client.getPrompt({ name: 'standup' })).rejects.toThrow(told);
  const inside = await new Place().connect();
  const outside = inside.client.getPrompt({ name: 'who-touches', arguments: { paths: '/elsewhere/a.ts' } });
  await expect(outside).rejects.toThrow(/Name a path below it, or have the server started in the other repository\.$/);
});
