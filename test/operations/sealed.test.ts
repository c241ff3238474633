import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { open } from '../../src/open.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { sealedHits } from '../../src/operations/sealed/search-sealed.ts';
import { busy } from './busy.ts';
import { doneBy } from './place.ts';
import { closed, Sealed } from './sealed-place.ts';

describe('a sealed message', () => {
  test('is read by whom it goes to and by who sent it, and by nobody else', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob', 'eve');
    const sent = doneBy(
      await place.as('ada', (it) =>
        it.send({
          to: ['bob'],
          text: 'the heron nests',
          subject: 'Herons',
          attachments: [{ path: 'marsh.txt', from: 1, to: 1, text: 'reed' }],
          sealed: true,
        }),
      ),
    ).message;
    const content = { subject: 'Herons', text: 'the heron nests', sealed: 'opened' };
    expect(sent).toMatchObject(content);
    for (const agent of ['bob', 'ada']) {
      const { messages } = doneBy(await place.as(agent, (it) => it.thread({ id: sent.id })));
      expect(messages[0]).toMatchObject({ ...content, attachments: [{ path: 'marsh.txt', text: 'reed' }] });
    }
    const { messages } = doneBy(await place.as('eve', (it) => it.thread({ id: sent.id })));
    expect(messages[0]).toMatchObject({ from: 'ada', subject: null, text: closed, attachments: [], sealed: 'closed' });
    for (const word of ['heron', 'Heron', 'marsh', 'reed']) expect(place.everything()).not.toContain(word);
  });

  test('is found by search where it can be read, and nowhere else', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob', 'eve');
    await place.as('ada', (it) => it.send({ to: ['bob'], text: 'the heron nests', sealed: true }));
    const hits = async (agent: string) => doneBy(await place.as(agent, (it) => it.search({ words: ['heron'] }))).hits;
    expect(await hits('bob')).toHaveLength(1);
    expect(await hits('eve')).toEqual([]);
  });

  test('is found behind a thousand others that were sent since', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob');
    doneBy(await place.as('ada', (it) => it.send({ to: ['bob'], text: 'the heron nests', sealed: true })));
    busy(place.repo, 1_100, '2099-01-01T00:00:00.000Z');
    const { hits, unopenedBefore } = doneBy(await place.as('bob', (it) => it.search({ words: ['heron'] })));
    expect(hits).toMatchObject([{ from: 'ada', text: 'the heron nests', sealed: 'opened' }]);
    expect(unopenedBefore).toBeUndefined();
  });

  test('that there was no time to open is not passed over in silence', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob');
    const sent = doneBy(await place.as('ada', (it) => it.send({ to: ['bob'], text: 'the heron nests', sealed: true })));
    const env = { ...process.env, XDG_DATA_HOME: join(place.keysOf('bob'), '../..') };
    const { session } = await open({ cwd: place.repo, env, agent: 'bob', uid: 'uid-bob' });
    const wanted = { phrases: [['heron']], limit: 5 };
    expect(await sealedHits(wanted, session, -1)).toEqual({ hits: [], unopenedBefore: sent.message.at });
    expect(await sealedHits(wanted, session)).toMatchObject({ hits: [{ from: 'ada' }] });
    await session.store.close();
  });

  test('is answered by one', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob', 'eve');
    await place.as('ada', (it) => it.send({ to: ['bob'], text: 'the heron nests', sealed: true }));
    doneBy(await place.as('bob', (it) => it.reply({ text: 'where is the stork?' })));
    expect(await place.unread('ada')).toEqual(['where is the stork?']);
    expect(place.everything()).not.toContain('stork');
  });

  test('to an agent without a key is refused with the way to one', async () => {
    const place = new Sealed();
    doneBy(await place.as('bob', (it) => it.status({ activity: 'docs' })));
    const answer = await place.as('ada', (it) => it.send({ to: ['bob'], text: 'heron', sealed: true }));
    expect(answer).toMatchObject({
      status: 'refused',
      refusal: { code: 'no-key', next: expect.stringContaining('git intercom key'), data: { agents: ['bob'] } },
    });
  });

  test('sent again with the same key of its own is the first one', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob');
    const send = async (text: string) =>
      doneBy(await place.as('ada', (it) => it.send({ to: ['bob'], text, sealed: true, key: 'k' }))).message;
    const first = await send('the heron nests');
    expect(await send('the heron nests')).toEqual(first);
    expect(await place.unread('bob')).toEqual(['the heron nests']);
  });

  test('that is escalated shows a person nothing, so it is refused', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob');
    const { message } = doneBy(
      await place.as('ada', (it) => it.send({ to: ['bob'], text: 'the heron nests', sealed: true })),
    );
    expect(await place.as('bob', (it) => it.escalate({ id: message.id }))).toMatchObject({
      refusal: { code: 'sealed' },
    });
  });
});

