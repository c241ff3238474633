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
  const given = { paths: ['src/a.ts'], why: null, mode: null, for_minutes: null, wait_seconds: null, id: null };
  expect((await server.call('claim', given)).json.claim).toMatchObject({ paths: ['src/a.ts'], mode: 'exclusive' });
});
