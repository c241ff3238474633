import { expect, test } from 'vitest';
import { meantBy } from '../../src/domain/meant-id.ts';
import type { ClaimRecord, MessageRecord } from '../../src/domain/record/record.ts';
import { grant, handoff, queueFor, release, renew } from './claim/acts.ts';
import { ack, reply, sent } from './message/acts.ts';
import { accepted, refusal, World } from './world.ts';

const ids = ['1kjma0fm0abc1234', '1kjma0fm0xbc1234'] as const;

/** Ada's claims, whose ids end alike: on `a`, and on `b`. */
function twins(): World {
  const world = new World();
  for (const [n, path] of ['a', 'b'].entries()) {
    const granted = grant(world, 'ada', path);
    const id = ids[n] as string;
    world.put(`claims/${granted.id}`, undefined);
    world.put(`claims/${id}`, { ...granted, id } as ClaimRecord);
  }
  world.greet('bob');
  return world;
}

/** Two messages of ada that bob has not read, whose ids end alike. */
function twinMessages(): World {
  const world = new World();
  world.greet('bob');
  for (const [n, text] of ['one', 'two'].entries()) {
    const message = sent(world, 'ada', 'bob', text);
    const id = ids[n] as string;
    for (const folder of ['messages', 'inbox/bob']) {
      world.put(`${folder}/${message.id}`, undefined);
      world.put(`${folder}/${id}`, { ...message, id } as MessageRecord);
    }
  }
  return world;
}

function expectNothingDone(world: World, act: () => ReturnType<typeof world.decide<unknown>>) {
  const before = new Map(world.records);
  const { code, message, data } = refusal(act());
  expect(code).toBe('ambiguous');
  for (const id of ids) expect(message).toContain(id);
  expect(data.candidates).toEqual(ids.map((id) => ({ id, what: expect.any(String) })));
  expect(world.records).toEqual(before);
}

test.each([
  ['release', (world: World) => release(world, 'ada', 'bc1234')],
  ['forced release', (world: World) => release(world, 'bob', '1234', { why: 'x', evidence: 'y' })],
  ['renewal', (world: World) => renew(world, 'ada', ['bc1234'])],
  ['hand-over', (world: World) => handoff(world, 'ada', 'bob', 'bc1234')],
])('a %s by the ending of several ids does nothing, and names them', (_what, act) => {
  const world = twins();
  expectNothingDone(world, () => act(world));
});

test.each([
  ['acknowledgement', (world: World) => ack(world, 'bob', ['bc1234'])],
  ['reply', (world: World) => reply(world, 'bob', 'x', { reference: 'bc1234' })],
])('an %s by the ending of several ids does nothing, and names them', (_what, act) => {
  const world = twinMessages();
  expectNothingDone(world, () => act(world));
});

test('so does leaving the line by the ending of several places', () => {
  const { world, places } = queueFor('bob');
  const place = world.queue()[0];
  for (const id of ids) world.put(`waiting/${id}`, { ...place, id } as never);
  world.put(`waiting/${places[0]}`, undefined);
  expectNothingDone(world, () => release(world, 'bob', 'bc1234'));
});

test('more of the id, or the whole of it, is clear', () => {
  const world = twins();
  accepted(release(world, 'ada', 'abc1234'));
  expect(world.held()).toEqual(['ada: b']);
  const messages = twinMessages();
  expect(accepted(ack(messages, 'bob', [ids[1]])).acknowledged).toEqual([ids[1]]);
  expect(meantBy('1234', [{ id: '1234' }, { id: '51234' }])).toEqual([{ id: '1234' }]);
});

test('a path may mean several claims, and none whose id ends in it besides', () => {
  const world = twins();
  grant(world, 'ada', 'bc1234');
  const { message } = refusal(release(world, 'ada', 'bc1234'));
  expect(message).toContain('ada: bc1234');
  accepted(release(world, 'ada', './bc1234'));
  expect(world.held()).toEqual(['ada: a', 'ada: b']);
  accepted(release(world, 'ada', '**'));
  expect(world.held()).toEqual([]);
});
