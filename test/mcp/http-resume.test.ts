import { afterEach, beforeEach, expect, test } from 'vitest';
import { Scratch } from '../cli/scratch.ts';
import { connect, eventually } from './client.ts';
import { type HttpServerProcess, startServer, token } from './http-server.ts';
import { accepting, ask } from './raw.ts';
import { withToken } from './with-token.ts';

let scratch: Scratch;
let server: HttpServerProcess;
let way: Awaited<ReturnType<typeof withToken>>;
beforeEach(async () => {
  scratch = new Scratch();
  server = await startServer(scratch.repo, scratch.env());
  way = await withToken(server.address, token);
});
afterEach(async () => {
  way.close();
  await server.end('SIGKILL');
  scratch.remove();
});

test('a client whose connection breaks in the middle of a call gets the answer', async () => {
  const holder = await connect(server.address);
  const { content } = await holder.call('claim', { paths: ['src/auth.ts'] });
  const waiter = await connect(way.address);
  let place = '';
  const call = { name: 'claim', arguments: { paths: ['src/auth.ts'], wait_seconds: 50 } };
  const onresumptiontoken = (event: string) => {
    place = event;
  };
  const claimed = waiter.client.callTool(call, undefined, { onresumptiontoken });
  await eventually(() => expect(scratch.git('ls-tree', 'intercom', '.intercom/waiting/')).not.toBe(''));
  // Until the stream has begun for the client, a broken connection is a call that failed.
  await eventually(() => expect(place).not.toBe(''));
  way.cut();
  await holder.call('release', { paths: [content.claim.id] });
  const { structuredContent: given } = (await claimed) as { structuredContent: typeof content };
  expect(given).toMatchObject({ claim: { paths: ['src/auth.ts'] } });
  expect(given.claim.agent).not.toBe(content.claim.agent);
});

test('what happens while a client is away is told when it is back', async () => {
  const actor = await connect(server.address);
  const listener = await connect(way.address);
  await listener.client.subscribeResource({ uri: 'intercom://claims' });
  await eventually(() => expect(way.isListening()).toBe(true));
  // Only a client that has heard something can say what it heard last.
  await actor.call('claim', { paths: ['src/first.ts'] });
  await eventually(() => expect(listener.updated).toContain('intercom://claims'));
  way.shut();
  const told = listener.updated.length;
  await actor.call('claim', { paths: ['src/auth.ts'] });
  await actor.call('status', { text: 'at work' });
  expect(listener.updated).toHaveLength(told);
  way.cut();
  await eventually(() => expect(listener.updated.slice(told)).toContain('intercom://claims'));
});

interface Event {
  readonly id: string;
  readonly data: string;
}

function eventsIn(text: string): Event[] {
  return [...text.matchAll(/^id: (\S+)\n(?:retry: \d+\n)?data: ?(.*)$/gm)].map(([, id = '', data = '']) => ({
    id,
    data,
  }));
}

test('an answer is given again to whoever names an event before it, and the stream ends there', async () => {
  const begun = await ask(server.address);
  const session = { 'mcp-session-id': begun.headers['mcp-session-id'], 'mcp-protocol-version': '2025-11-25' };
  const headers = { ...accepting, ...session };
  const body = '{"jsonrpc":"2.0","id":5,"method":"tools/list"}';
  const [first, answer] = eventsIn((await ask(server.address, { headers, body })).text);
  expect(first?.data).toBe('');
  expect(JSON.parse(answer?.data ?? '')).toMatchObject({ id: 5, result: { tools: expect.any(Array) } });
  const resume = (id = '') => ask(server.address, { method: 'GET', headers: { ...headers, 'last-event-id': id } });
  expect(eventsIn((await resume(first?.id)).text)).toEqual([answer]);
  expect(eventsIn((await resume(answer?.id)).text)).toEqual([]);
  for (const id of ['nonsense', `${first?.id}x.y`, 'another.1']) expect((await resume(id)).status, id).toBe(400);
});

test('the events of one session are of no use to another', async () => {
  const mine = await ask(server.address);
  const [event] = eventsIn(mine.text);
  const other = await ask(server.address);
  const headers = { ...accepting, 'mcp-session-id': other.headers['mcp-session-id'], 'last-event-id': event?.id };
  expect((await ask(server.address, { method: 'GET', headers })).status).toBe(400);
});
