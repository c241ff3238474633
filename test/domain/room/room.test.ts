import { describe, expect, test } from 'vitest';
import { notices } from '../../../src/domain/notice/notices.ts';
import { decideCreateRoom } from '../../../src/domain/room/create.ts';
import { ack, reply, send, sent, tidy } from '../message/acts.ts';
import { accepted, refusal, World } from '../world.ts';
import { accept, create, decline, invite, join, kick, leave, membersOf, roomIn, topic } from './acts.ts';

function worldWith(...names: readonly string[]): World {
  const world = new World();
  world.greet(...names);
  accepted(create(world, 'ada', 'ops', 'deployments'));
  return world;
}

const texts = (world: World, name: string) => world.unread(name).map(({ text }) => text);

describe('a room', () => {
  test('has whoever created it as its first member, and who joins from then on', () => {
    const world = worldWith('ada', 'bob');
    sent(world, 'ada', '@ops', 'before');
    accepted(join(world, 'bob', '@ops'));
    sent(world, 'ada', '@ops', 'after');
    expect(membersOf(world, 'ops')).toEqual(['ada', 'bob']);
    expect(texts(world, 'bob')).toEqual(['after']);
  });

  test('joined twice is joined once', () => {
    const world = worldWith('ada', 'bob');
    accepted(join(world, 'bob', 'ops'));
    const before = roomIn(world, 'ops');
    accepted(join(world, 'bob', 'ops'));
    expect(roomIn(world, 'ops')).toEqual(before);
    expect(world.edits).toEqual([]);
  });

  test('whose name is taken, also in other letters, is refused with the way in', () => {
    const world = worldWith('ada', 'bob');
    expect(refusal(create(world, 'bob', 'Ops'))).toMatchObject({
      code: 'name-taken',
      data: { name: 'ops', by: 'ada' },
    });
  });

  test.each(['', '@', 'a/b', '../x', '-a', 'all', 'a b', '\u202eops', 'x'.repeat(65)])(
    'cannot be called %j',
    (name) => {
      expect(refusal(create(worldWith('ada'), 'ada', name)).code).toBe('bad-name');
    },
  );

  test.each(['private', 'secret'] as const)('that is to be %s wants a key of its maker', (visibility) => {
    const world = worldWith('ada');
    const decision = world.decide('ada', (draft, context) =>
      decideCreateRoom(draft, { room: 'vault', visibility }, context),
    );
    expect(refusal(decision)).toMatchObject({ code: 'no-key', data: { agents: ['ada'] } });
    expect(world.records.has('rooms/vault')).toBe(false);
  });

  test('that nobody made is refused with the names that are near', () => {
    const world = worldWith('ada');
    for (const decision of [join(world, 'ada', 'opz'), leave(world, 'ada', 'opz'), send(world, 'ada', '@opz', 'x')]) {
      expect(refusal(decision)).toMatchObject({ code: 'unknown-room', data: { nearest: ['ops'] } });
    }
    expect(refusal(join(world, 'ada', '../agents/ada')).code).toBe('unknown-room');
  });

  test('has a topic that members change, and others do not', () => {
    const world = worldWith('ada', 'bob');
    expect(refusal(topic(world, 'bob', 'ops', 'mine')).code).toBe('not-member');
    accepted(topic(world, 'ada', 'ops', 'new\nline'));
    expect(roomIn(world, 'ops')).toMatchObject({ topic: 'new line', version: 2 });
    accepted(topic(world, 'ada', 'ops', ''));
    expect(roomIn(world, 'ops').topic).toBeUndefined();
  });
});

