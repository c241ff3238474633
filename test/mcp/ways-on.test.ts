/** A refusal over MCP, and a notice, send a model to calls that there are, and to no command. */
import { expect, test } from 'vitest';
import { type Connection, Place } from './place.ts';

const full = { env: { INTERCOM_AGENT: 'ada' }, words: ['--toolset', 'full'] };

const cases: readonly [string, string, Record<string, unknown>, string][] = [
  ['not-holder', 'handoff', { to: 'eve' }, 'Call the tool who.'],
  ['unknown-message', 'ask', { id: 'zzzzzzzz' }, 'Call the tool peek to see which are open.'],
  ['unknown-spec', 'read_spec', { name: 'nope' }, 'Call the tool read_spec to see them.'],
  [
    'spec-moved',
    'publish_spec',
    { name: 'api', text: 'three', base: 1 },
    'Call the tool read_spec with name api, since 1 and version 2, bring your text up to date, and publish it with base 2.',
  ],
  [
    'unknown-room',
    'room',
    { action: 'invite', room: 'nope', agents: ['eve'] },
    'Call the tool read with what room to see the rooms, or the tool room with action create to make one.',
  ],
  [
    'bad-attachment',
    'send',
    { to: ['eve'], text: 'look', attach: ['src/none.ts'] },
    'Attach text files of this work tree (attach file, or file:10-20), or its changes (attach diff).',
  ],
  [
    'usage',
    'check_edit',
    { paths: ['/elsewhere/a.ts'] },
    'Name a path below it, or have the server started in the other repository.',
  ],
];

test.each(cases)('%s of the tool %s', async (code, tool, input, next) => {
  const place = new Place();
  expect(place.command('eve', 'status', 'tests').code).toBe(0);
  const server = await place.connect(full);
  if (tool === 'publish_spec') for (const text of ['one', 'two']) await server.call(tool, { name: 'api', text });
  const { isError, text, json } = await server.call(tool, input);
  expect({ isError, code: json.error.code, call: json.error.call }).toEqual({ isError: true, code, call: next });
  expect(text).toContain(next);
  expect(text).not.toMatch(/git intercom| --/);
});

test('an answer that does not fit an interview is told as a call of reply', async () => {
  const place = new Place();
  const server = await place.connect(full);
  await server.call('status', { text: 'tests' });
  const eve = await place.connect({ ...full, env: { INTERCOM_AGENT: 'eve' } });
  const questions = [{ id: 'db', text: 'Which?', options: ['postgres', 'sqlite'] }];
  const asked = await eve.call('ask', { to: 'ada', text: 'Choose', questions, wait_seconds: 0 });
  const { id } = asked.json.pending;
  const { json, text } = await server.call('reply', { id, text: '{"db": "oracle"}' });
  expect(json.error).toMatchObject({
    code: 'bad-answer',
    call: expect.stringMatching(/^Nothing was recorded\. Reply again: the tool reply with id \w+ and text '\{"db": /),
  });
  expect(text).not.toContain('git intercom');
});

test('an invitation to a room names the call that accepts it, wherever it is read, and the command to who types', async () => {
  const place = new Place();
  const server = await place.connect(full);
  await server.call('status', { text: 'tests' });
  expect(place.command('eve', 'room', 'create', 'ops').code).toBe(0);
  expect(place.command('eve', 'room', 'invite', 'ops', 'ada').code).toBe(0);
  const call = 'Call the tool room with action accept and room ops, or the tool room with action decline and room ops.';
  expect(await mailBy(server)).toEqual([call, call, call, call, call, call]);
  const [{ text }] = place.command('ada', 'peek').json.messages;
  expect(text).toBe('Run git intercom room accept ops, or git intercom room decline ops.');
});

/** The text of the one message: riding along, by peek, in its thread, as a resource, and in prompts. */
async function mailBy(server: Connection): Promise<string[]> {
  const { unreadMail } = (await server.call('who')).json;
  const { messages } = (await server.call('peek')).json;
  const read = await server.call('read', { what: 'thread', id: messages[0].id });
  const resource = await server.client.readResource({ uri: 'intercom://inbox' });
  const { messages: inbox } = JSON.parse((resource.contents[0] as { text: string }).text);
  const prompts = [await prompt(server, 'standup'), await prompt(server, 'hand-over', { to: 'eve' })];
  const put = prompts.map((text) => JSON.parse(/^```json\n(.*)\n```$/ms.exec(text)?.[1] ?? '').unread.messages);
  return [unreadMail, messages, read.json.messages, inbox, ...put].map(([{ text }]) => text);
}

test('to a client that was shown no tool for it, what another wrote and what a command alone does stay as they are', async () => {
  const place = new Place();
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' } });
  await server.call('status', { text: 'tests' });
  const words = 'Run git intercom peek, or git intercom room accept ops.';
  expect(place.command('eve', 'send', 'ada', words).code).toBe(0);
  expect(place.command('eve', 'room', 'create', 'ops').code).toBe(0);
  expect(place.command('eve', 'room', 'invite', 'ops', 'ada').code).toBe(0);
  const { messages } = (await server.call('peek')).json;
  expect(messages.map(({ text }: { text: string }) => text).sort()).toEqual(
    [words, 'Run git intercom room accept ops, or git intercom room decline ops.'].sort(),
  );
});

async function prompt({ client }: Connection, name: string, given: Record<string, string> = {}): Promise<string> {
  const { messages } = await client.getPrompt({ name, arguments: given });
  return (messages[0] as { content: { text: string } }).content.text;
}

test('a prompt names a tool where there is one, else the command, and its refusals name calls', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const core = await place.connect();
  expect(await prompt(core, 'hand-over', { to: 'eve' })).toContain('your claims with git intercom handoff, or release');
  const all = await place.connect(full);
  expect(await prompt(all, 'hand-over', { to: 'eve' })).toContain('your claims with handoff, or release');
});
