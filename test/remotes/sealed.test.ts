/** A private room whose members work in clones on machines of their own: what is sent meanwhile is sealed for who may read it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { beginTeam, type Clone, type Ended, makeClone, startOr } from './clones.ts';
import { git } from './git.ts';
import { startDisk } from './servers/disk.ts';

const closed = 'Sealed for a key that this machine does not have.';

async function done(ended: Promise<Ended>): Promise<Ended['json']> {
  const { exitCode, stderr, json } = await ended;
  expect(exitCode, stderr).toBe(0);
  return json;
}

/** Nothing is brought but by `sync`: what reaches the remote first decides these tests. */
const env = { INTERCOM_TEST_ALONE: '1' };

async function sync(...clones: readonly Clone[]): Promise<void> {
  for (const clone of clones) await done(clone.run('syncer', ['sync'], { env }));
}

/** Each of them in a clone of its own, in a room that all know. */
async function makeRoom() {
  const server = await startOr(() => {
    throw new Error('a disk is always there');
  }, startDisk);
  await beginTeam(server);
  const [a, b, c] = (await Promise.all([1, 2, 3].map(() => makeClone(server)))) as [Clone, Clone, Clone];
  const run = (clone: Clone, agent: string, ...words: string[]) => done(clone.run(agent, words, { env }));
  const [ada, bob, cy] = [a, b, c].map((clone, n) => {
    const name = ['ada', 'bob', 'cy'][n] as string;
    return { clone, say: (...words: string[]) => run(clone, name, ...words) };
  }) as [Member, Member, Member];
  for (const { say, clone } of [ada, bob, cy]) {
    await say('key');
    await sync(clone);
  }
  await sync(a);
  await ada.say('room', 'create', 'nest', '--private');
  await ada.say('room', 'invite', 'nest', 'bob', 'cy');
  await sync(a, b, c);
  await bob.say('room', 'accept', 'nest');
  await sync(b, c);
  await cy.say('room', 'accept', 'nest');
  await ada.say('send', '@nest', 'before');
  await sync(c, a, b, c);
  return { server, ada, bob, cy };
}

interface Member {
  readonly clone: Clone;
  readonly say: (...words: string[]) => Promise<Ended['json']>;
}

async function heard({ say }: Member): Promise<string[]> {
  const { messages } = await say('room', 'show', 'nest', '--history', '20');
  return messages.map(({ text }: { text: string }) => text);
}

test('what is sent while a member is put out elsewhere is sealed anew for those who stay', {
  timeout: 240_000,
}, async () => {
  const { server, ada, bob, cy } = await makeRoom();
  await ada.say('room', 'kick', 'nest', 'bob');
  await cy.say('send', '@nest', 'meanwhile');
  await cy.say('send', '@nest', 'and once more');
  await sync(ada.clone, cy.clone, ada.clone, bob.clone);
  expect((await heard(ada)).sort()).toEqual(['and once more', 'before', 'meanwhile']);
  expect((await heard(cy)).sort()).toEqual(['and once more', 'before', 'meanwhile']);
  expect((await heard(bob)).sort()).toEqual([closed, closed, 'before']);
  const { messages } = await ada.say('peek');
  expect(messages.map(({ text }: { text: string }) => text)).toEqual(['meanwhile', 'and once more']);
  // One key for those who stay, and none for those who were there when it was sent.
  const files = await git({}, '-C', server.bare, 'ls-tree', '-r', '--name-only', 'intercom');
  expect(files.match(/roomkeys/g)).toHaveLength(2);
});

test('what was sent by one who was put out meanwhile comes back to its author', { timeout: 240_000 }, async () => {
  const { ada, bob, cy } = await makeRoom();
  await ada.say('room', 'kick', 'nest', 'bob');
  await bob.say('send', '@nest', 'am I still in?');
  await sync(ada.clone, bob.clone, ada.clone, cy.clone);
  const { messages } = await bob.say('peek');
  expect(messages).toContainEqual(
    expect.objectContaining({
      text: 'am I still in?',
      subject: expect.stringContaining('Not delivered'),
      sealed: 'opened',
    }),
  );
  expect(await heard(ada)).toEqual(['before']);
  expect(await heard(cy)).toEqual(['before']);
});

