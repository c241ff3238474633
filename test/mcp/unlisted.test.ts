/** Arguments that the command has and a short list of tools has no room for: they are taken all the same. */
import { expect, test } from 'vitest';
import { chosenTools } from '../../src/mcp/tools/index.ts';
import { type Connection, Place } from './place.ts';

async function withEve(words: readonly string[] = []): Promise<{ readonly place: Place; readonly ada: Connection }> {
  const place = new Place();
  expect(place.command('eve', 'status', 'here').code).toBe(0);
  const ada = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, words });
  await ada.call('status', { text: 'tests' });
  return { place, ada };
}

function unreadBy(name: string, place: Place) {
  return place.command(name, 'peek', '--no-mark').json.messages;
}

test('send: kind makes it progress, supersedes takes the earlier one away, expires says until when it counts', async () => {
  const { place, ada } = await withEve();
  const first = await ada.call('send', { to: ['eve'], text: 'half', kind: 'progress' });
  expect(first.json.message.kind).toBe('progress');
  const { id } = first.json.message;
  const second = await ada.call('send', { to: ['eve'], text: 'all', kind: 'progress', supersedes: id, expires: '2h' });
  const { message } = second.json;
  expect(Date.parse(message.expires) - Date.parse(message.at)).toBe(7_200_000);
  expect(unreadBy('eve', place)).toMatchObject([{ text: 'all', kind: 'progress', supersedes: id }]);
});

test('send: expires is a duration as the command takes it', async () => {
  const { place, ada } = await withEve();
  const wrong = await ada.call('send', { to: ['eve'], text: 'soon', expires: 'tomorrow' });
  expect(wrong.json.error).toMatchObject({ code: 'usage', message: 'expires: a duration such as 90s, 30m or 2h.' });
  expect(unreadBy('eve', place)).toEqual([]);
  const { message } = (await ada.call('send', { to: ['eve'], text: 'soon', expires: 30 })).json;
  expect(Date.parse(message.expires) - Date.parse(message.at)).toBe(1_800_000);
});

test('reply: to tells others than the sender, with importance', async () => {
  const { place, ada } = await withEve();
  expect(place.command('bob', 'status', 'here').code).toBe(0);
  const { message } = place.command('eve', 'send', 'ada', 'done?').json;
  await ada.call('reply', { id: message.id, text: 'yes', to: ['bob'], importance: 'high' });
  expect(unreadBy('bob', place)).toMatchObject([{ text: 'yes', importance: 'high', from: 'ada' }]);
  expect(unreadBy('eve', place)).toEqual([]);
});

test('reply: of several open asks, to names whose is meant', async () => {
  const { place, ada } = await withEve();
  for (const name of ['eve', 'bob'])
    expect(place.command(name, 'ask', 'ada', `${name}?`, '--wait', '0s').code).not.toBe(2);
  const unclear = await ada.call('reply', { text: 'yes' });
  expect(unclear.json.error).toMatchObject({
    code: 'ambiguous',
    call: expect.stringMatching(/the tool reply with to (bob|eve)\.$/),
  });
  const { message } = (await ada.call('reply', { text: 'yes', to: ['bob'] })).json;
  expect(message.to).toEqual(['bob']);
});

test('reply: sealed, only the sender of the original can read it', async () => {
  const { place, ada } = await withEve();
  expect(place.command('eve', 'key').code).toBe(0);
  const { message } = place.command('eve', 'send', 'ada', 'the key?').json;
  const { json } = await ada.call('reply', { id: message.id, text: 'below the mat', sealed: true });
  expect(json.message).toMatchObject({ sealed: 'opened', text: 'below the mat' });
});

test('peek: limit shows so many, and what no_mark shows does not count as delivered', async () => {
  const { place, ada } = await withEve();
  for (const text of ['one', 'two']) expect(place.command('eve', 'send', 'ada', text).code).toBe(0);
  const looked = await ada.call('peek', { limit: 1, no_mark: true });
  expect([looked.json.unread, looked.json.messages.length]).toEqual([2, 1]);
  expect(unreadBy('ada', place).map(({ delivered }: { delivered: string | null }) => delivered)).toEqual([null, null]);
  expect((await ada.call('who')).json.unreadMail).toHaveLength(2);
});