describe('a message to a room', () => {
  test('is stored once, whoever many are in it, and its sender has none', () => {
    const names = Array.from({ length: 50 }, (_, n) => `a${n}`);
    const world = worldWith('ada', ...names);
    for (const name of names) accepted(join(world, name, 'ops'));
    const { id } = sent(world, 'ada', '@ops', 'hello');
    expect(world.edits.map(({ path }) => path)).toEqual([`messages/${id}`, `broadcast/${id}`]);
    expect(world.message(id)).toMatchObject({ audience: 'room', room: 'ops', to: names });
    expect(texts(world, 'ada')).toEqual([]);
    expect(texts(world, 'a49')).toEqual(['hello']);
  });

  test('may come from one who is not in it', () => {
    const world = worldWith('ada', 'bob');
    sent(world, 'bob', '@ops', 'may I?');
    expect(texts(world, 'ada')).toEqual(['may I?']);
  });

  test('where nobody else is, is recorded and in no mail', () => {
    const world = worldWith('ada');
    const { id } = sent(world, 'ada', '@ops', 'anybody?');
    expect(world.message(id)?.to).toEqual([]);
    expect(world.records.has(`broadcast/${id}`)).toBe(false);
  });

  test('goes to the room alone', () => {
    const world = worldWith('ada', 'bob');
    expect(refusal(send(world, 'ada', ['@ops', 'bob'], 'x')).code).toBe('unknown-recipient');
  });

  test('is unread for each until that one acknowledges it, and leaves with the last', () => {
    const world = worldWith('ada', 'bob', 'cy');
    for (const name of ['bob', 'cy']) accepted(join(world, name, 'ops'));
    const { id } = sent(world, 'ada', '@ops', 'hello');
    accepted(ack(world, 'bob', id));
    expect([texts(world, 'bob'), texts(world, 'cy')]).toEqual([[], ['hello']]);
    accepted(ack(world, 'cy', id));
    expect(world.records.has(`broadcast/${id}`)).toBe(false);
  });

  test('is answered to its sender, or to the room', () => {
    const world = worldWith('ada', 'bob', 'cy');
    for (const name of ['bob', 'cy']) accepted(join(world, name, 'ops'));
    const { id } = sent(world, 'ada', '@ops', 'hello');
    accepted(reply(world, 'bob', 'to you', { reference: id }));
    accepted(reply(world, 'bob', 'to all of us', { reference: id, to: ['@ops'] }));
    expect(texts(world, 'ada')).toEqual(['to you', 'to all of us']);
    expect(texts(world, 'cy')).toEqual(['hello', 'to all of us']);
  });

  test('is not asked: an ask goes to one agent', async () => {
    const { decideAsk } = await import('../../../src/domain/ask/ask.ts');
    const world = worldWith('ada');
    const decision = world.decide('ada', (draft, context) =>
      decideAsk(draft, { to: '@ops', text: 'x', waitSeconds: 0 }, context),
    );
    expect(refusal(decision).message).toBe('An ask goes to one agent, and @ops is a room.');
  });
});

describe('who leaves', () => {
  test('has no mail of the room any more, and gets none on coming back for what was said before', () => {
    const world = worldWith('ada', 'bob');
    accepted(join(world, 'bob', 'ops'));
    const { id } = sent(world, 'ada', '@ops', 'old');
    sent(world, 'ada', 'bob', 'for you');
    accepted(leave(world, 'bob', 'ops'));
    expect(texts(world, 'bob')).toEqual(['for you']);
    expect(world.receipt(id)?.expired).toMatchObject([{ agent: 'bob' }]);
    expect(world.records.has(`broadcast/${id}`)).toBe(false);
    sent(world, 'ada', '@ops', 'unheard');
    accepted(join(world, 'bob', 'ops'));
    sent(world, 'ada', '@ops', 'new');
    expect(texts(world, 'bob')).toEqual(['for you', 'new']);
  });

  test('takes nothing away from the others', () => {
    const world = worldWith('ada', 'bob', 'cy');
    for (const name of ['bob', 'cy']) accepted(join(world, name, 'ops'));
    sent(world, 'ada', '@ops', 'hello');
    accepted(leave(world, 'bob', 'ops'));
    expect([texts(world, 'bob'), texts(world, 'cy')]).toEqual([[], ['hello']]);
  });

  test('was in it, or is refused', () => {
    expect(refusal(leave(worldWith('ada', 'bob'), 'bob', 'ops')).code).toBe('not-member');
  });

  test('last leaves the room behind, and others find it', () => {
    const world = worldWith('ada', 'bob');
    accepted(leave(world, 'ada', 'ops'));
    accepted(tidy(world));
    accepted(join(world, 'bob', 'ops'));
    expect(membersOf(world, 'ops')).toEqual(['bob']);
  });
});

