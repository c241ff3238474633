/** Resources, subscriptions, prompts and completions, by the SDK's own client. */
import {
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { expect, onTestFinished, test } from 'vitest';
import { openIntercom } from '../../src/index.ts';
import { type Connection, Place, until } from './place.ts';

const ada = { INTERCOM_AGENT: 'ada' };

/** Ada's server; she is registered when this resolves. */
async function connected(): Promise<{ readonly place: Place; readonly server: Connection }> {
  const place = new Place();
  const server = await place.connect({ env: ada });
  await server.call('status', { text: 'tests' });
  return { place, server };
}

async function read({ client }: Connection, uri: string) {
  const { contents } = await client.readResource({ uri });
  expect(contents).toMatchObject([{ uri, mimeType: 'application/json' }]);
  return JSON.parse((contents[0] as { text: string }).text);
}

/** Resolves with the first notification of this address. */
function updated({ client }: Connection, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params: { uri } }) => {
      if (uri === wanted) resolve();
    });
  });
}

test('three resources are always there, and a thread with unread mail is listed', async () => {
  const { place, server } = await connected();
  const { thread } = place.command('eve', 'send', 'ada', 'the tests are red').json.message;
  const { resources } = await server.client.listResources();
  expect(resources.map(({ uri }) => uri)).toEqual([
    'intercom://inbox',
    'intercom://claims',
    'intercom://agents',
    `intercom://thread/${thread}`,
  ]);
  expect(resources.at(-1)?.title).toBe('eve: the tests are red');
  const { resourceTemplates } = await server.client.listResourceTemplates();
  expect(resourceTemplates).toMatchObject([
    { name: 'thread', uriTemplate: 'intercom://thread/{id}' },
    { name: 'spec' },
  ]);
});

test('a resource reads as the command answers, and reading the inbox marks nothing', async () => {
  const { place, server } = await connected();
  place.command('eve', 'claim', 'src/a.ts');
  const { id, thread } = place.command('eve', 'send', 'ada', 'the tests are red').json.message;
  expect(await read(server, 'intercom://claims')).toEqual(place.command('eve', 'claims').json);
  expect(await read(server, 'intercom://agents')).toMatchObject({ agents: [{ name: 'eve' }, { name: 'ada' }] });
  expect(await read(server, `intercom://thread/${thread}`)).toMatchObject({ messages: [{ id }] });
  for (let looks = 0; looks < 2; looks++) {
    expect(await read(server, 'intercom://inbox')).toMatchObject({ unread: 1, messages: [{ id, delivered: null }] });
  }
});

test.each(['intercom://nothing', 'file:///etc/passwd', 'intercom://thread/00000000', 'intercom://thread/%'])(
  'the resource %s is not there: -32002, with the address',
  async (uri) => {
    const { server } = await connected();
    await expect(server.client.readResource({ uri })).rejects.toMatchObject({ code: -32002, data: { uri } });
  },
);

test('who subscribes to an address that is none of ours is told so', async () => {
  const { server } = await connected();
  await expect(server.client.subscribeResource({ uri: 'intercom://nothing' })).rejects.toMatchObject({ code: -32002 });
});

test('a subscriber hears of the claim of another process, and reads it then', async () => {
  const { place, server } = await connected();
  const heard = updated(server, 'intercom://claims');
  await server.client.subscribeResource({ uri: 'intercom://claims' });
  place.command('eve', 'claim', 'src/a.ts');
  await heard;
  expect(await read(server, 'intercom://claims')).toMatchObject({ claims: [{ agent: 'eve', paths: ['src/a.ts'] }] });
});

test('a subscriber hears of its mail, and that the list of threads is another', async () => {
  const { place, server } = await connected();
  const heard = updated(server, 'intercom://inbox');
  const changed = new Promise<void>((resolve) => {
    server.client.setNotificationHandler(ResourceListChangedNotificationSchema, () => resolve());
  });
  await server.client.subscribeResource({ uri: 'intercom://inbox' });
  place.command('eve', 'send', 'ada', 'the tests are red');
  await Promise.all([heard, changed]);
  expect(await read(server, 'intercom://inbox')).toMatchObject({ unread: 1 });
});

test('who has unsubscribed hears nothing of it, and nobody hears of the mail of others', async () => {
  const { place, server } = await connected();
  for (const name of ['bob', 'eve']) place.command(name, 'status', 'here');
  const heard: string[] = [];
  const claims = 'intercom://claims';
  const done = new Promise<void>((resolve) => {
    server.client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params: { uri } }) => {
      heard.push(uri);
      if (uri === 'intercom://agents') resolve();
    });
  });
  for (const uri of [claims, 'intercom://inbox']) await server.client.subscribeResource({ uri });
  await server.client.unsubscribeResource({ uri: claims });
  place.command('eve', 'send', 'bob', 'not for ada');
  await server.client.subscribeResource({ uri: 'intercom://agents' });
  place.command('eve', 'claim', 'src/a.ts');
  await done;
  expect(new Set(heard)).toEqual(new Set(['intercom://agents']));
});

