/** All that a model acknowledges is all that it was shown: what is on a later page, or came meanwhile, stays unread. */
import { expect, test } from 'vitest';
import { type Connection, Place } from './place.ts';

const ada = { INTERCOM_AGENT: 'ada' };

async function withMail(count: number): Promise<{ readonly place: Place; readonly server: Connection }> {
  const place = new Place();
  const server = await place.connect({ env: ada });
  await server.call('status', { text: 'tests' });
  for (let n = 0; n < count; n++) send(place, `${n} ${'is a report. '.repeat(40)}`);
  return { place, server };
}

function send(place: Place, text: string): string {
  return place.command('eve', 'send', 'ada', text).json.message.id;
}

const idsIn = ({ messages }: { messages: readonly { readonly id: string }[] }) => messages.map(({ id }) => id);

test('of several pages the first is acknowledged, and the rest stays unread', async () => {
  const { server } = await withMail(14);
  const shown = (await server.call('peek')).json;
  expect(shown).toMatchObject({ unread: 14, page: 1 });
  const unseen = 14 - shown.messages.length;
  expect(unseen).toBeGreaterThan(0);
  const { json, text } = await server.call('ack', { all: true });
  expect(json).toMatchObject({ acknowledged: idsIn(shown), unseen });
  expect(text).toContain(`You were not shown ${unseen} yet, which stay unread: call peek.`);
});

test.each(['all', 'ids'])(
  'who reads a page and acknowledges it by %s, again and again, has read everything',
  async (how) => {
    const { place, server } = await withMail(14);
    const seen = new Set<string>();
    const sent: string[] = [];
    for (let unread = 1, rounds = 0; unread > 0; rounds++) {
      expect(rounds).toBeLessThan(14);
      const { json } = await server.call('peek');
      for (const id of idsIn(json)) seen.add(id);
      unread = json.unread;
      if (rounds < 2) sent.push(send(place, `late ${rounds}`));
      const answer = await server.call('ack', how === 'all' ? { all: true } : { ids: idsIn(json) });
      // What rides along with the answer was read, too.
      for (const { id } of answer.json.unreadMail ?? []) seen.add(id);
    }
    expect(seen.size).toBe(14 + sent.length);
    expect([...seen]).toEqual(expect.arrayContaining(sent));
  },
);

test('the command takes everything, as it says', async () => {
  const { place } = await withMail(3);
  expect(place.command({ ...ada, INTERCOM_PID: String(process.pid) }, 'ack', '--all').json.acknowledged).toHaveLength(
    3,
  );
});

test('what is done is said to be, also where it had been acknowledged before', async () => {
  const { place, server } = await withMail(0);
  const id = send(place, 'please mend the tests');
  await server.call('peek');
  expect((await server.call('ack', { ids: [id] })).text).toBe('Acknowledged 1.');
  expect((await server.call('ack', { ids: [id], done: true })).text).toBe('Completed 1.');
});
