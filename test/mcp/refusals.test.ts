/** What a tool refuses: the same error object as the command's, and words that name the tool's own arguments. */
import { expect, test } from 'vitest';
import { Place } from './place.ts';

const ada = { INTERCOM_AGENT: 'ada' };

test.each<[string, string, Record<string, unknown>, readonly string[]]>([
  ['claim-conflict', 'claim', { paths: ['src/b.ts'] }, ['claim', 'src/b.ts']],
  ['not-holder', 'release', { paths: ['src/b.ts'] }, ['release', 'src/b.ts']],
  ['unknown-recipient', 'send', { to: ['evy'], text: 'hello' }, ['send', 'evy', 'hello']],
  ['ask-self', 'ask', { to: 'ada', text: 'hello' }, ['ask', 'ada', 'hello']],
  ['unknown-message', 'ack', { ids: ['1m7z91rw8m1a75yv'] }, ['ack', '1m7z91rw8m1a75yv']],
  ['too-large', 'send', { to: ['eve'], text: 'x'.repeat(70_000) }, ['send', 'eve', 'x'.repeat(70_000)]],
  ['unknown-room', 'send', { to: ['@ops'], text: 'hello' }, ['send', '@ops', 'hello']],
])('%s of the tool %s has each field as the command has it', async (code, tool, input, words) => {
  const place = new Place();
  // Half a minute away from where what is left is told in other words.
  place.command('eve', 'claim', 'src/b.ts', '--why', 'moving files', '--for', '1859s');
  const server = await place.connect({ env: ada });
  const { isError, json } = await server.call(tool, input);
  const typed = place.command({ ...ada, INTERCOM_PID: String(process.pid) }, ...words);
  const { call: _call, ...error } = json.error;
  expect([isError, typed.code, error.code]).toEqual([true, 1, code]);
  expect(Object.keys(error)).toEqual(['code', 'message', 'next', 'data']);
  expect({ error }).toEqual(typed.json);
});

test('a wrong argument is named as the tool has it, and null is one that is not given', async () => {
  const server = await new Place().connect({ env: ada });
  const wrong = await server.call('claim', { paths: ['src/a.ts'], for_minutes: -5 });
  expect(wrong.json.error.message).toMatch(/^for_minutes: .*\.$/);
  const unknown = await server.call('claim', { pathz: ['src/a.ts'], reason: 'x' });
  expect(unknown.text).toBe(
    'usage: Not an argument: pathz and reason.\nCall it again: claim takes paths, mode, why, for_minutes, wait_seconds, id and key.',
  );
  const given = { paths: ['src/a.ts'], why: null, mode: null, for_minutes: null, wait_seconds: null, id: null };
  expect((await server.call('claim', given)).json.claim).toMatchObject({ paths: ['src/a.ts'], mode: 'exclusive' });
});

test.each<[string, Record<string, unknown>, string]>([
  ['release', { paths: ['src/a.ts'], all: true }, 'release got both all and names: nothing was released.'],
  ['ack', { ids: ['1m7z91rw8m1a75yv'], all: true }, 'ack got both all and ids: nothing was acknowledged.'],
  [
    'ask',
    { id: '1m7z91rw8m1a75yv', cancel: '1m7z91rw8m1a75yv' },
    'ask got both id and cancel: nothing was taken back.',
  ],
])('%s of what contradicts itself does neither', async (tool, input, message) => {
  const place = new Place();
  const server = await place.connect({ env: ada });
  await server.call('claim', { paths: ['src/a.ts', 'src/b.ts'] });
  const { isError, json, text } = await server.call(tool, input);
  expect([isError, json.error.message]).toEqual([true, message]);
  expect(text).toContain(`the tool ${tool} with `);
  expect((await server.call('check_edit', { paths: ['src/a.ts', 'src/b.ts'] })).json.verdict).toBe('ours');
});

test.each<[string, Readonly<Record<string, string>>, readonly string[], string]>([
  ['INTERCOM_AGENT', { INTERCOM_AGENT: 'Ada Lovelace!' }, [], 'INTERCOM_AGENT=ada-lovelace'],
  ['--agent', {}, ['--agent', 'Ada Lovelace!'], '--agent ada-lovelace'],
])(
  'a server whose %s is no name says so on stderr and with each call, and how to start it',
  async (_how, env, words, like) => {
    const server = await new Place().connect({ env, words });
    const { json } = await server.call('who');
    expect(json.error.message).toMatch(/^"Ada Lovelace!" cannot be the name of an agent: a name has letters, /);
    expect(json.error.next).toBe(
      `Have the server started with a name that can be one, such as ${like}, or with none: then it finds one.`,
    );
    expect(server.stderr).toBe(`error: ${json.error.message}\nnext:  ${json.error.next}\n`);
  },
);
