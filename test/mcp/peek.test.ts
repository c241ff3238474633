/** What peek tells beside the mail, and where there is none; and an ask that is taken back. */
import { expect, test } from 'vitest';
import { Place } from './place.ts';

const ada = { INTERCOM_AGENT: 'ada' };

test('peek says which open asks are beside the mail, by whose turn it is and without their words', async () => {
  const place = new Place();
  const server = await place.connect({ env: ada });
  await server.call('status', { text: 'tests' });
  expect((await server.call('peek')).text).toBe('Nothing is unread.');
  place.command('bob', 'status', 'here');
  const { id } = place.command('eve', 'ask', 'ada', 'which port?', '--wait', '0s').json.pending;
  expect((await server.call('peek')).text).not.toContain('Waiting for your answer');
  await server.call('ack', { ids: [id] });
  const own = (await server.call('ask', { to: 'bob', text: 'which host?', wait_seconds: 0 })).json.pending.id;
  expect((await server.call('peek')).text).toMatch(
    new RegExp(
      `^Nothing is unread.\nWaiting for your answer: ${id} of eve \\(\\S+( \\S+)? left\\)\\.\nYou wait for the answer to: ${own}, of bob \\(\\S+( \\S+)? left\\)\\.$`,
    ),
  );
});

test('what waits for a person stands above the mail, and above who is here', async () => {
  const place = new Place();
  place.command('eve', 'send', 'all', 'the tests are red');
  const server = await place.connect({ env: ada });
  await server.call('status', { text: 'tests' });
  const { id } = place.command('ada', 'escalate', 'delete the staging data?').json.escalation;
  expect((await server.call('peek')).text).toMatch(
    new RegExp(`^Waiting for a person: ${id} of ada \\(\\S+( ago)?\\)\\.\n`),
  );
  const other = await place.connect({ env: { INTERCOM_AGENT: 'eve' } });
  expect((await other.call('peek')).text).not.toContain('Waiting for a person');
  expect((await other.call('who')).text).toMatch(new RegExp(`^Waiting for a person: ${id} of ada `));
});

test('peek of what is not there says so', async () => {
  const place = new Place();
  place.command('ada', 'status', 'tests');
  place.command('eve', 'send', 'ada', 'the tests are red');
  const server = await place.connect({ env: ada });
  expect((await server.call('peek', { from: 'evee' })).json.error).toMatchObject({
    code: 'unknown-agent',
    data: { nearest: ['eve'] },
  });
  expect((await server.call('peek', { thread: 'nope' })).json.error).toMatchObject({ code: 'unknown-message' });
  expect((await server.call('peek', { urgent: true })).text).toBe('The one unread message does not match.');
});

test.each([[[]], [['--read-only']]])(
  'with %j what peek has shown does not come again with another answer',
  async (words) => {
    const place = new Place();
    place.command('ada', 'status', 'tests');
    const { id } = place.command('eve', 'send', 'ada', 'the tests are red').json.message;
    const server = await place.connect({ env: ada, words });
    expect((await server.call('peek')).json.messages).toMatchObject([{ id }]);
    expect((await server.call('who')).json.unreadMail).toBeUndefined();
  },
);

test('a full page of mail ends with the way to the next, however much of it is cut', async () => {
  const place = new Place();
  place.command('ada', 'status', 'tests');
  for (let n = 0; n < 12; n++) place.command('eve', 'send', 'ada', `${n} ${'is a report. '.repeat(30)}`);
  const server = await place.connect({ env: ada });
  const { text, json } = await server.call('peek');
  const wayOn = 'page: 2 has more. After ack, call peek without page: the pages move up.';
  expect(text.slice(text.indexOf('…\nPage'))).toBe(`…\nPage 1 of ${json.pages}; ${wayOn}`);
  expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThanOrEqual(1_900);
  expect((await server.call('peek', { page: json.pages })).text).not.toContain('has more');
});

test('an ask can be taken back', async () => {
  const place = new Place();
  place.command('eve', 'status', 'here');
  const server = await place.connect({ env: ada });
  const { id } = (await server.call('ask', { to: 'eve', text: 'which port?', wait_seconds: 0 })).json.pending;
  expect((await server.call('ask', { cancel: id })).json).toEqual({ cancelled: { id } });
});
