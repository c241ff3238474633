import { describe, expect, test } from 'vitest';
import { doneBy } from './place.ts';
import { closed, Sealed } from './sealed-place.ts';

async function lair(...others: readonly string[]): Promise<Sealed> {
  const place = new Sealed();
  await place.greet('eve');
  await place.roomOf('secret', 'lair', 'ada', ...others);
  return place;
}

describe('a secret room', () => {
  test('is read by who is in it', async () => {
    const place = await lair('bob');
    await place.say('ada', '@lair', 'the heron nests');
    const { messages } = doneBy(await place.as('bob', (it) => it.peek()));
    expect(messages).toMatchObject([{ from: 'ada', to: ['@lair'], text: 'the heron nests', sealed: 'opened' }]);
    doneBy(await place.as('bob', (it) => it.reply({ text: 'so does the stork' })));
    expect(await place.unread('bob')).toEqual([]);
    expect(await place.unread('ada')).toEqual(['so does the stork']);
    expect(await place.said('ada', 'lair')).toEqual(['the heron nests', 'so does the stork']);
  });

  test('has its messages among the completed, beside others that are', async () => {
    const place = await lair('bob');
    await place.say('ada', '@lair', 'count the herons');
    await place.say('eve', 'bob', 'count the storks');
    const { messages } = doneBy(await place.as('bob', (it) => it.peek()));
    const ids = messages.map(({ id }) => id).sort();
    const { acknowledged, completed = [] } = doneBy(await place.as('bob', (it) => it.ack({ ids, done: true })));
    expect(ids).toHaveLength(2);
    expect([[...acknowledged].sort(), [...completed].sort()]).toEqual([ids, ids]);
  });

  test('tells its people alone that it was a person who wrote', async () => {
    const place = await lair('bob');
    place.persons('ada');
    await place.say('ada', '@lair', 'the heron nests');
    expect(doneBy(await place.as('bob', (it) => it.peek())).messages).toMatchObject([
      { from: 'ada', fromPerson: true },
    ]);
    const records = place.everything().split(/^v: 1$/m);
    const said = records.filter((text) => text.startsWith('\nid:') && text.includes('\nkind: message'));
    expect(said.length).toBeGreaterThan(0);
    for (const record of said) expect(record.split('-----BEGIN')[0]).not.toContain('person');
  });

  test('leaves a stranger with all that the branch ever held without text, name, topic and members', async () => {
    const place = await lair('bob');
    doneBy(await place.as('ada', (it) => it.room({ action: 'topic', room: 'lair', topic: 'waders' })));
    await place.say('bob', '@lair', 'the heron nests');
    doneBy(await place.as('bob', (it) => it.ack({ all: true })));
    doneBy(await place.as('bob', (it) => it.status({ activity: 'docs' })));
    doneBy(await place.as('ada', (it) => it.room({ action: 'kick', room: 'lair', agents: ['bob'] })));
    const all = place.everything();
    for (const word of ['heron', 'lair', 'waders', 'invite']) expect(all).not.toContain(word);
    // As words: three letters are in many an id. Of ada and bob there is that they are here and have keys, and nothing of when they did what in the room.
    const commits = all.split(/^tree /m).filter((text) => /^Intercom-Op: (send|room)/m.test(text));
    expect(commits.length).toBeGreaterThan(5);
    for (const commit of commits) expect(commit).not.toMatch(/\b(ada|bob)\b/);
    for (const record of all.split(/^v: 1$/m).filter((text) => /^kind: (message|room)/m.test(text))) {
      expect(record.split('-----BEGIN')[0]).not.toMatch(/\b(ada|bob)\b/);
    }
  });

  test('is not there for who is not in it', async () => {
    const place = await lair();
    await place.say('ada', '@lair', 'the heron nests');
    expect(doneBy(await place.as('eve', (it) => it.rooms())).rooms).toEqual([]);
    const unknown = { status: 'refused', refusal: { code: 'unknown-room', data: { nearest: [] } } };
    expect(await place.as('eve', (it) => it.rooms({ room: 'lair' }))).toMatchObject(unknown);
    expect(await place.as('eve', (it) => it.send({ to: ['@lair'], text: 'hi' }))).toMatchObject(unknown);
    expect(await place.as('eve', (it) => it.room({ action: 'join', room: 'lair' }))).toMatchObject(unknown);
    expect(doneBy(await place.as('eve', (it) => it.search({ words: ['heron'] }))).hits).toEqual([]);
    expect(doneBy(await place.as('ada', (it) => it.search({ words: ['heron'] }))).hits).toMatchObject([
      { from: 'ada' },
    ]);
  });

  test('is closed to who was put out, and to who has left', async () => {
    const place = await lair('bob', 'cy');
    await place.say('ada', '@lair', 'before');
    doneBy(await place.as('ada', (it) => it.room({ action: 'kick', room: 'lair', agents: ['bob'] })));
    doneBy(await place.as('cy', (it) => it.room({ action: 'leave', room: 'lair' })));
    await place.say('ada', '@lair', 'after');
    for (const agent of ['bob', 'cy']) {
      expect(doneBy(await place.as(agent, (it) => it.rooms())).rooms).toEqual([]);
      expect(doneBy(await place.as(agent, (it) => it.search({ words: ['after'] }))).hits).toEqual([]);
    }
    expect(await place.said('ada', 'lair')).toEqual(['before', 'after']);
  });

  test('tells who is invited, and nobody else; who joins reads from then on', async () => {
    const place = await lair();
    await place.greet('bob');
    await place.say('ada', '@lair', 'before');
    doneBy(await place.as('ada', (it) => it.room({ action: 'invite', room: 'lair', agents: ['bob'] })));
    const { messages } = doneBy(await place.as('bob', (it) => it.peek()));
    expect(messages).toMatchObject([{ from: 'ada', subject: 'ada invites you to @lair' }]);
    expect(await place.as('bob', (it) => it.send({ to: ['@lair'], text: 'hi' }))).toMatchObject({
      refusal: { code: 'not-member', next: 'Run git intercom room accept lair.' },
    });
    doneBy(await place.as('bob', (it) => it.room({ action: 'accept', room: 'lair' })));
    await place.say('ada', '@lair', 'after');
    expect(await place.said('bob', 'lair')).toEqual([closed, 'after']);
    expect(await place.unread('bob')).toEqual(['after']);
  });

  test('tells who was put out, and nobody else, until that one has taken note', async () => {
    const place = await lair('bob', 'cy');
    doneBy(
      await place.as('ada', (it) =>
        it.room({ action: 'kick', room: 'lair', agents: ['bob'], why: 'off to the south' }),
      ),
    );
    const { messages } = doneBy(await place.as('bob', (it) => it.peek()));
    expect(messages).toMatchObject([
      {
        from: 'ada',
        to: ['@lair'],
        subject: 'ada put you out of @lair: off to the south',
        text: 'You no longer get what is said in @lair.',
      },
    ]);
    expect(await place.unread('cy')).toEqual([]);
    expect(await place.unread('eve')).toEqual([]);
    doneBy(await place.as('bob', (it) => it.ack({ all: true })));
    expect(await place.unread('bob')).toEqual([]);
    for (const word of ['lair', 'south', 'put you']) expect(place.everything()).not.toContain(word);
  });

  test('is closed again to who was invited, when that is taken back', async () => {
    const place = await lair('bob');
    doneBy(await place.as('ada', (it) => it.room({ action: 'invite', room: 'lair', agents: ['eve'] })));
    doneBy(await place.as('ada', (it) => it.room({ action: 'kick', room: 'lair', agents: ['eve'], why: 'full' })));
    const { messages } = doneBy(await place.as('eve', (it) => it.peek()));
    expect(messages.map(({ subject }) => subject)).toEqual(['ada took back the invitation to @lair: full']);
    expect(await place.as('eve', (it) => it.room({ action: 'accept', room: 'lair' }))).toMatchObject({
      refusal: { code: 'unknown-room' },
    });
    expect(doneBy(await place.as('bob', (it) => it.peek())).messages).toEqual([]);
    expect(place.everything()).not.toMatch(/lair|took back/);
  });

  test('hands its history to who is invited with it, and nothing from then until they join', async () => {
    const place = await lair('bob');
    await place.greet('cy');
    await place.say('ada', '@lair', 'the heron nests');
    doneBy(await place.as('ada', (it) => it.room({ action: 'kick', room: 'lair', agents: ['bob'] })));
    await place.say('ada', '@lair', 'later');
    const invite = { action: 'invite' as const, room: 'lair', agents: ['cy'], history: true };
    doneBy(await place.as('ada', (it) => it.room(invite)));
    await place.say('ada', '@lair', 'meanwhile');
    doneBy(await place.as('cy', (it) => it.room({ action: 'accept', room: 'lair' })));
    await place.say('ada', '@lair', 'at last');
    const said = (await place.said('cy', 'lair')).filter((text) => !text.includes('secret'));
    expect(said).toEqual(['the heron nests', 'later', closed, 'at last']);
    // It was unread to nobody who came later.
    expect(await place.unread('cy')).toEqual(['at last']);
    for (const word of ['lair', 'meanwhile', 'heron']) expect(place.everything()).not.toContain(word);
  });

  test('that is declined is not there any more', async () => {
    const place = await lair();
    await place.greet('bob');
    doneBy(await place.as('ada', (it) => it.room({ action: 'invite', room: 'lair', agents: ['bob'] })));
    doneBy(await place.as('bob', (it) => it.room({ action: 'decline', room: 'lair' })));
    expect(doneBy(await place.as('bob', (it) => it.rooms())).rooms).toEqual([]);
    expect(await place.unread('bob')).toEqual([]);
  });

  test('has its mail read once it is acknowledged, by its id or with all', async () => {
    const place = await lair('bob');
    const first = await place.say('ada', '@lair', 'one');
    await place.say('ada', '@lair', 'two');
    await place.say('ada', '@lair', 'three');
    expect(doneBy(await place.as('bob', (it) => it.ack({ ids: [first] })))).toEqual({ acknowledged: [first] });
    expect(await place.unread('bob')).toEqual(['two', 'three']);
    await place.as('bob', (it) => it.ack({ all: true }));
    expect(await place.unread('bob')).toEqual([]);
  });

  test('takes nothing that would stand in the open', async () => {
    const place = await lair('bob');
    for (const more of [
      { importance: 'urgent' },
      { ackWanted: true },
      { key: 'k' },
      { expiresInSeconds: 60 },
    ] as const) {
      const answer = await place.as('ada', (it) => it.send({ to: ['@lair'], text: 'heron', ...more }));
      expect(answer).toMatchObject({ status: 'refused', refusal: { code: 'sealed' } });
    }
    const long = await place.as('ada', (it) => it.send({ to: ['@lair'], text: 'x'.repeat(70_000) }));
    expect(long).toMatchObject({ refusal: { code: 'too-large' } });
  });

  test('has its people under the names that they have now, and each is kept through a change', async () => {
    const place = await lair('bob', 'cy');
    doneBy(await place.as('bob', (it) => it.status({ name: 'owl' })));
    const namesIn = async (agent: string) => {
      const { room } = doneBy(await place.as(agent, (it) => it.rooms({ room: 'lair' })));
      return room?.members.map((member) => member.agent);
    };
    expect(await namesIn('ada')).toEqual(['ada', 'cy', 'owl']);
    doneBy(await place.as('ada', (it) => it.room({ action: 'kick', room: 'lair', agents: ['cy'] })));
    expect(await namesIn('ada')).toEqual(['ada', 'owl']);
    await place.say('ada', '@lair', 'the heron nests');
    expect(await place.unread('bob')).toEqual(['the heron nests']);
  });

  test('is changed by one after the other, whoever begins', async () => {
    const place = await lair('bob', 'cy', 'dee');
    await Promise.all(
      ['bob', 'cy', 'dee'].map((agent) =>
        place.as(agent, (it) => it.room({ action: 'leave', room: 'lair' })).then(doneBy),
      ),
    );
    const { room } = doneBy(await place.as('ada', (it) => it.rooms({ room: 'lair' })));
    expect(room?.members.map(({ agent }) => agent)).toEqual(['ada']);
  });
});
