/** Two agents and a person who answer each other in any order, against the plain count of answers in a row. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideAsk } from '../../../src/domain/ask/ask.ts';
import { isWorthTelling } from '../../../src/domain/guard/mail.ts';
import { answeringPauseSeconds, roundsMax } from '../../../src/domain/limits.ts';
import { shownMessage } from '../../../src/domain/message/present.ts';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { accepted, World } from '../world.ts';
import { ack, reply, sent } from './acts.ts';

function worldOfThree(): World {
  const world = new World({ policy: { inboxPerSender: 1000 } });
  for (const name of ['ada', 'bob']) world.actor(name, { harness: 'claude-code' });
  world.actor('grace', { isPerson: true });
  world.greet('ada', 'bob', 'grace');
  return world;
}

const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ by: fc.constantFrom('ada', 'bob'), afterSeconds: fc.nat(600) }) },
  { weight: 1, arbitrary: fc.record({ by: fc.constant('grace'), afterSeconds: fc.nat(600) }) },
  { weight: 1, arbitrary: fc.record({ by: fc.constantFrom('ada', 'bob'), afterSeconds: fc.constant(3600) }) },
);

test('each answer counts one more, a person or a pause begins anew, and what is damped interrupts nobody', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 60 }), fc.boolean(), (steps, isUrgent) => {
      const world = worldOfThree();
      let last: MessageRecord = sent(world, 'ada', ['bob', 'grace'], 'hello');
      let rounds = 0;
      for (const { by, afterSeconds } of steps) {
        if (by === last.agent) continue;
        world.pass(afterSeconds);
        const isNew = by === 'grace' || afterSeconds >= answeringPauseSeconds;
        rounds = isNew ? 0 : rounds + 1;
        const to = ['ada', 'bob', 'grace'].filter((name) => name !== by);
        const importance = isUrgent ? 'urgent' : 'normal';
        last = accepted(reply(world, by, 'thanks', { reference: last.id, to, importance })).message;
        expect(last.round ?? 0).toBe(rounds);
        expect(last.damped ?? false).toBe(rounds > roundsMax);
        const shown = { ...shownMessage(last), delivered: null, acknowledged: null };
        expect(isWorthTelling([shown], 'between-steps')).toBe(rounds <= roundsMax);
        expect(isWorthTelling([shown], 'urgent')).toBe(rounds <= roundsMax);
        expect(isWorthTelling([shown], 'prompt')).toBe(true);
      }
    }),
  );
});

const threadOf = {
  thread: ({ thread }: MessageRecord) => ({ thread }),
  'new threads': (_last: MessageRecord, n: number) => ({ thread: `thread-${n}` }),
  send: () => ({}),
  ack: () => ({}),
};

/** Answers in a row, by replies or by plain messages to each other; the last one. */
function volley(world: World, count: number, how: 'reply' | keyof typeof threadOf): MessageRecord {
  let last = sent(world, 'ada', 'bob', 'hello');
  for (let n = 0; n < count; n++) {
    const [by, to] = n % 2 === 0 ? ['bob', 'ada'] : ['ada', 'bob'];
    world.pass(1);
    if (how === 'ack') accepted(ack(world, by, last.id));
    if (how === 'reply') last = accepted(reply(world, by, 'thanks', { reference: last.id })).message;
    else last = sent(world, by, to, 'thanks', threadOf[how](last, n));
  }
  return last;
}

test.each(['reply', 'send', 'thread', 'new threads', 'ack'] as const)(
  'two agents who answer each other by %s come to an end',
  (how) => {
    expect(volley(worldOfThree(), roundsMax, how).damped).toBeUndefined();
    expect(volley(worldOfThree(), roundsMax + 1, how).damped).toBe(true);
  },
);

test('what was acknowledged counts until a pause, and for its sender alone', () => {
  const answerAfter = (seconds: number, to = 'ada') => {
    const world = worldOfThree();
    const last = volley(world, roundsMax, 'ack');
    accepted(ack(world, 'bob', last.id));
    world.pass(seconds);
    return sent(world, 'bob', to, 'and now?');
  };
  expect(answerAfter(answeringPauseSeconds - 1).damped).toBe(true);
  expect(answerAfter(answeringPauseSeconds).round).toBeUndefined();
  expect(answerAfter(1, 'grace').round).toBeUndefined();
});

test('an ask and its answer come through, for somebody waits', () => {
  const world = worldOfThree();
  const last = volley(world, roundsMax + 4, 'send');
  const [by, to] = last.agent === 'ada' ? ['bob', 'ada'] : ['ada', 'bob'];
  const intent = { to, text: 'Which port?', waitSeconds: 0 };
  const { ask } = accepted(world.decide(by, (draft, context) => decideAsk(draft, intent, context)));
  expect(ask.damped).toBeUndefined();
  const answer = accepted(reply(world, to, '8080', { reference: ask.id })).message;
  expect(answer).toMatchObject({ round: expect.any(Number) });
  expect(answer.damped).toBeUndefined();
});
