/**
 * The official suite for MCP servers, protocol revision 2025-11-25. Behind the product's HTTP layer stand the fixtures
 * that the suite asks for; what needs none is asked of the real server, too.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveHttp } from '../../src/mcp/http.ts';
import { Scratch } from '../cli/scratch.ts';
import { startServer, token } from '../mcp/http-server.ts';
import { withToken } from '../mcp/with-token.ts';
import { fixtureServer } from './fixture-server.ts';
import { findings, scenarios } from './suite.ts';

/** resources-subscribe and -unsubscribe ask for test://watched-resource; a server that has it not must refuse. */
const asksForNoFixture = [
  'server-initialize',
  'server-session-lifecycle',
  'logging-set-level',
  'ping',
  'tools-list',
  'resources-list',
  'prompts-list',
  'server-sse-multiple-streams',
  'dns-rebinding-protection',
];

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
});
afterAll(() => scratch.remove());

test('each scenario for servers passes, behind the HTTP layer of git-intercom', async () => {
  const open = () => ({ server: fixtureServer(), end: async () => {} });
  const serving = await serveHttp({ port: 0, token: undefined, open });
  try {
    const found = await findings(serving.address);
    expect([...found.keys()].sort()).toEqual((await scenarios()).sort());
    expect(found.size).toBeGreaterThanOrEqual(33);
    expect([...found].filter(([, wrong]) => wrong.length > 0)).toEqual([]);
  } finally {
    await serving.end();
  }
});

test('a server without a guard, and one that lacks a fixture, are found out', async () => {
  const open = () => ({ server: fixtureServer(['test_simple_text']), end: async () => {} });
  const serving = await serveHttp({ port: 0, token: undefined, open });
  const openHouse = await withToken(serving.address, 'none', { hidesHost: true });
  try {
    const found = await findings(openHouse.address);
    const failed = [...found].filter(([, wrong]) => wrong.length > 0).map(([name]) => name);
    expect(failed).toContain('dns-rebinding-protection');
    expect(failed).toContain('tools-call-simple-text');
  } finally {
    openHouse.close();
    await serving.end();
  }
});

test('git-intercom mcp --http passes those that ask for no fixture', async () => {
  const server = await startServer(scratch.repo, scratch.env());
  const open = await withToken(server.address, token);
  try {
    const found = await findings(open.address);
    for (const name of asksForNoFixture) expect(found.get(name), name).toEqual([]);
  } finally {
    open.close();
    expect(await server.end()).toBe(0);
  }
});
