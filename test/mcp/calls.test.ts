/** Calls of tools by the SDK's own client, which checks each structured answer against the schema of its tool. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Place, until } from './place.ts';

const ada = { INTERCOM_AGENT: 'ada' };

/** Who waits, as soon as somebody does. */
function waiting(place: Place): Promise<{ readonly id: string; readonly agent: string }> {
  return until(() => place.command('eve', 'claims').json.waiting[0]);
}

test('a claim is granted, and the command shows the very same one', async () => {
  const place = new Place();
  const server = await place.connect({ env: ada });
  const { json, text, isError } = await server.call('claim', { paths: ['src/a.ts'], why: 'split it', for_minutes: 10 });
  expect(isError).toBe(false);
  expect(place.command('eve', 'claims').json.claims).toMatchObject([{ agent: 'ada', ...json.claim }]);
  expect(json.claim).toMatchObject({ agent: 'ada', paths: ['src/a.ts'], mode: 'exclusive', why: 'split it' });
  expect(text).toMatch(new RegExp(`^You hold src/a.ts, .* left; release ${json.claim.id} when done\\.$`));
});

test('a refused claim is a result with isError, and the error is the one that the command gives, its way on a call besides', async () => {
  const place = new Place();
  place.command('eve', 'claim', 'src/**', '--why', 'moving files', '--for', '1859s');
  const server = await place.connect({ env: ada });
  const { json, text, isError } = await server.call('claim', { paths: ['src/a.ts'] });
  expect(isError).toBe(true);
  const { code, json: typed } = place.command({ ...ada, INTERCOM_PID: String(process.pid) }, 'claim', 'src/a.ts');
  expect(code).toBe(1);
  expect(json.error).toMatchObject({
    code: 'claim-conflict',
    data: { rivals: [{ agent: 'eve', why: 'moving files' }] },
  });
  const { call, ...error } = json.error;
  expect({ error }).toEqual(typed);
  expect(call).toMatch(/^Call the tool claim with paths src\/a\.ts and wait_seconds/);
  expect(text).toBe(`${error.code}: ${error.message}\n${call}`);
});

test('each tool answers in the shape that it promises, when it is done', async () => {
  const place = new Place();
  place.command('eve', 'send', 'all', 'begin');
  const server = await place.connect({ env: ada, words: ['--toolset', 'full'] });
  await server.client.listTools();
  await server.call('status', { text: 'tests', state: 'busy', describe: 'writes tests' });
  const { id } = place.command('eve', 'send', 'ada', 'which port?', '--ack').json.message;
  const answers: [string, Record<string, unknown>, readonly string[]][] = [
    ['who', { all: true }, ['agents']],
    ['claim', { paths: ['src/a.ts'] }, ['claim']],
    ['who', { paths: ['src/a.ts'] }, ['agents', 'paths']],
    ['check_edit', { paths: ['src/a.ts'] }, ['verdict', 'rivals']],
    ['send', { to: ['eve'], text: 'hello', subject: 'hi', importance: 'high', ack: true }, ['message']],
    ['ask', { to: 'eve', text: 'why?', wait_seconds: 0 }, ['pending']],
    ['peek', { all: true }, ['unread', 'messages', 'pendingAsks']],
    ['reply', { id, text: '8080' }, ['message']],
    ['ack', { all: true }, ['acknowledged']],
    ['read', { what: 'thread', id }, ['messages']],
    ['read', { what: 'search', words: 'port' }, ['hits']],
    ['read', { what: 'history', path: 'src/a.ts' }, ['entries']],
    ['read', { what: 'receipts', id }, ['delivered', 'acknowledged']],
    ['room', { action: 'create', room: 'ops', topic: 'deploys' }, ['room']],
    ['room', { action: 'invite', room: 'ops', agents: ['eve'] }, ['room']],
    ['send', { to: ['@ops'], text: 'hello' }, ['message']],
    ['read', { what: 'room', room: '@ops' }, ['room', 'messages']],
    ['read', { what: 'room' }, ['rooms']],
    ['room', { action: 'leave', room: 'ops' }, ['room']],
    ['handoff', { to: 'eve', paths: ['src/a.ts'], why: 'home' }, ['claims']],
    ['release', { all: true }, ['claims']],
  ];
  for (const [name, input, keys] of answers) {
    const { json, isError, text } = await server.call(name, input);
    expect([name, isError, text !== '']).toEqual([name, false, true]);
    expect(Object.keys(json)).toEqual(expect.arrayContaining([...keys]));
  }
});

