import { expect, test } from 'vitest';
import type { Intercom } from '../../src/index.ts';
import { doneBy, Place } from './place.ts';

type Calls = readonly (readonly [string, string, (intercom: Intercom, ending: string) => Promise<unknown>])[];

const calls: Calls = [
  ['thread', 'ada', (ada, id) => ada.thread({ id })],
  ['receipts', 'ada', (ada, id) => ada.receipts({ id })],
  ['send that supersedes', 'ada', (ada, supersedes) => ada.send({ to: ['bob'], text: 'instead', supersedes })],
  ['send into a thread', 'ada', (ada, thread) => ada.send({ to: ['bob'], text: 'more', thread })],
  ['reply', 'bob', (bob, id) => bob.reply({ id, text: 'yes' })],
  ['ack', 'bob', (bob, id) => bob.ack({ ids: [id] })],
];

test.each(calls)('%s: the ending of two ids is refused, and both are named', async (_what, agent, call) => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ activity: 'here' }));
  await place.as('ada', 0, (ada) => ada.status({ activity: 'here' }));
  const send = (minute: number, text: string) => place.as('ada', minute, (ada) => ada.send({ to: ['bob'], text }));
  const ids = [doneBy(await send(1, 'one')).message.id, doneBy(await send(2, 'two')).message.id];
  const ending = ids[0]?.slice(-7) as string;
  expect(ids[1]?.slice(-7)).toBe(ending);
  expect(await place.as(agent, 3, (intercom) => call(intercom, ending))).toMatchObject({
    status: 'refused',
    refusal: { code: 'ambiguous', data: { candidates: ids.map((id) => ({ id })) } },
  });
  expect(doneBy(await place.as('bob', 4, (bob) => bob.peek({ mark: false }))).unread).toBe(2);
  const whole = await place.as(agent, 5, (intercom) => call(intercom, ids[1] as string));
  expect(whole).toMatchObject({ status: 'done' });
});
