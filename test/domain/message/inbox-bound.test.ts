import { expect, test } from 'vitest';
import { decideAsk } from '../../../src/domain/ask/ask.ts';
import { decideCreateRoom } from '../../../src/domain/room/create.ts';
import { decideJoinRoom } from '../../../src/domain/room/join.ts';
import { accepted, World } from '../world.ts';
import { ack, reply, send, sent } from './acts.ts';

function worldOf(...names: readonly string[]): World {
  const world = new World({ policy: { inboxPerSender: 2 } });
  world.greet(...names);
  return world;
}

test('the refusal names who has not read, and leaves the way to the others', () => {
  const world = worldOf('ada', 'bob', 'eve');
  sent(world, 'ada', 'bob', 'one');
  const { id } = sent(world, 'ada', 'bob', 'two');
  const decision = send(world, 'ada', ['bob', 'eve'], 'three');
  expect(decision).toMatchObject({
    ok: false,
    refusal: {
      code: 'inbox-full',
      message: 'bob has 2 messages of ada unread, and 2 is the most.',
      next: `Wait until some is read (git intercom receipts ${id}), or replace the last: git intercom send … --supersedes ${id}. Leave them out to reach the others.`,
    },
  });
  expect(world.edits).toEqual([]);
  expect(send(world, 'ada', 'eve', 'three').ok).toBe(true);
  expect(send(world, 'eve', 'bob', 'from another').ok).toBe(true);
});

test('an answer that somebody waits for is never refused', () => {
  const world = worldOf('ada', 'bob');
  sent(world, 'ada', 'bob', 'one');
  sent(world, 'ada', 'bob', 'two');
  const ask = { to: 'ada', text: 'Which port?', waitSeconds: 0 };
  const { id } = accepted(world.decide('bob', (draft, context) => decideAsk(draft, ask, context))).ask;
  expect(reply(world, 'ada', '8080', { reference: id }).ok).toBe(true);
  expect(send(world, 'ada', 'bob', 'and more').ok).toBe(false);
});

test('a room is closed to its loudest member when nobody reads any more, and not by one who is away', () => {
  const world = worldOf('ada', 'bob', 'eve');
  const create = { room: 'ops', visibility: 'public' } as const;
  accepted(world.decide('ada', (draft, context) => decideCreateRoom(draft, create, context)));
  for (const name of ['bob', 'eve']) accepted(world.decide(name, (draft, at) => decideJoinRoom(draft, 'ops', at)));
  sent(world, 'ada', '@ops', 'one');
  sent(world, 'ada', '@ops', 'two');
  expect(send(world, 'ada', '@ops', 'three')).toMatchObject({
    refusal: { code: 'inbox-full', message: 'Nobody in @ops has read the last 2 messages of ada, and 2 is the most.' },
  });
  expect(send(world, 'bob', '@ops', 'quiet please').ok).toBe(true);
  expect(send(world, 'ada', 'bob', 'alone').ok).toBe(true);
  ack(world, 'eve', 'all');
  expect(send(world, 'ada', '@ops', 'three').ok).toBe(true);
});