describe('a sealed ask', () => {
  async function asked() {
    const place = new Sealed();
    await place.greet('ada', 'bob', 'eve');
    const answer = await place.as('ada', (it) =>
      it.ask({
        to: 'bob',
        text: 'where does the heron nest?',
        subject: 'Herons',
        decision: true,
        sealed: true,
        waitSeconds: 0,
      }),
    );
    if (answer.status !== 'pending') throw new Error(JSON.stringify(answer));
    return { place, id: (answer.value.pending as { id: string }).id };
  }

  test('is read by whom it goes to and by who asked, in the mail and among the open asks', async () => {
    const { place } = await asked();
    const ask = { text: 'where does the heron nest?', subject: 'Herons', sealed: 'opened' };
    const { messages, pendingAsks } = doneBy(await place.as('bob', (it) => it.peek()));
    expect([messages[0], pendingAsks[0]]).toMatchObject([ask, { ...ask, decision: true }]);
    for (const agent of ['ada', 'bob'])
      expect(doneBy(await place.as(agent, (it) => it.pending())).pending).toMatchObject([ask]);
    expect(place.everything()).not.toMatch(/heron/i);
  });

  test('is answered under a seal, and who asked gets the answer', async () => {
    const { place, id } = await asked();
    doneBy(await place.as('bob', (it) => it.reply({ text: 'in the reed' })));
    expect(await place.as('ada', (it) => it.ask({ id, waitSeconds: 0 }))).toMatchObject({
      status: 'done',
      value: { answer: { from: 'bob', text: 'in the reed', sealed: 'opened' } },
    });
    expect(place.everything()).not.toMatch(/heron|in the reed/i);
  });

  test('of an agent without a key is refused, and nothing is asked', async () => {
    const place = new Sealed();
    doneBy(await place.as('cy', (it) => it.status({ activity: 'here' })));
    const answer = await place.as('ada', (it) => it.ask({ to: 'cy', text: 'where?', sealed: true, waitSeconds: 0 }));
    expect(answer).toMatchObject({ status: 'refused', refusal: { code: 'no-key' } });
    expect(doneBy(await place.as('ada', (it) => it.pending())).pending).toEqual([]);
  });

  test('needs no seal of the question: a reply to what stands in the open is sealed by word', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob');
    await place.say('ada', 'bob', 'where does it nest?');
    doneBy(await place.as('bob', (it) => it.reply({ text: 'in the reed', sealed: true })));
    expect(await place.unread('ada')).toEqual(['in the reed']);
    expect(place.everything()).not.toContain('in the reed');
  });
});