test('what cannot be sealed anew, because the key is gone, is not delivered, and its author is told', {
  timeout: 240_000,
}, async () => {
  const { ada, bob, cy } = await makeRoom();
  await ada.say('room', 'kick', 'nest', 'bob');
  await cy.say('send', '@nest', 'meanwhile');
  rmSync(join(cy.clone.env.XDG_DATA_HOME ?? '', 'git-intercom', 'keys'), { recursive: true });
  await sync(ada.clone, cy.clone, ada.clone, bob.clone);
  const { messages } = await cy.say('peek');
  expect(messages.map(({ subject }: { subject: string }) => subject)).toContain(
    'What you said in @nest was not delivered',
  );
  expect(await heard(ada)).toEqual(['before']);
  expect(await heard(bob)).toEqual(['before']);
});

/** The same with a secret room beside it, to which all three belong. */
async function makeLair() {
  const made = await makeRoom();
  const { ada, bob, cy } = made;
  await ada.say('room', 'create', 'lair', '--secret');
  await ada.say('room', 'invite', 'lair', 'bob', 'cy');
  await sync(bob.clone, cy.clone);
  await bob.say('room', 'accept', 'lair');
  await cy.say('room', 'accept', 'lair');
  await sync(ada.clone, bob.clone, cy.clone);
  return made;
}

test('what was said in a secret room without the remote is sealed anew for who is in it there', {
  timeout: 240_000,
}, async () => {
  const { ada, bob, cy } = await makeLair();
  await ada.say('room', 'kick', 'lair', 'bob');
  await cy.say('send', '@lair', 'meanwhile', '--offline');
  await cy.say('send', '@lair', 'and once more', '--offline');
  const { messages: before } = await cy.say('room', 'show', 'lair', '--history', '--offline');
  expect(before).toHaveLength(2);
  await sync(cy.clone, ada.clone, bob.clone);
  const { messages } = await ada.say('peek');
  expect(messages).toMatchObject([
    { from: 'cy', to: ['@lair'], text: 'meanwhile' },
    { from: 'cy', to: ['@lair'], text: 'and once more' },
  ]);
  // None of the keys of who was put out opens it, though all of it lies in that clone.
  for (const { id } of before) {
    const { json } = await bob.clone.run('bob', ['thread', id], { env });
    expect(json.messages.find((each: { id: string }) => each.id === id)).toMatchObject({ text: closed });
  }
  const { messages: mail } = await bob.say('peek');
  expect(mail.map(({ subject }: { subject: string }) => subject)).toContain('ada put you out of @lair');
});

test('what one said in a secret room, of which one is put out there, comes back and nobody else can read it', {
  timeout: 240_000,
}, async () => {
  const { ada, bob } = await makeLair();
  await ada.say('room', 'kick', 'lair', 'bob');
  await bob.say('send', '@lair', 'am I still in?', '--offline');
  await sync(bob.clone, ada.clone);
  const { messages } = await bob.say('peek');
  expect(messages).toContainEqual(
    expect.objectContaining({
      text: 'am I still in?',
      subject: expect.stringMatching(/^Not delivered in @lair/),
      sealed: 'opened',
    }),
  );
  expect((await ada.say('peek')).messages).toEqual([]);
});

test('a secret room that two clones change at once is changed by both', { timeout: 240_000 }, async () => {
  const { server, ada, bob, cy } = await makeRoom();
  await ada.say('room', 'create', 'lair', '--secret');
  await ada.say('room', 'invite', 'lair', 'bob', 'cy');
  await sync(bob.clone, cy.clone);
  await Promise.all([bob, cy].map(({ say }) => say('room', 'accept', 'lair')));
  await ada.say('send', '@lair', 'the heron nests');
  await sync(ada.clone, bob.clone, cy.clone);
  for (const { say } of [bob, cy]) {
    const { room, messages } = await say('room', 'show', 'lair', '--history');
    expect(room.members.map(({ agent }: { agent: string }) => agent).sort()).toEqual(['ada', 'bob', 'cy']);
    expect(messages).toMatchObject([{ from: 'ada', text: 'the heron nests' }]);
  }
  await git({}, '-C', server.bare, 'fsck', '--strict');
});

test('a secret room is not changed while the remote cannot be reached, and that is said', {
  timeout: 240_000,
}, async () => {
  const { ada } = await makeRoom();
  const { exitCode, json } = await ada.clone.run('ada', ['--offline', 'room', 'create', 'lair', '--secret'], { env });
  expect(exitCode).toBe(3);
  expect(json.error).toMatchObject({
    code: 'offline',
    message: expect.stringContaining('at the remote or not at all'),
  });
});