test.each<[string, Record<string, unknown>, string]>([
  ['claim', { paths: ['src/b.ts'] }, 'claim-conflict'],
  ['release', { paths: ['src/b.ts'] }, 'not-holder'],
  ['handoff', { to: 'nobody' }, 'unknown-recipient'],
  ['send', { to: ['nobody'], text: 'x' }, 'unknown-recipient'],
  ['ask', { to: 'ada', text: 'x' }, 'ask-self'],
  ['claim', { paths: ['/etc/passwd'] }, 'usage'],
  ['check_edit', { paths: ['../outside'] }, 'usage'],
  ['claim', { paths: 'src/a.ts' }, 'usage'],
  ['send', { to: ['eve'] }, 'usage'],
  ['release', { id: '1m7z91rw8m1a75yv' }, 'usage'],
  ['read', { what: 'everything' }, 'usage'],
])('%s with %j is a result with isError: %s', async (name, input, code) => {
  const place = new Place();
  place.command('eve', 'claim', 'src/b.ts');
  const server = await place.connect({ env: ada, words: ['--toolset', 'full'] });
  await server.client.listTools();
  const { json, isError, text } = await server.call(name, input);
  expect(isError).toBe(true);
  expect(json.error).toMatchObject({ code, message: expect.any(String), next: expect.any(String) });
  expect(text).toContain(json.error.message);
});

test('a tool that is not there is an error of the protocol', async () => {
  const { client } = await new Place().connect();
  await expect(client.callTool({ name: 'merge', arguments: {} })).rejects.toMatchObject({ code: -32602 });
  await expect(client.callTool({ name: 'handoff', arguments: {} })).rejects.toMatchObject({ code: -32602 });
});

test('who waits is granted when the holder releases', async () => {
  const place = new Place();
  place.command('eve', 'claim', 'src/a.ts');
  const server = await place.connect({ env: ada });
  const call = server.call('claim', { paths: ['src/a.ts'], wait_seconds: 50 });
  const { id, agent } = await waiting(place);
  expect(agent).toBe('ada');
  place.command('eve', 'release', '--all');
  const { json } = await call;
  expect(json.claim).toMatchObject({ id, agent: 'ada', paths: ['src/a.ts'] });
});

test('a wait that runs out is no error, names the place, and goes on by its id', async () => {
  const place = new Place();
  place.command('eve', 'claim', 'src/a.ts');
  const server = await place.connect({ env: ada });
  const { json, isError, text } = await server.call('claim', { paths: ['src/a.ts'], wait_seconds: 1 });
  expect(isError).toBe(false);
  expect(json.waiting).toMatchObject({ id: expect.any(String), rivals: [{ agent: 'eve' }] });
  expect(text).toBe(`Not yet. Call claim again with id ${json.waiting.id} to go on waiting.`);
  const again = server.call('claim', { id: json.waiting.id });
  place.command('eve', 'release', '--all');
  expect((await again).json.claim).toMatchObject({ id: json.waiting.id, agent: 'ada' });
});

test('a wait that the client takes back keeps its place in the line', async () => {
  const place = new Place();
  place.command('eve', 'claim', 'src/a.ts');
  const server = await place.connect({ env: ada });
  const taking = new AbortController();
  const call = server.call('claim', { paths: ['src/a.ts'], wait_seconds: 50 }, { signal: taking.signal });
  const { id } = await waiting(place);
  taking.abort();
  await expect(call).rejects.toThrow();
  // Behind the cancellation, on the same pipe.
  await server.call('who');
  expect(place.command('eve', 'claims').json.waiting).toMatchObject([{ id, agent: 'ada' }]);
  place.command('eve', 'release', '--all');
  expect((await server.call('claim', { id })).json.claim).toMatchObject({ id, agent: 'ada' });
});

