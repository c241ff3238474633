/** A person confirms what leaves an agent, where the team wants that: at the client, or in the harness's own prompt. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../tooling/sources.ts';
import { GuardPlace } from './place.ts';

function careful(): GuardPlace {
  const place = new GuardPlace();
  place.policy('confirm: { messages: true, force: true }\n');
  place.command('bob', 'claim', 'src/a.ts');
  return place;
}

/** A client whose person says so, and what the person was asked. */
async function clientOf(place: GuardPlace, says: 'accept' | 'decline' | 'cannot be asked') {
  const capabilities = says === 'cannot be asked' ? {} : { elicitation: {} };
  const client = new Client({ name: 'test', version: '1' }, { capabilities });
  const asked: string[] = [];
  if (says !== 'cannot be asked') {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      asked.push(params.message);
      return { action: says, content: {} };
    });
  }
  const args = [`${root}dist/bin.cjs`, 'mcp'];
  const transport = new StdioClientTransport({ command: process.execPath, args, cwd: place.repo, env: place.env() });
  onTestFinished(() => client.close());
  await client.connect(transport);
  return { client, asked };
}

test.each([
  ['accept', undefined, 1],
  ['decline', 'not-confirmed', 0],
  ['cannot be asked', 'not-confirmed', 0],
] as const)('a person who says %s: %s', async (says, code, sent) => {
  const place = careful();
  const { client, asked } = await clientOf(place, says);
  const result = await client.callTool({ name: 'send', arguments: { to: ['bob'], text: 'Let us ship it.' } });
  expect((result.structuredContent as { error?: { code: string } }).error?.code).toBe(code);
  expect(asked).toEqual(says === 'cannot be asked' ? [] : ['Send to bob?\n\nLet us ship it.']);
  expect(place.command('bob', 'peek').json.messages).toHaveLength(sent);
});

test("taking by force is asked about with the reason; giving back one's own is not", async () => {
  const place = careful();
  const { client, asked } = await clientOf(place, 'decline');
  const force = { paths: ['src/a.ts'], force: true, why: 'bob is away' };
  expect((await client.callTool({ name: 'release', arguments: force })).isError).toBe(true);
  expect(asked).toEqual(['Take src/a.ts from whoever holds it, by force? Reason: bob is away']);
  await client.callTool({ name: 'release', arguments: { all: true } });
  expect(asked).toHaveLength(1);
});

test.each<[string, Record<string, unknown>, string]>([
  ['send', { to: ['bobb'], text: 'Let us ship it.' }, 'unknown-recipient'],
  ['send', { to: ['bob'], text: 'postgres://app:h4mst3r-wheel@db.corp.dev/main' }, 'secret-found'],
  ['ask', { to: 'bobb', text: 'Ship it?' }, 'unknown-recipient'],
  ['reply', { id: '1m7z91rw8m1a75yv', text: 'yes' }, 'unknown-message'],
  ['release', { paths: ['src/b.ts'], force: true, why: 'bob is away' }, 'not-holder'],
  ['release', { paths: ['src/a.ts'], force: true }, 'no-text'],
])('nobody is asked about what is refused in any case: %s %o', async (name, input, code) => {
  const place = careful();
  const { client, asked } = await clientOf(place, 'accept');
  const { structuredContent } = await client.callTool({ name, arguments: input });
  expect((structuredContent as { error?: { code: string } }).error?.code).toBe(code);
  expect(asked).toEqual([]);
});

test('what a person declines leaves nothing behind', async () => {
  const place = careful();
  const { client, asked } = await clientOf(place, 'decline');
  place.command('bob', 'send', 'ada', 'Ship it?', '--ack');
  await client.callTool({ name: 'status', arguments: { text: 'looking' } });
  const tip = place.git('rev-parse', 'intercom');
  await client.callTool({ name: 'send', arguments: { to: ['bob'], text: 'sealed', sealed: true } });
  await client.callTool({ name: 'ask', arguments: { to: 'bob', text: 'Which port?' } });
  expect(asked).toHaveLength(1);
  expect(place.git('rev-parse', 'intercom')).toBe(tip);
});

test('in a shell of an agent the harness asks the person before the command runs', () => {
  const place = careful();
  const permission = (command: string) => place.shell(command).json?.hookSpecificOutput?.permissionDecision;
  for (const command of [
    'git intercom send bob "hi"',
    'cd src && git-intercom reply ok',
    'npx git-intercom ask bob x',
    'npx --yes git-intercom@latest send bob x',
    'npx -p git-intercom git-intercom send bob x',
    'pnpm dlx git-intercom send bob x',
    'npm exec -- git-intercom send bob x',
    'node_modules/.bin/git-intercom send bob x',
  ]) {
    expect(permission(command), command).toBe('ask');
  }
  expect(permission('git intercom release src/a.ts --force --why away')).toBe('ask');
  expect(permission('git intercom peek && git intercom ask --id abc')).toBeUndefined();
});

test('nobody is asked unless the policy says so', async () => {
  const place = new GuardPlace();
  place.command('bob', 'claim', 'src/a.ts');
  const { client, asked } = await clientOf(place, 'decline');
  await client.callTool({ name: 'send', arguments: { to: ['bob'], text: 'hi' } });
  expect(asked).toEqual([]);
  expect(place.shell('git intercom send bob hi').json).toBeUndefined();
});
