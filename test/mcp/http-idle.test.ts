import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HttpServing, serveHttp } from '../../src/mcp/http.ts';
import { fixtureServer } from '../conformance/fixture-server.ts';
import { connect, eventually } from './client.ts';
import { accepting, ask } from './raw.ts';

const idleMsMax = 300;
const minuteMs = 60_000;

let serving: HttpServing;
let nowMs: number;
let ended: string[];
beforeEach(async () => {
  nowMs = 0;
  ended = [];
  serving = await serveHttp({
    port: 0,
    token: undefined,
    idleMsMax,
    clock: () => nowMs,
    open: (id) => ({ server: fixtureServer(), end: async () => void ended.push(id) }),
  });
});
afterEach(() => serving.end());

async function begin(headers = {}): Promise<string> {
  const answer = await ask(serving.address, { headers: { ...accepting, ...headers } });
  expect(answer.status).toBe(200);
  return String(answer.headers['mcp-session-id']);
}

async function isKnown(id: string): Promise<boolean> {
  const headers = { ...accepting, 'mcp-session-id': id };
  const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
  return (await ask(serving.address, { headers, body })).status === 200;
}

test('a session of which nothing is heard for long ends', async () => {
  const id = await begin();
  nowMs = idleMsMax - 1;
  expect(await isKnown(id)).toBe(true);
  nowMs = 2 * idleMsMax - 2;
  await new Promise((resolve) => setTimeout(resolve, idleMsMax));
  expect(ended).toEqual([]);
  nowMs = 2 * idleMsMax - 1;
  await eventually(() => expect(ended).toEqual([id]));
  expect(await isKnown(id)).toBe(false);
});

test('a session that listens is not idle', async () => {
  const { client, transport } = await connect(serving.address);
  const id = transport.sessionId;
  await client.listTools();
  nowMs = 10 * idleMsMax;
  await new Promise((resolve) => setTimeout(resolve, idleMsMax));
  expect(ended).toEqual([]);
  await client.close();
  await eventually(() => {
    nowMs += idleMsMax;
    expect(ended).toEqual([id]);
  });
});

test('a client that went without a word gives its name to the one that comes', async () => {
  await serving.end();
  serving = await serveHttp({
    ...{ port: 0, token: undefined, clock: () => nowMs },
    open: (id) => ({ server: fixtureServer(), end: async () => void ended.push(id) }),
  });
  const gone = await begin({ 'intercom-agent': 'ada' });
  nowMs = minuteMs - 1;
  expect((await ask(serving.address, { headers: { ...accepting, 'intercom-agent': 'ada' } })).status).toBe(409);
  nowMs = minuteMs;
  const begins = { ...accepting, 'intercom-agent': 'ada' };
  expect(
    (await ask(serving.address, { headers: begins, body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' })).status,
  ).toBe(400);
  expect(ended).not.toContain(gone);
  const come = await begin({ 'intercom-agent': 'ada' });
  expect(ended).toContain(gone);
  expect([await isKnown(gone), await isKnown(come)]).toEqual([false, true]);
});

test('where there are as many sessions as may be, one that went without a word makes room, and else nobody comes', async () => {
  await serving.end();
  ended = [];
  serving = await serveHttp({
    ...{ port: 0, token: undefined, clock: () => nowMs, sessionsMax: 2 },
    open: (id) => ({ server: fixtureServer(), end: async () => void ended.push(id) }),
  });
  const first = await begin();
  nowMs = 1_000;
  const second = await begin();
  expect((await ask(serving.address)).status).toBe(503);
  nowMs = minuteMs;
  expect((await ask(serving.address, { body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' })).status).toBe(400);
  expect(ended).toEqual([]);
  expect(await isKnown(second)).toBe(true);
  const third = await begin();
  expect(ended).toEqual([first]);
  expect([await isKnown(first), await isKnown(second), await isKnown(third)]).toEqual([false, true, true]);
  expect((await ask(serving.address)).status).toBe(503);
});

test('of several that come under one name at once, one gets it', async () => {
  const headers = { ...accepting, 'intercom-agent': 'ada' };
  const asked = await Promise.all(Array.from({ length: 5 }, () => ask(serving.address, { headers, bodyAfterMs: 100 })));
  expect(asked.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
});

test('a name is not held by one whose first request was refused', async () => {
  const headers = { ...accepting, 'intercom-agent': 'ada' };
  expect((await ask(serving.address, { headers, body: '{' })).status).toBe(400);
  await eventually(() => begin({ 'intercom-agent': 'ada' }));
});

test('when the server ends, all sessions do, and their streams with them', async () => {
  const ids = await Promise.all([begin(), begin()]);
  const { transport } = await connect(serving.address);
  const closed = new Promise<void>((resolve) => {
    transport.onerror = () => resolve();
  });
  await serving.end();
  await closed;
  expect(ended).toHaveLength(3);
  expect(ended).toEqual(expect.arrayContaining(ids));
  await expect(ask(serving.address)).rejects.toThrow('ECONNREFUSED');
});
