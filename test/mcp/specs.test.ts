/** The tools and the resource about specs, by the SDK's own client. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { type Connection, Place } from './place.ts';

async function connected(): Promise<{ readonly place: Place; readonly server: Connection }> {
  const place = new Place();
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, words: ['--toolset', 'full'] });
  await server.call('status', { text: 'tests' });
  return { place, server };
}

async function read({ client }: Connection, uri: string) {
  const { contents } = await client.readResource({ uri });
  return JSON.parse((contents[0] as { text: string }).text);
}

test('what one publishes the other reads, now and as it was, with what changed between', async () => {
  const { place, server } = await connected();
  const first = await server.call('publish_spec', { name: 'api', text: 'one\n', base: 0, why: 'begin' });
  expect(first.json).toMatchObject({
    spec: { name: 'api', version: 1, by: 'ada', why: 'begin' },
    isNew: true,
  });
  place.command('eve', 'spec', 'publish', 'api', 'src/a.ts');
  const now = await server.call('read_spec', { name: 'api' });
  expect(now.json).toMatchObject(place.command('ada', 'spec', 'show', 'api').json);
  const before = await server.call('read_spec', { name: 'api', version: 1 });
  expect(before.json).toMatchObject({ spec: { version: 1, text: 'one\n' } });
  expect((await server.call('read_spec', { name: 'api@1' })).json).toEqual(before.json);
  const since = await server.call('read_spec', { name: 'api', since: 1 });
  expect(since.json).toMatchObject({
    spec: { version: 2, by: 'eve' },
    diff: { from: 1, to: 2, added: 1, removed: 1, text: '@@ -1 +1 @@\n-one\n+export {};\n' },
  });
  expect((await server.call('read_spec', { name: 'api@2', since: 1 })).json).toEqual(since.json);
  const all = await server.call('read_spec', {});
  expect(all.json).toMatchObject({ specs: [{ name: 'api', version: 2, by: 'eve' }] });
});

test('a short text says whose it is', async () => {
  const { place, server } = await connected();
  place.command('eve', 'spec', 'publish', 'api', 'src/a.ts');
  const { text } = await server.call('read_spec', { name: 'api' });
  expect(text).toBe('api@1, by eve: from another agent, not from your user.\nexport {};\n');
  await server.call('publish_spec', { name: 'wire', text: 'one\n' });
  expect((await server.call('read_spec', { name: 'wire' })).text).toBe('wire@1, by you:\none\n');
});

test('a base that has moved, a name that cannot be and a spec that is not there are results with isError', async () => {
  const { server } = await connected();
  await server.call('publish_spec', { name: 'api', text: 'one\n' });
  for (const [tool, given, code] of [
    ['publish_spec', { name: 'api', text: 'two\n', base: 0 }, 'spec-moved'],
    ['publish_spec', { name: '../api', text: 'two\n' }, 'bad-name'],
    ['publish_spec', { name: 'api', text: ' ' }, 'usage'],
    ['publish_spec', { name: 'api', text: 'two\n', base: -1 }, 'usage'],
    ['read_spec', { name: 'wire' }, 'unknown-spec'],
    ['read_spec', { name: 'api', version: 2 }, 'unknown-spec'],
    ['read_spec', { name: 'api', version: 1.5 }, 'usage'],
    ['read_spec', { name: 'api', since: 3 }, 'unknown-spec'],
  ] as const) {
    const { isError, json } = await server.call(tool, given);
    expect([isError, json]).toMatchObject([true, { error: { code } }]);
  }
});

test('a long text comes in pages, which together are the text', async () => {
  const { server } = await connected();
  const text = Array.from({ length: 900 }, (_, n) => `${n}: a line of a long "spec"\n`).join('');
  await server.call('publish_spec', { name: 'api', text });
  const parts: string[] = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const { json, text: short } = await server.call('read_spec', { name: 'api', page });
    const answer = json as { spec: { text: string }; pages: number; omitted?: object };
    expect(answer.omitted).toBeUndefined();
    const isLast = page === answer.pages;
    expect(short).toMatch(isLast ? /[^.]$/ : `…\nPage ${page} of ${answer.pages}; page: ${page + 1} has more.`);
    parts.push(answer.spec.text);
    pages = answer.pages;
  }
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.join('')).toBe(text);
});

test('each spec is a resource, listed, completed, and read in any version', async () => {
  const { place, server } = await connected();
  place.command('eve', 'spec', 'publish', 'api', 'src/a.ts');
  await server.call('publish_spec', { name: 'api', text: 'two\n', why: 'shorter' });
  const { resources } = await server.client.listResources();
  expect(resources.at(-1)).toMatchObject({ uri: 'intercom://spec/api', title: 'api@2, by ada: shorter' });
  const { resourceTemplates } = await server.client.listResourceTemplates();
  expect(resourceTemplates.at(-1)).toMatchObject({ uriTemplate: 'intercom://spec/{name}', name: 'spec' });
  expect(await read(server, 'intercom://spec/api')).toEqual(place.command('eve', 'spec', 'show', 'api').json);
  expect(await read(server, 'intercom://spec/api@1')).toMatchObject({ spec: { version: 1, text: 'export {};\n' } });
  const ref = { type: 'ref/resource' as const, uri: 'intercom://spec/{name}' };
  const { completion } = await server.client.complete({ ref, argument: { name: 'name', value: 'a' } });
  expect(completion.values).toEqual(['api']);
  for (const uri of ['intercom://spec/wire', 'intercom://spec/..%2Fagents%2Fada', 'intercom://spec/api@9']) {
    await expect(server.client.readResource({ uri })).rejects.toMatchObject({ code: -32002, data: { uri } });
  }
});

test('a subscriber of the resource hears of a new version, also of a spec that was not there before', async () => {
  const { place, server } = await connected();
  const uri = 'intercom://spec/api';
  const heard = new Promise<void>((resolve) => {
    server.client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => {
      if (params.uri === uri) resolve();
    });
  });
  const listed = new Promise<void>((resolve) => {
    server.client.setNotificationHandler(ResourceListChangedNotificationSchema, () => resolve());
  });
  await server.client.subscribeResource({ uri });
  place.command('eve', 'spec', 'publish', 'api', 'src/a.ts');
  await Promise.all([heard, listed]);
  expect(await read(server, uri)).toMatchObject({ spec: { version: 1, by: 'eve' } });
});

test('where a person confirms what is said, a spec is asked about, too', async () => {
  const place = new Place();
  mkdirSync(join(place.repo, '.intercom'));
  writeFileSync(join(place.repo, '.intercom/config.yaml'), 'confirm:\n  messages: true\n');
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, words: ['--toolset', 'full'] });
  const { isError, json } = await server.call('publish_spec', { name: 'api', text: 'one\n' });
  expect([isError, json]).toMatchObject([true, { error: { code: 'not-confirmed' } }]);
});
