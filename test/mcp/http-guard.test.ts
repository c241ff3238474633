import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HttpServing, serveHttp } from '../../src/mcp/http.ts';
import { refusalOf } from '../../src/mcp/http-guard.ts';
import { fixtureServer } from '../conformance/fixture-server.ts';
import { eventually } from './client.ts';
import { token } from './http-server.ts';
import { accepting, ask } from './raw.ts';

let serving: HttpServing;
let sessionCount = 0;
let endedCount = 0;
beforeAll(async () => {
  serving = await serveHttp({
    port: 0,
    token,
    open: () => {
      sessionCount++;
      return { server: fixtureServer(), end: async () => void endedCount++ };
    },
  });
});
afterAll(() => serving.end());

const port = 4711;
function judged(headers: Record<string, string | undefined>, method = 'POST', url = '/mcp') {
  const own = { host: `127.0.0.1:${port}`, authorization: `Bearer ${token}` };
  return refusalOf({ headers: { ...own, ...headers }, method, url }, { port, token })?.status;
}

test.each([`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])(
  '%s is this host',
  (host) => {
    expect(judged({ host })).toBeUndefined();
  },
);

test.each([
  'evil.example.com',
  `evil.example.com:${port}`,
  `localhost.evil.example.com:${port}`,
  'localhost',
  '127.0.0.1:80',
  `127.0.0.2:${port}`,
  '',
  undefined,
])('%s is another host', (host) => {
  expect(judged({ host })).toBe(403);
});

test.each(['http://localhost', 'http://localhost:6274', 'https://127.0.0.1:8443', 'http://[::1]:3000'])(
  'a page of %s may ask',
  (origin) => {
    expect(judged({ origin })).toBeUndefined();
  },
);

test.each([
  'https://evil.example.com',
  'http://localhost.evil.example.com',
  'http://localhost:1.evil.example.com',
  'http://127.0.0.1.evil.example.com',
  'null',
  '',
  'file://',
])('a page of %s may not', (origin) => {
  expect(judged({ origin })).toBe(403);
});

test.each([
  [undefined, 'Bearer realm="git-intercom"'],
  ['', 'Bearer realm="git-intercom"'],
  [`Basic ${token}`, 'Bearer realm="git-intercom"'],
  ['Bearer wrong', 'Bearer realm="git-intercom", error="invalid_token"'],
  [`Bearer ${token}x`, 'Bearer realm="git-intercom", error="invalid_token"'],
  [`Bearer ${token.slice(1)}`, 'Bearer realm="git-intercom", error="invalid_token"'],
])('with Authorization: %s the token is asked for', async (authorization, challenge) => {
  const { authorization: _own, ...others } = accepting;
  const headers = authorization === undefined ? others : { ...others, authorization };
  const before = sessionCount;
  const answer = await ask(serving.address, { headers });
  expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, challenge]);
  expect(sessionCount).toBe(before);
});

test('a token counts whatever the case of its scheme', async () => {
  const answer = await ask(serving.address, { headers: { ...accepting, authorization: `bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect(answer.headers['mcp-session-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('a false Host or Origin is turned away on the wire, before the token is looked at', async () => {
  for (const headers of [{ host: 'evil.example.com' }, { origin: 'https://evil.example.com' }]) {
    const answer = await ask(serving.address, { headers: { ...accepting, ...headers, authorization: 'Bearer wrong' } });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: '2.0', error: { message: expect.any(String) }, id: null });
  }
});

test('there is /mcp and nothing else', async () => {
  for (const path of ['/', '/mcp/', '/mcp2', '/.well-known/oauth-protected-resource', '//mcp', '/%6dcp']) {
    expect((await ask(serving.address, { path })).status, path).toBe(404);
  }
  expect((await ask(serving.address, { path: '/mcp?x=1' })).status).toBe(200);
});

test.each(['PUT', 'PATCH', 'OPTIONS', 'HEAD'])('%s is not understood', async (method) => {
  const answer = await ask(serving.address, { method });
  expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, POST, DELETE']);
});

test('a body of 10 MB is the largest, whether its length is told or not', async () => {
  const fits = Buffer.alloc(10_000_000, ' ');
  const tooLong = Buffer.alloc(10_000_001, ' ');
  expect((await ask(serving.address, { body: fits })).status).toBe(400);
  expect((await ask(serving.address, { body: tooLong })).status).toBe(413);
  const untold = { ...accepting, 'transfer-encoding': 'chunked' };
  expect((await ask(serving.address, { body: tooLong, headers: untold })).status).toBe(413);
});

test('a first request that begins nothing is told why, and has no session made for it', async () => {
  const begun = sessionCount;
  const told = async (body: string | Buffer) => {
    const { status, text } = await ask(serving.address, { body });
    const { id, error } = JSON.parse(text);
    return [status, id, error.code, error.message];
  };
  const missing = [400, null, -32_000, 'Mcp-Session-Id is missing: begin with initialize.'];
  expect(await told('{"jsonrpc":"2.0","id":1,"method":"tools/list"}')).toEqual(missing);
  expect(await told('{"jsonrpc":"2.0","method":"notifications/initialized"}')).toEqual(missing);
  for (const body of ['[]', 'null', '7']) expect(await told(body)).toEqual(missing);
  for (const body of ['', '{', randomBytes(1000)]) {
    expect(await told(body)).toEqual([400, null, -32_700, 'The body is not JSON.']);
  }
  const unsaid = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}';
  expect(await told(unsaid)).toEqual([
    400,
    null,
    -32_602,
    expect.stringMatching(/^initialize: params\.protocolVersion: /),
  ]);
  expect(sessionCount).toBe(begun);
});

test('a client that cannot be answered is refused, and leaves no session', async () => {
  const live = sessionCount - endedCount;
  expect((await ask(serving.address, { headers: { ...accepting, accept: 'text/html' } })).status).toBe(406);
  expect((await ask(serving.address, { headers: { ...accepting, 'content-type': 'text/plain' } })).status).toBe(415);
  await eventually(() => expect(sessionCount - endedCount).toBe(live));
  expect(endedCount).toBeGreaterThanOrEqual(2);
});