async function prompt({ client }: Connection, name: string, given?: Record<string, string>): Promise<string> {
  const { messages } = await client.getPrompt({ name, ...(given && { arguments: given }) });
  expect(messages).toMatchObject([{ role: 'user', content: { type: 'text' } }]);
  return (messages[0] as { content: { text: string } }).content.text;
}

test('the prompts are filled with what is known now', async () => {
  const { place, server } = await connected();
  place.command('eve', 'claim', 'src/a.ts', '--why', 'moving files');
  place.command('eve', 'send', 'ada', 'the tests are red');
  await server.call('claim', { paths: ['src/b.ts'] });
  const { prompts } = await server.client.listPrompts();
  expect(prompts.map(({ name }) => name)).toEqual(['standup', 'hand-over', 'who-touches']);
  const standup = await prompt(server, 'standup');
  for (const words of ['moving files', 'the tests are red', 'src/b.ts']) expect(standup).toContain(words);
  const handOver = await prompt(server, 'hand-over', { to: 'eve' });
  expect(handOver).toMatch(/^Hand your work over to eve\./);
  expect(handOver).toContain('src/b.ts');
  expect(handOver).not.toContain('moving files');
  const touches = await prompt(server, 'who-touches', { paths: `src/b.ts, ${place.repo}/src/a.ts` });
  expect(touches).toContain('"path": "src/a.ts"');
  expect(touches).toContain('moving files');
});

test.each([
  ['hand-over', {}],
  ['who-touches', { paths: '' }],
  ['dance', {}],
])('the prompt %s with %j is refused: -32602', async (name, given) => {
  const { server } = await connected();
  await expect(server.client.getPrompt({ name, arguments: given })).rejects.toMatchObject({ code: -32602 });
});

test('agents, threads and claimed paths are offered while they are typed', async () => {
  const { place, server } = await connected();
  place.command('eve', 'claim', 'src/a.ts');
  const { thread } = place.command('Eva', 'send', 'ada', 'the tests are red').json.message;
  const complete = async (ref: 'ref/prompt' | 'ref/resource', of: string, name: string, value: string) => {
    const reference = ref === 'ref/prompt' ? { type: ref, name: of } : { type: ref, uri: of };
    const { completion } = await server.client.complete({ ref: reference as never, argument: { name, value } });
    return completion;
  };
  expect(await complete('ref/prompt', 'hand-over', 'to', 'e')).toEqual({
    values: ['Eva', 'eve'],
    total: 2,
    hasMore: false,
  });
  expect((await complete('ref/prompt', 'hand-over', 'to', '')).values).not.toContain('ada');
  expect((await complete('ref/prompt', 'who-touches', 'paths', 'src/')).values).toEqual(['src/a.ts']);
  expect((await complete('ref/resource', 'intercom://thread/{id}', 'id', '')).values).toContain(thread);
  expect((await complete('ref/prompt', 'hand-over', 'nothing', '')).values).toEqual([]);
});

test('a hand-over to nobody and completions for a prompt that is not there are refused: -32602', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const { client } = await place.connect({ env: { INTERCOM_AGENT: 'ada' } });
  const handOver = client.getPrompt({ name: 'hand-over', arguments: { to: 'evee' } });
  await expect(handOver).rejects.toMatchObject({ code: -32602, message: expect.stringMatching(/evee.*Near: eve/) });
  const completed = client.complete({ ref: { type: 'ref/prompt', name: 'nope' }, argument: { name: 'to', value: '' } });
  await expect(completed).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('no prompt nope') });
});

test('a server that only reads offers no hand-over, and says of peek nothing of answers', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const { client } = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, words: ['--read-only'] });
  expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(['standup', 'who-touches']);
  await expect(client.getPrompt({ name: 'hand-over', arguments: { to: 'eve' } })).rejects.toMatchObject({
    code: -32602,
  });
  const { tools } = await client.listTools();
  expect(tools.find(({ name }) => name === 'peek')?.description).toBe('Unread mail.');
});

test('where all have left, who says so and how they are seen', async () => {
  const place = new Place();
  const eve = await place.connect({ env: { INTERCOM_AGENT: 'eve' } });
  await eve.call('status', { text: 'here' });
  await eve.client.close();
  await until(() => place.command('ada', 'who').json.agents.length === 0 || undefined);
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, words: ['--read-only'] });
  expect((await server.call('who')).text).toContain('Nobody is here now; 1 agent left before: who with all.');
  expect((await server.call('who', { all: true })).text).toContain('eve');
  expect(place.told('ada', 'who')).toContain('Nobody is here now; 1 agent left before: git intercom who --all.');
});

test('whatever is recorded once a subscription is answered is told, however soon after the start that is', async () => {
  const place = new Place();
  place.command('ada', 'status', 'here');
  const eve = await openIntercom({ dir: place.repo, agent: 'eve', lifetime: 'none' });
  onTestFinished(() => eve.close());
  const server = await place.connect({ env: ada, words: ['--read-only'] });
  const heard = updated(server, 'intercom://claims');
  await server.client.subscribeResource({ uri: 'intercom://claims' });
  expect(await eve.claim({ paths: ['src/a.ts'] })).toMatchObject({ status: 'done' });
  await heard;
});