test('a wait tells a client that asked what it waits for, every few seconds', async () => {
  const place = new Place();
  place.command('eve', 'claim', 'src/a.ts', '--why', 'moving files');
  const server = await place.connect({ env: ada });
  const told: { readonly progress: number; readonly message?: string }[] = [];
  const onprogress = (progress: (typeof told)[number]) => {
    told.push(progress);
    if (told.length === 2) place.command('eve', 'release', '--all');
  };
  const { json } = await server.call('claim', { paths: ['src/a.ts'], wait_seconds: 50 }, { onprogress });
  expect(json.claim.agent).toBe('ada');
  expect(told[0]?.message).toMatch(/^waiting for [56] s: .*src\/a\.ts.*eve/);
  expect(told[1]?.progress).toBeGreaterThan(told[0]?.progress ?? 0);
});

test('an ask that is not answered yet is pending, and its id gives the answer', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const server = await place.connect({ env: ada });
  const { json, isError } = await server.call('ask', { to: 'eve', text: 'which port?', wait_seconds: 1 });
  expect(isError).toBe(false);
  const { id } = json.pending;
  const again = server.call('ask', { id });
  place.command('eve', 'reply', id, '8080');
  const { json: answered, text } = await again;
  expect(answered.answer).toMatchObject({ from: 'eve', text: '8080', replyTo: id });
  expect(text).toContain('8080');
});

async function delivered(place: Place, id: string): Promise<string[]> {
  const { json } = place.command('eve', 'receipts', id);
  return json.delivered.map(({ agent }: { agent: string }) => agent);
}

test('unread mail comes with the next answer, once, as text and as data, and counts as delivered', async () => {
  const place = new Place();
  const server = await place.connect({ env: ada });
  await server.call('status', { text: 'tests' });
  const { id } = place.command('eve', 'send', 'ada', 'the tests are red').json.message;
  const first = await server.call('who');
  expect(first.json.unreadMail).toMatchObject([{ id, from: 'eve', text: 'the tests are red' }]);
  expect(first.text).toMatch(/\nUnread mail\. From another agent, not from your user:\n.*the tests are red$/);
  const second = await server.call('who');
  expect(second.json.unreadMail).toBeUndefined();
  expect(second.text).not.toContain('Unread mail');
  await server.call('status', { text: 'mending the tests' });
  expect(await delivered(place, id)).toEqual(['ada']);
  expect((await server.call('peek')).json).toMatchObject({ unread: 1, messages: [{ id }] });
});

/** Ada has been here and has one unread message. */
function placeWithMail() {
  const place = new Place();
  place.command('ada', 'status', 'tests');
  const { id } = place.command('eve', 'send', 'ada', 'the tests are red').json.message;
  return { place, id, tip: place.git('rev-parse', 'intercom') };
}

test('a read-only server shows mail with one answer, and marks and writes nothing', async () => {
  const { place, id, tip } = placeWithMail();
  const server = await place.connect({ env: ada, words: ['--read-only'] });
  expect((await server.call('who')).json.unreadMail).toMatchObject([{ id }]);
  expect((await server.call('who')).json.unreadMail).toBeUndefined();
  expect((await server.call('peek')).json).toMatchObject({ unread: 1, messages: [{ id, delivered: null }] });
  await server.client.close();
  expect(await delivered(place, id)).toEqual([]);
  expect(place.git('rev-parse', 'intercom')).toBe(tip);
});

test('paths may be absolute, and relative ones are from the top wherever the server was started', async () => {
  const place = new Place();
  const server = await place.connect({ env: ada, cwd: `${place.repo}/src` });
  const { json } = await server.call('claim', { paths: [`${place.repo}/src/a.ts`, 'src/b.ts'] });
  expect(json.claim.paths).toEqual(['src/a.ts', 'src/b.ts']);
});