describe('a private room', () => {
  test('is read by its members, and a stranger finds no word of it', async () => {
    const place = new Sealed();
    await place.greet('eve');
    await place.room('nest', 'ada', 'bob');
    await place.say('ada', '@nest', 'the heron nests');
    await place.say('bob', '@nest', 'so does the stork');
    expect(await place.unread('bob')).toEqual(['the heron nests']);
    expect(await place.unread('ada')).toEqual(['so does the stork']);
    expect(await place.said('eve', 'nest')).toEqual([closed, closed]);
    for (const word of ['heron', 'stork']) expect(place.everything()).not.toContain(word);
  });

  test('takes in only who was invited, and only members write', async () => {
    const place = new Sealed();
    await place.greet('eve');
    await place.room('nest', 'ada');
    expect(await place.as('eve', (it) => it.room({ action: 'join', room: 'nest' }))).toMatchObject({
      refusal: { code: 'not-invited' },
    });
    expect(await place.as('eve', (it) => it.send({ to: ['@nest'], text: 'let me in' }))).toMatchObject({
      refusal: { code: 'not-member' },
    });
    expect(place.everything()).not.toContain('let me in');
  });

  test('is closed to who was put out, from then on', async () => {
    const place = new Sealed();
    await place.room('nest', 'ada', 'bob', 'cy');
    await place.say('ada', '@nest', 'before');
    doneBy(await place.as('ada', (it) => it.room({ action: 'kick', room: 'nest', agents: ['bob'] })));
    await place.say('cy', '@nest', 'after');
    expect(await place.said('bob', 'nest')).toEqual(['before', closed]);
    expect(await place.said('cy', 'nest')).toEqual(['before', 'after']);
  });

  test('shows who joins what is said from then on', async () => {
    const place = new Sealed();
    await place.greet('bob');
    await place.room('nest', 'ada');
    await place.say('ada', '@nest', 'before');
    doneBy(await place.as('ada', (it) => it.room({ action: 'invite', room: 'nest', agents: ['bob'] })));
    doneBy(await place.as('bob', (it) => it.room({ action: 'join', room: 'nest' })));
    await place.say('ada', '@nest', 'after');
    expect(await place.said('bob', 'nest')).toEqual([closed, 'after']);
  });

  test('hands its history to who is invited with it, and nothing from then until they join', async () => {
    const place = new Sealed();
    await place.greet('bob', 'cy');
    await place.room('nest', 'ada', 'dee');
    await place.say('ada', '@nest', 'one');
    doneBy(await place.as('ada', (it) => it.room({ action: 'kick', room: 'nest', agents: ['dee'] })));
    await place.say('ada', '@nest', 'two');
    const invite = { action: 'invite' as const, room: 'nest', agents: ['bob'], history: true };
    doneBy(await place.as('ada', (it) => it.room(invite)));
    await place.say('ada', '@nest', 'three');
    expect(await place.said('bob', 'nest')).toEqual(['one', 'two', closed]);
    doneBy(await place.as('bob', (it) => it.room({ action: 'accept', room: 'nest' })));
    await place.say('ada', '@nest', 'four');
    expect(await place.said('bob', 'nest')).toEqual(['one', 'two', closed, 'four']);
    expect(await place.said('cy', 'nest')).toEqual([closed, closed, closed, closed]);
    expect(await place.as('bob', (it) => it.room({ ...invite, agents: ['cy'] }))).toMatchObject({ status: 'done' });
    expect(await place.said('cy', 'nest')).toEqual(['one', 'two', closed, 'four']);
  });

  test('goes on with one key while nobody comes or goes', async () => {
    const place = new Sealed();
    await place.room('nest', 'ada', 'bob');
    for (const text of ['one', 'two', 'three']) await place.say('ada', '@nest', text);
    const keys = () => place.everything().match(/roomkeys\/\S+\.yaml/g)?.length;
    const before = keys();
    await place.say('bob', '@nest', 'four');
    expect([before, keys()]).toEqual([1, 1]);
  });
});

/** What doctor finds; it is no part of the library. */
async function found(place: Sealed, agent: string) {
  const env = { ...process.env, XDG_DATA_HOME: join(place.keysOf(agent), '../..') };
  const { session } = await open({ cwd: place.repo, env, agent, uid: `uid-${agent}` });
  return doneBy(await doctor.run({ fix: false }, session).finally(() => session.store.close())).findings;
}

describe('a key that is lost', () => {
  test('is said, opens nothing, and seals nothing', async () => {
    const place = new Sealed();
    await place.room('nest', 'ada', 'bob');
    await place.say('ada', '@nest', 'the heron nests');
    rmSync(place.keysOf('bob'), { recursive: true });
    expect(await place.unread('bob')).toEqual([closed]);
    const refused = { status: 'refused', refusal: { code: 'lost-key', next: expect.stringContaining('key --new') } };
    expect(await place.as('bob', (it) => it.send({ to: ['@nest'], text: 'stork' }))).toMatchObject(refused);
    expect(await place.as('bob', (it) => it.key())).toMatchObject(refused);
  });

  test('is said where a secret room is named, which nothing else shows any more, and by doctor', async () => {
    const place = new Sealed();
    await place.roomOf('secret', 'nest', 'ada', 'bob');
    expect((await found(place, 'bob')).map(({ what }) => what)).toEqual([]);
    rmSync(place.keysOf('bob'), { recursive: true });
    const refused = { status: 'refused', refusal: { code: 'lost-key' } };
    expect(await place.as('bob', (it) => it.rooms({ room: 'nest' }))).toMatchObject(refused);
    expect(await place.as('bob', (it) => it.send({ to: ['@nest'], text: 'stork' }))).toMatchObject(refused);
    expect(await place.as('bob', (it) => it.room({ action: 'leave', room: 'nest' }))).toMatchObject(refused);
    expect(await found(place, 'bob')).toMatchObject([
      { level: 'warning', what: expect.stringContaining('key of bob that others seal for is not on this machine') },
    ]);
    const unknown = { refusal: { code: 'unknown-room' } };
    expect(await place.as('cy', (it) => it.rooms({ room: 'nest' }))).toMatchObject(unknown);
  });

  test('is made anew by word, for what is said from then on', async () => {
    const place = new Sealed();
    await place.room('nest', 'ada', 'bob');
    await place.say('ada', '@nest', 'before');
    rmSync(place.keysOf('bob'), { recursive: true });
    doneBy(await place.as('bob', (it) => it.key({ anew: true })));
    await place.say('ada', '@nest', 'after');
    expect(await place.said('bob', 'nest')).toEqual([closed, 'after']);
  });
});
