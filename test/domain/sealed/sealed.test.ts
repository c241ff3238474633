import { describe, expect, test } from 'vitest';
import { decideSend } from '../../../src/domain/message/send.ts';
import { asked } from '../ask/acts.ts';
import { reply, send } from '../message/acts.ts';
import { accept, invite, join, kick, leave, roomIn } from '../room/acts.ts';
import { accepted, refusal, World } from '../world.ts';
import { createPrivate, handHistory, keyed, keyNamed, planned, readBy, rekey, sealAs, sendSealed } from './acts.ts';

function worldWith(...names: readonly string[]): World {
  const world = new World();
  for (const name of names) world.actor(name, { harness: 'codex' });
  keyed(world, ...names);
  return world;
}

describe('a sealed message', () => {
  test('has nothing in the open but who, whom, when and how', () => {
    const world = worldWith('ada', 'bob');
    const plan = accepted(planned(world, 'ada', 'bob'));
    const { message } = accepted(
      world.decide('ada', (draft, context) =>
        decideSend(
          draft,
          {
            ...{ to: ['bob'], text: 'heron', subject: 'Herons', importance: 'high', key: 'k' },
            ...{ attachments: [{ path: 'marsh.txt' }], sealed: sealAs(plan, 'heron') },
          },
          context,
        ),
      ),
    );
    expect(message).toMatchObject({ to: ['bob'], text: '(sealed)', importance: 'high' });
    expect(JSON.stringify(world.edits)).not.toMatch(/heron|marsh/i);
    expect(readBy(world, keyNamed('bob'), message)).toBe('heron');
    expect(readBy(world, keyNamed('ada'), message)).toBe('heron');
  });

  test('that was sealed for an earlier key is to be sealed again, and nothing is written', () => {
    const world = worldWith('ada', 'bob');
    const sealed = sealAs(accepted(planned(world, 'ada', 'bob')), 'heron');
    accepted(rekey(world, 'bob', 'another of bob'));
    expect(refusal(send(world, 'ada', 'bob', 'heron', { sealed })).code).toBe('seal-again');
    expect(world.edits).toEqual([]);
  });

  test('that was sealed as the answer to one ask is none to another', () => {
    const world = worldWith('ada', 'bob');
    const [one, other] = [asked(world, 'ada', 'bob'), asked(world, 'ada', 'bob')];
    const plan = accepted(planned(world, 'bob', 'ada'));
    const sealed = sealAs({ ...plan, replyTo: one.id }, 'heron');
    const answer = (reference: string) => reply(world, 'bob', 'heron', { reference, sealed });
    expect(refusal(answer(other.id)).code).toBe('seal-again');
    expect(accepted(answer(one.id)).asked?.id).toBe(one.id);
  });

  test('to somebody without a key is refused, with who that is', () => {
    const world = worldWith('ada');
    world.greet('bob');
    expect(refusal(planned(world, 'ada', 'bob'))).toMatchObject({ code: 'no-key', data: { agents: ['bob'] } });
  });
});

describe('a private room', () => {
  test('takes no message that is not sealed', () => {
    const world = worldWith('ada');
    accepted(createPrivate(world, 'ada', 'nest'));
    expect(refusal(send(world, 'ada', '@nest', 'heron')).code).toBe('must-be-sealed');
    expect(world.edits).toEqual([]);
  });

  test('whose members are others than those it was sealed for wants it sealed again', () => {
    const world = worldWith('ada', 'bob');
    accepted(createPrivate(world, 'ada', 'nest'));
    accepted(invite(world, 'ada', 'nest', 'bob'));
    accepted(accept(world, 'bob', 'nest'));
    const sealed = sealAs(accepted(planned(world, 'ada', '@nest')), 'heron');
    accepted(kick(world, 'ada', 'nest', 'bob'));
    expect(refusal(send(world, 'ada', '@nest', 'heron', { sealed })).code).toBe('seal-again');
  });

  test('is joined by invitation and with a key alone', () => {
    const world = worldWith('ada', 'bob');
    world.actor('cy', { harness: 'codex' });
    world.greet('cy');
    accepted(createPrivate(world, 'ada', 'nest'));
    expect(refusal(join(world, 'bob', 'nest')).code).toBe('not-invited');
    accepted(invite(world, 'ada', 'nest', 'bob', 'cy'));
    accepted(join(world, 'bob', 'nest'));
    expect(refusal(accept(world, 'cy', 'nest')).code).toBe('no-key');
  });

  test('is closed again to who was handed its history and has not joined', () => {
    const world = worldWith('ada', 'bob');
    accepted(createPrivate(world, 'ada', 'nest'));
    const { message } = accepted(sendSealed(world, 'ada', '@nest', 'before'));
    accepted(invite(world, 'ada', 'nest', 'bob'));
    accepted(handHistory(world, 'ada', 'nest', 'bob'));
    const later = accepted(sendSealed(world, 'ada', '@nest', 'after')).message;
    expect([message, later].map((each) => readBy(world, keyNamed('bob'), each))).toEqual(['before', undefined]);
  });

  test('is another membership after each coming and going, and after nothing else', () => {
    const world = worldWith('ada', 'bob');
    accepted(createPrivate(world, 'ada', 'nest'));
    const epochs = [roomIn(world, 'nest').epoch];
    const note = () => epochs.push(roomIn(world, 'nest').epoch);
    accepted(invite(world, 'ada', 'nest', 'bob'));
    note();
    expect(new Set(epochs).size).toBe(1);
    for (const act of [accept, leave]) {
      accepted(act(world, 'bob', 'nest'));
      note();
    }
    expect(new Set(epochs).size).toBe(3);
  });

  test('has another membership when a member has another key', () => {
    const world = worldWith('ada', 'bob');
    accepted(createPrivate(world, 'ada', 'nest'));
    const { message } = accepted(sendSealed(world, 'ada', '@nest', 'before'));
    accepted(rekey(world, 'ada', 'another of ada'));
    const later = accepted(sendSealed(world, 'ada', '@nest', 'after')).message;
    expect([message, later].map((each) => readBy(world, keyNamed('another of ada'), each))).toEqual([
      undefined,
      'after',
    ]);
    expect([message, later].map((each) => readBy(world, keyNamed('ada'), each))).toEqual(['before', undefined]);
  });
});