test('in a linked worktree a server sees the same claims, and its own paths', async () => {
  const place = new Place();
  place.command('eve', 'claim', 'src/a.ts');
  const linked = `${place.dir}/linked`;
  place.git('worktree', 'add', '--quiet', '-b', 'other', linked);
  const server = await place.connect({ env: ada, cwd: linked });
  const { json } = await server.call('check_edit', { paths: [`${linked}/src/a.ts`] });
  expect(json).toMatchObject({ verdict: 'conflict', rivals: [{ agent: 'eve' }] });
  const [self] = (await server.call('who')).json.agents.filter(({ name }: { name: string }) => name === 'ada');
  expect(self).toMatchObject({ branch: 'other', worktree: linked, live: true });
});

test('a secret is refused, and let through by an argument that the refusal names', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const server = await place.connect({ env: ada });
  const text = 'For the test: postgres://app:h4mst3r-wheel@db.corp.dev/main';
  const refused = await server.call('send', { to: ['eve'], text });
  const way = 'with allow_secret: "<why it may be recorded>"';
  expect(refused.json.error).toMatchObject({ code: 'secret-found', call: expect.stringContaining(way) });
  for (const wrong of [true, ' ']) {
    const { json } = await server.call('send', { to: ['eve'], text, allow_secret: wrong });
    expect(json.error).toMatchObject({ code: 'usage', next: expect.stringContaining(way) });
  }
  expect(place.command('eve', 'peek').json.messages).toEqual([]);
  const sent = await server.call('send', { to: ['eve'], text, allow_secret: 'made up' });
  expect(sent.json.message).toMatchObject({ text, allowedSecret: 'made up' });
});

test('lines of a file and a patch of the work tree go along with a message', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const server = await place.connect({ env: ada });
  writeFileSync(join(place.repo, 'src/b.ts'), 'export const b = 1;\n');
  const attach = ['src/a.ts:1', 'diff', 'diff:src/b.ts'];
  const { json } = await server.call('send', { to: ['eve'], text: 'look', attach });
  expect(json.message.attachments).toMatchObject([
    { path: 'src/a.ts', from: 1, to: 1, text: 'export {};', language: 'ts' },
    { kind: 'patch', text: expect.stringContaining('+export const b = 1;') },
    { kind: 'patch' },
  ]);
  const { json: no } = await server.call('send', { to: ['eve'], text: 'look', attach: ['src/none.ts'] });
  expect(no.error).toMatchObject({ code: 'bad-attachment' });
  const { json: asked } = await server.call('ask', {
    to: 'eve',
    text: 'so?',
    attach: ['diff:src/b.ts'],
    wait_seconds: 0,
  });
  const unread = place.command('eve', 'peek').json.messages;
  expect(unread.find(({ id }: { id: string }) => id === asked.pending.id)?.attachments).toMatchObject([
    { kind: 'patch' },
  ]);
  const { json: replied } = await server.call('reply', { id: json.message.id, text: 'and', attach: ['src/a.ts:1'] });
  expect(replied.message.attachments).toMatchObject([{ path: 'src/a.ts', from: 1, to: 1 }]);
});

test('a claim is taken by force for a reason alone, as at the command', async () => {
  const place = new Place();
  expect(place.command('eve', 'claim', 'src/a.ts').code).toBe(0);
  const ada = await place.connect({ env: { INTERCOM_AGENT: 'ada' } });
  for (const why of [undefined, '', ' ']) {
    const { isError, json } = await ada.call('release', { paths: ['src/a.ts'], force: true, why });
    expect([isError, json.error?.code]).toEqual([true, 'no-text']);
  }
  expect(place.command('eve', 'claims').json.claims).toHaveLength(1);
  const taken = await ada.call('release', { paths: ['src/a.ts'], force: true, why: 'she left' });
  expect(taken.json.claims).toMatchObject([{ agent: 'eve' }]);
});
