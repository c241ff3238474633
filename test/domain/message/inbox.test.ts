import { describe, expect, test } from 'vitest';
import { choose } from '../../../src/domain/message/choose.ts';
import { type ShownMail, shownMail, shownMessage } from '../../../src/domain/message/present.ts';
import { accepted, World } from '../world.ts';
import { ack, deliver, sent } from './acts.ts';

function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

test('urgent mail comes first, the rest in the order in which it was written, from inbox and broadcast alike', () => {
  const world = withThree();
  for (const [to, text, importance] of [
    ['bob', 'one', 'low'],
    ['all', 'two', 'high'],
    ['bob', 'three', 'urgent'],
    ['bob', 'four', 'normal'],
    ['all', 'five', 'urgent'],
  ] as const) {
    world.pass(1);
    sent(world, 'ada', to, text, { importance });
  }
  expect(world.unread('bob').map(({ text }) => text)).toEqual(['three', 'five', 'one', 'two', 'four']);
});

test('an entry that cannot be read stops no other', () => {
  const world = withThree();
  world.putFile('inbox/bob/m1', { v: 1, id: 'm1', kind: 'message' });
  world.putFile('broadcast/m2', { v: 3 });
  sent(world, 'ada', 'bob', 'hello');
  expect(world.unread('bob').map(({ text }) => text)).toEqual(['hello']);
});

describe('as it is shown', () => {
  test('a message has every key, and null where nothing was said', () => {
    const message = sent(withThree(), 'ada', ['bob', 'cy'], 'hello');
    expect(shownMessage(message)).toEqual({
      id: message.id,
      thread: message.id,
      from: 'ada',
      to: ['bob', 'cy'],
      at: '2026-03-01T09:00:00.000Z',
      subject: null,
      text: 'hello',
      kind: 'message',
      importance: 'normal',
      ackWanted: false,
      replyTo: null,
      supersedes: null,
      expires: null,
      attachments: [],
      answers: null,
      ask: null,
      escalation: null,
    });
  });

  test('a message to all is to all, whoever they were', () => {
    expect(shownMessage(sent(withThree(), 'ada', 'all', 'hello')).to).toEqual(['all']);
  });

  test('mail tells when it was put before its reader, and when that one said so', () => {
    const world = withThree();
    const message = sent(world, 'ada', ['bob', 'cy'], 'hello');
    expect(shownMail(message, world.receipt(message.id), 'bob')).toMatchObject({ delivered: null, acknowledged: null });
    deliver(world, 'bob', message);
    world.pass(60);
    accepted(ack(world, 'bob', message.id));
    expect(shownMail(message, world.receipt(message.id), 'bob')).toMatchObject({
      delivered: '2026-03-01T09:00:00.000Z',
      acknowledged: '2026-03-01T09:01:00.000Z',
    });
    expect(shownMail(message, world.receipt(message.id), 'cy')).toMatchObject({ delivered: null, acknowledged: null });
  });
});

describe('of the unread mail', () => {
  const mail = (['ada', 'bob', 'ada'] as const).map((from, n) => ({
    id: `id${n}`,
    from,
    thread: `thread-${n}`,
    importance: n === 2 ? 'urgent' : 'normal',
  })) as unknown as ShownMail[];

  test.each([
    [{}, ['id0', 'id1', 'id2']],
    [{ limit: 2 }, ['id0', 'id1']],
    [{ from: 'ada' }, ['id0', 'id2']],
    [{ from: 'ada', limit: 1 }, ['id0']],
    [{ thread: 'thread-1' }, ['id1']],
    [{ thread: 'd-1' }, ['id1']],
    [{ urgent: true }, ['id2']],
    [{ urgent: true, from: 'bob' }, []],
  ])('%j chooses %j', (choice, ids) => {
    expect(choose(mail, { limit: 50, urgent: false, ...choice }).map(({ id }) => id)).toEqual(ids);
  });
});
