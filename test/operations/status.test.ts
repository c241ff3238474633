import { expect, test } from 'vitest';
import { doneBy, Place } from './place.ts';

test('status tells what one holds, whether something is said with it or not, and nothing of others', async () => {
  const place = new Place();
  const { claim } = doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths: ['a.ts'], why: 'split' })));
  const claims = [claim];
  const said = await place.as('ada', 1, (ada) => ada.status({ activity: 'splitting' }));
  expect(said).toMatchObject({ value: { agent: { claims } } });
  const seen = await place.as('ada', 2, (ada) => ada.status());
  expect(seen).toMatchObject({ value: { agent: { claims, activity: 'splitting' } } });
  const others = await place.as('bold-fox', 3, (fox) => fox.status({ activity: 'reading' }));
  expect(others).toMatchObject({ value: { agent: { claims: [] } } });
});

test('who waits in the queue, or for an answer, is blocked, and it is said for what', async () => {
  const place = new Place();
  await place.as('ada', 0, (ada) => ada.claim({ paths: ['a.ts'] }));
  await place.as('bold-fox', 1, (fox) => fox.claim({ paths: ['a.ts'], waitSeconds: 0 }));
  await place.as('ada', 2, (ada) => ada.ask({ to: 'bold-fox', text: 'Which port?', waitSeconds: 0 }));
  const { agents } = doneBy(await place.as('cy', 3, (cy) => cy.who()));
  const shown = new Map(agents.map(({ name, state, waitsFor }) => [name, { state, waitsFor }]));
  expect(shown.get('bold-fox')).toMatchObject({ state: 'blocked', waitsFor: [{ kind: 'claim', what: 'a.ts' }] });
  expect(shown.get('ada')).toMatchObject({ state: 'blocked', waitsFor: [{ kind: 'answer', what: 'bold-fox' }] });
  await place.as('ada', 4, (ada) => ada.release({ all: true }));
  const later = doneBy(await place.as('cy', 5, (cy) => cy.who())).agents.find(({ name }) => name === 'bold-fox');
  expect(later).toMatchObject({ state: 'active', waitsFor: [] });
});

test('what an agent has unread is counted, whether it came by name, to a room or to all', async () => {
  const place = new Place();
  for (const name of ['ada', 'bob', 'cy']) await place.as(name, 0, (agent) => agent.status({ activity: 'here' }));
  await place.as('bob', 1, (bob) => bob.room({ action: 'create', room: 'ops' }));
  await place.as('ada', 2, async (ada) => {
    await ada.send({ to: ['bob'], text: 'to you' });
    await ada.send({ to: ['@ops'], text: 'to the room' });
    await ada.send({ to: ['all'], text: 'to all' });
  });
  const unread = async (minute: number) => {
    const { agents } = doneBy(await place.as('cy', minute, (cy) => cy.who()));
    return Object.fromEntries(agents.map(({ name, open }) => [name, open.mail]));
  };
  expect(await unread(3)).toEqual({ ada: 0, bob: 3, cy: 1 });
  await place.as('bob', 4, (bob) => bob.ack({ all: true }));
  expect(await unread(5)).toEqual({ ada: 0, bob: 0, cy: 1 });
});

test('what an agent said and did before it took another name is its own still', async () => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ activity: 'here' }));
  const id = await place.as('ada', 1, async (ada) => {
    const { message } = doneBy(await ada.send({ to: ['bob'], text: 'the port is 8080' }));
    return message.id;
  });
  await place.as('bob', 2, (bob) => bob.ack({ ids: [id] }));
  const { thread, hits, log } = await place.as('ada', 3, async (ada) => {
    doneBy(await ada.status({ name: 'eve' }));
    return {
      thread: doneBy(await ada.thread({ id })),
      hits: doneBy(await ada.search({ words: ['port'] })).hits,
      log: doneBy(await ada.log({ agent: 'eve' })).entries,
    };
  });
  expect(thread.messages.map(({ from }) => from)).toEqual(['eve']);
  expect(hits.map(({ from }) => from)).toEqual(['eve']);
  expect(log.map(({ op }) => op)).toContain('send');
  const seen = await place.as('bob', 4, (bob) => bob.thread({ id }));
  expect(doneBy(seen).messages.map(({ from }) => from)).toEqual(['ada']);
});

test('a handle goes on under the name that its agent takes, and so does one that is opened under the old name', async () => {
  const place = new Place();
  const claimed = await place.as('ada', 0, async (ada) => {
    doneBy(await ada.status({ name: 'eve' }));
    return ada.claim({ paths: ['a.ts'] });
  });
  expect(doneBy(claimed).claim).toMatchObject({ agent: 'eve' });
  const again = doneBy(await place.as('ada', 1, (ada) => ada.status()));
  expect(again.agent).toMatchObject({ name: 'eve', formerly: ['ada'], claims: [{ agent: 'eve' }] });
  expect(await place.as('bob', 2, (bob) => bob.status({ name: 'ada' }))).toMatchObject({
    refusal: { code: 'name-taken', data: { name: 'ada' } },
  });
});

test('the log of an agent is all of its own, by the name of now and by one that it had', async () => {
  const place = new Place();
  await place.as('ada', 0, (ada) => ada.claim({ paths: ['a.ts'] }));
  await place.as('ada', 1, (ada) => ada.status({ name: 'eve' }));
  await place.as('ada', 2, (eve) => eve.claim({ paths: ['b.ts'] }));
  const said = async (agent: string) => {
    const { entries } = doneBy(await place.as('cy', 3, (cy) => cy.log({ agent, kind: 'claim' })));
    return entries.map((entry) => entry.summary);
  };
  const both = [expect.stringContaining('claim b.ts (eve'), expect.stringContaining('claim a.ts (ada')];
  expect(await said('eve')).toEqual(both);
  expect(await said('ada')).toEqual(both);
});