describe('who is put out', () => {
  test('is told, and its unread mail of the room is gone', () => {
    const world = worldWith('ada', 'bob');
    accepted(join(world, 'bob', 'ops'));
    sent(world, 'ada', '@ops', 'noise?');
    accepted(kick(world, 'ada', 'ops', 'bob'));
    expect(world.unread('bob').map(({ subject }) => subject)).toEqual(['ada put you out of @ops']);
    expect(membersOf(world, 'ops')).toEqual(['ada']);
  });

  test('is so by whoever created the room or by a person, and by no other agent', () => {
    const world = worldWith('ada', 'bob', 'cy');
    for (const name of ['bob', 'cy']) accepted(join(world, name, 'ops'));
    expect(refusal(kick(world, 'bob', 'ops', 'cy'))).toMatchObject({ code: 'not-allowed', data: { by: 'ada' } });
    world.actor('dave', { isPerson: true });
    accepted(kick(world, 'dave', 'ops', 'cy'));
    expect(refusal(kick(world, 'ada', 'ops', 'cy')).code).toBe('not-member');
  });
});

describe('an invitation that is taken back', () => {
  test('is no more, which its agent is told', () => {
    const world = worldWith('ada', 'bob');
    accepted(invite(world, 'ada', 'ops', 'bob'));
    accepted(kick(world, 'ada', 'ops', 'bob'));
    expect(roomIn(world, 'ops').invited).toBeUndefined();
    expect(world.notices('bob')).toEqual(['ada invites you to @ops', 'ada took back the invitation to @ops']);
    expect(refusal(accept(world, 'bob', 'ops')).code).toBe('not-invited');
    expect(refusal(kick(world, 'ada', 'ops', 'bob')).code).toBe('not-member');
  });

  test('is so by who gave it, by whoever created the room, or by a person', () => {
    const world = worldWith('ada', 'bob', 'cy', 'eve');
    world.actor('dave', { isPerson: true });
    for (const name of ['bob', 'eve']) accepted(join(world, name, 'ops'));
    for (const by of ['bob', 'ada', 'dave']) {
      accepted(invite(world, 'bob', 'ops', 'cy'));
      expect(refusal(kick(world, 'eve', 'ops', 'cy'))).toMatchObject({ code: 'not-allowed', data: { by: 'ada' } });
      accepted(kick(world, by, 'ops', 'cy'));
    }
    expect(roomIn(world, 'ops').members).toHaveLength(3);
  });
});

describe('an invitation', () => {
  test('is in the mail once, and is accepted', () => {
    const world = worldWith('ada', 'bob');
    accepted(invite(world, 'ada', 'ops', 'bob'));
    accepted(invite(world, 'ada', 'ops', 'bob'));
    expect(world.notices('bob')).toEqual(['ada invites you to @ops']);
    accepted(accept(world, 'bob', 'ops'));
    expect(roomIn(world, 'ops')).toMatchObject({ members: [{ agent: 'ada' }, { agent: 'bob' }] });
    expect(roomIn(world, 'ops').invited).toBeUndefined();
  });

  test('is declined, and whoever invited is told quietly', () => {
    const world = worldWith('ada', 'bob');
    accepted(invite(world, 'ada', 'ops', 'bob'));
    accepted(decline(world, 'bob', 'ops'));
    expect(world.unread('ada')).toMatchObject([{ subject: 'bob declines to join @ops', importance: 'low' }]);
    expect(refusal(accept(world, 'bob', 'ops')).code).toBe('not-invited');
  });

  test('comes from a member, to an agent that is known', () => {
    const world = worldWith('ada', 'bob');
    expect(refusal(invite(world, 'bob', 'ops', 'ada')).code).toBe('not-member');
    expect(refusal(invite(world, 'ada', 'ops', 'bop'))).toMatchObject({
      code: 'unknown-recipient',
      data: { nearest: ['bob'] },
    });
    expect(refusal(decline(world, 'bob', 'ops')).code).toBe('not-invited');
  });
});

test('who comes and goes is told to those who watch, and is in nobody’s mail', () => {
  const world = worldWith('ada', 'bob');
  const told = (name: string) => {
    const changes = world.edits.map(({ path, record }) => ({ path, before, after: record ?? undefined }));
    return notices(changes, { name, now: '2026-03-01T10:00:00Z' }).filter(({ id }) => id === 'ops');
  };
  let before = roomIn(world, 'ops');
  accepted(join(world, 'bob', 'ops'));
  expect(told('ada')).toMatchObject([{ kind: 'member-joined', agent: 'bob', text: 'bob joins @ops', forYou: true }]);
  expect(told('cy')).toMatchObject([{ forYou: false }]);
  before = roomIn(world, 'ops');
  accepted(leave(world, 'bob', 'ops'));
  expect(told('bob')).toMatchObject([{ kind: 'member-left', agent: 'bob', forYou: true }]);
  expect(world.unread('ada')).toEqual([]);
});
