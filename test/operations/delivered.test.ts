import { expect, test } from 'vitest';
import { doneBy, Place } from './place.ts';

test.each(['reply', 'ack'] as const)('a message was delivered when it was peeked at, not at the %s', async (how) => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ activity: 'here' }));
  const { id } = doneBy(await place.as('ada', 1, (ada) => ada.send({ to: ['bob'], text: 'lunch?' }))).message;
  await place.as('bob', 2, (bob) => bob.peek());
  await place.as('bob', 5, async (bob) => {
    await (how === 'ack' ? bob.ack({ ids: [id] }) : bob.reply({ id, text: 'yes' }));
  });
  expect(await place.as('ada', 6, (ada) => ada.receipts({ id }))).toMatchObject({
    value: {
      delivered: [{ agent: 'bob', at: '2026-03-01T09:02:00.000Z' }],
      acknowledged: [{ agent: 'bob', at: '2026-03-01T09:05:00.000Z' }],
    },
  });
});

test('what was shown is remembered through an act that had nothing to record', async () => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ activity: 'here' }));
  const send = (minute: number) => place.as('ada', minute, (ada) => ada.send({ to: ['bob'], text: `at ${minute}` }));
  const { id } = doneBy(await send(1)).message;
  await place.as('bob', 2, (bob) => bob.ack({ ids: [id] }));
  await send(3);
  expect(doneBy(await place.as('bob', 4, (bob) => bob.peek({ fresh: true }))).messages).toHaveLength(1);
  await place.as('bob', 5, (bob) => bob.ack({ ids: [id] }));
  expect(doneBy(await place.as('bob', 6, (bob) => bob.peek({ fresh: true }))).messages).toEqual([]);
});
