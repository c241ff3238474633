/** What somebody wrote by hand, on every way from the server to a model. */
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { forbidden, hostile, id, layHostile, textsIn } from '../cli/hostile.ts';
import { type Connection, Place } from './place.ts';

async function laid(): Promise<{ readonly place: Place; readonly server: Connection }> {
  const place = new Place();
  for (const name of ['ada', 'eve']) place.command(name, 'status', 'here');
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, words: ['--toolset', 'full'] });
  await server.call('status', { text: 'tests' });
  await layHostile(place.repo, place.env());
  return { place, server };
}

function expectPlain(answer: unknown): void {
  for (const text of textsIn(answer)) {
    expect(text.match(forbidden)?.[0], JSON.stringify(text)).toBeUndefined();
    if (text.startsWith('{')) expectPlain(JSON.parse(text));
  }
}

const calls: readonly (readonly [string, object])[] = [
  ['peek', { all: true }],
  ['peek', { from: hostile }],
  ['who', {}],
  ['who', { paths: ['src/a.ts'] }],
  ['check_edit', { paths: ['src/a.ts'] }],
  ['claim', { paths: ['src/a.ts'] }],
  ['release', { ids: [hostile] }],
  ['send', { to: [hostile], text: 'x' }],
  ['ask', { to: hostile, text: 'x' }],
  ['reply', { id: hostile, text: 'x' }],
  ['read', { what: 'thread', id }],
  ['read', { what: 'search', words: 'done' }],
  ['read', { what: 'search', words: hostile }],
  ['read', { what: 'room', room: 'ops' }],
  ['read', { what: 'room' }],
  ['read', { what: 'history' }],
  ['read', { what: 'receipts', id }],
  ['read_spec', { name: 'api' }],
  ['read_spec', {}],
  ['status', { text: 'with the mail that rides along' }],
];

test('no tool answers with what moves a terminal or hides, in text or in data', async () => {
  const { server } = await laid();
  let seen = 0;
  for (const [name, input] of calls) {
    const { text, json } = await server.call(name, input as Record<string, unknown>);
    expectPlain([text, json]);
    seen += text.includes('done') ? 1 : 0;
  }
  expect(seen).toBeGreaterThan(8);
});

test('no resource, list, completion or prompt has any of it', async () => {
  const { server } = await laid();
  const { resources } = await server.client.listResources();
  expect(JSON.stringify(resources)).toContain('done');
  expectPlain(resources);
  for (const uri of [...resources.map(({ uri }) => uri), 'intercom://spec/api', `intercom://thread/${id}`]) {
    const { contents } = await server.client.readResource({ uri });
    expectPlain(contents);
  }
  for (const uri of [`intercom://thread/${encodeURIComponent(hostile)}`, `intercom://${encodeURIComponent(hostile)}`]) {
    const thrown = await server.client.readResource({ uri }).catch((cause: Error) => cause);
    expectPlain((thrown as Error).message);
  }
  for (const name of ['id', 'name', 'paths', 'to', 'room']) {
    const ref = { type: 'ref/prompt' as const, name: 'hand-over' };
    expectPlain((await server.client.complete({ ref, argument: { name, value: '' } })).completion);
  }
  const { prompts } = await server.client.listPrompts();
  for (const { name, arguments: wanted = [] } of prompts) {
    const given = Object.fromEntries(wanted.map((each) => [each.name, each.name === 'to' ? 'eve' : 'src/a.ts']));
    const { messages } = await server.client.getPrompt({ name, arguments: given });
    expectPlain(messages);
  }
});

test('no notice has any of it', async () => {
  const place = new Place();
  for (const name of ['ada', 'eve']) place.command(name, 'status', 'here');
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' } });
  await server.call('status', { text: 'tests' });
  const heard = new Promise<unknown>((resolve) => {
    server.client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params: { data } }) => {
      if (JSON.stringify(data).includes(id)) resolve(data);
    });
  });
  await layHostile(place.repo, place.env());
  const data = await heard;
  expect(JSON.stringify(data)).toContain('done');
  expectPlain(data);
});