test('who: scope says of which repositories, and status: tags are words that others may look for', async () => {
  const { place, ada } = await withEve();
  expect((await ada.call('who', { scope: 'machine' })).json.agents.map(({ name }: { name: string }) => name)).toContain(
    'eve',
  );
  expect((await ada.call('who', { scope: 'world' })).json.error).toMatchObject({ code: 'usage' });
  const { agent } = (await ada.call('status', { tags: ['db', 'tests'] })).json;
  expect(agent.tags).toEqual(['db', 'tests']);
  expect(place.command('eve', 'who').json.agents.find(({ name }: { name: string }) => name === 'ada').tags).toEqual(
    agent.tags,
  );
});

test('the full list names what the core has no room for, the rest is in no list', async () => {
  const listed = async (...words: string[]) => {
    const { tools } = await (await new Place().connect({ words })).client.listTools();
    return new Map(tools.map(({ name, inputSchema }) => [name, Object.keys(inputSchema.properties ?? {})]));
  };
  const [core, full] = [await listed(), await listed('--toolset', 'full')];
  const unlisted = chosenTools({ toolset: 'core', isReadOnly: false }).flatMap(({ name: tool, unlisted = {} }) =>
    Object.entries(unlisted).map(([name, where]) => ({ tool, name, where })),
  );
  expect(unlisted.length).toBeGreaterThan(5);
  for (const { tool, name, where } of unlisted) {
    expect(core.get(tool)).not.toContain(name);
    expect([tool, name, full.get(tool)?.includes(name)]).toEqual([tool, name, where === 'in-core']);
  }
});

test('read: what narrows search and log at the command narrows them here, and limit says how many', async () => {
  const { place, ada } = await withEve(['--toolset', 'full']);
  const said = ['the login is split', 'the login has tests'];
  for (const text of said) expect(place.command('eve', 'send', 'ada', text).code).toBe(0);
  expect(place.command('eve', 'claim', 'src/a.ts', '--why', 'the login').code).toBe(0);
  const found = async (input: object) => {
    const { json } = await ada.call('read', { what: 'search', words: 'login', ...input });
    return (json.hits ?? [json.error]).map(({ what, message }: { what?: string; message?: string }) => what ?? message);
  };
  expect(await found({})).toEqual(['claim', 'message', 'message']);
  expect(await found({ kind: 'message' })).toEqual(['message', 'message']);
  expect(await found({ words: undefined, kind: 'claim' })).toEqual(['claim']);
  expect(await found({ since: '2h', limit: 1 })).toEqual(['claim']);
  expect(await found({ since: 'monday' })).toEqual(['since: a duration such as 90s, 30m or 2h.']);
  expect(await found({ kind: 'room' })).toEqual([expect.stringMatching(/^kind: .*"message"\|"claim"\|"spec"\.$/)]);
  const history = async (input: object) =>
    (await ada.call('read', { what: 'history', ...input })).json.entries.map(({ op }: { op: string }) => op);
  expect(await history({ kind: 'send', since: '1d' })).toEqual(['send', 'send']);
  expect(await history({ kind: 'send', limit: 1 })).toEqual(['send']);
});

test('read: since is the last hours, and not all of the past', async () => {
  const { place, ada } = await withEve(['--toolset', 'full']);
  const longAgo = '2020-01-01T00:00:00Z';
  const env = { INTERCOM_AGENT: 'eve', INTERCOM_TEST_CLOCK: longAgo };
  expect(place.command(env, 'send', 'ada', 'the login is split').code).toBe(0);
  const hits = async (input: object) =>
    (await ada.call('read', { what: 'search', words: 'login', ...input })).json.hits.length;
  expect([await hits({}), await hits({ since: '7d' })]).toEqual([1, 0]);
});
