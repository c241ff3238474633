/** What a message says beside its text comes out of a replay as it went in, whoever is renamed on the way. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideStatus } from '../../../src/domain/agent/status.ts';
import { roundsMax } from '../../../src/domain/limits.ts';
import { decideSend, type SendIntent } from '../../../src/domain/message/send.ts';
import { stateOf } from '../../../src/domain/message/state.ts';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { decidePublish } from '../../../src/domain/spec/publish.ts';
import { rename } from '../agent/acts.ts';
import { asked } from '../ask/acts.ts';
import { ack, done, reply, sent } from '../message/acts.ts';
import { accepted, type World } from '../world.ts';
import { apart, arrive } from './clones.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const line = fc.nat(500).map((n) => n + 1);
const attachment = fc.oneof(
  fc.record(
    {
      path: fc.constantFrom('src/auth.ts', 'ünï/cödé.ts'),
      text,
      from: line,
      to: line,
      commit: fc.constant('a'.repeat(40)),
      changed: fc.constant(true),
      language: fc.constant('ts'),
    },
    { requiredKeys: ['path', 'text'] },
  ),
  fc.record({
    path: fc.constant('changes.patch'),
    kind: fc.constant('patch' as const),
    text: fc.string({ unit: 'binary', maxLength: 60 }),
    commit: fc.constant('b'.repeat(40)),
    language: fc.constant('diff'),
  }),
);
const saying = fc
  .record(
    {
      text: text.filter((each) => each.trim() !== ''),
      subject: text,
      importance: fc.constantFrom('low' as const, 'normal' as const, 'high' as const, 'urgent' as const),
      ackWanted: fc.boolean(),
      purpose: fc.constantFrom('message' as const, 'progress' as const),
      thread: fc.constantFrom('plan', 'login'),
      expiresInSeconds: fc.constantFrom(60, 7200),
      attachments: fc.array(attachment, { maxLength: 3 }),
    },
    { requiredKeys: ['text'] },
  )
  .filter(({ purpose, importance }) => purpose !== 'progress' || importance !== 'urgent');

function say(world: World, intent: Omit<SendIntent, 'to'>, allowedSecret: string | undefined): MessageRecord {
  const decision = world.decide('ada', (draft, context) =>
    decideSend(draft, { to: ['fox', 'bob'], ...intent }, { ...context, allowedSecret }),
  );
  return accepted(decision).message;
}

test('attachments, what was let through and all the rest are carried as they were, to whom the names mean by then', () => {
  fc.assert(
    fc.property(saying, fc.option(fc.constant('made up'), { nil: undefined }), (intent, why) => {
      const { authority, here } = apart('ada', 'fox', 'bob');
      accepted(rename(authority, 'fox', 'owl'));
      const message = say(here, intent, why);
      arrive(authority, here.commits);
      const carried = { ...here.message(message.id), to: ['owl', 'bob'] };
      expect(authority.message(message.id)).toEqual(carried);
      expect(authority.records.get(`inbox/owl/${message.id}`)).toEqual(carried);
      expect(authority.message(message.id)?.allowedSecret).toBe(why);
    }),
    { numRuns: 60 },
  );
});

describe('beside what changed on the authority', () => {
  test('answers in a row stay counted, and what is damped stays so', () => {
    const { authority, here, there } = apart('ada', 'bob');
    let last = sent(here, 'ada', 'bob', 'hello');
    for (let n = 0; n <= roundsMax; n++) {
      last = accepted(reply(here, n % 2 === 0 ? 'bob' : 'ada', 'thanks', { reference: last.id })).message;
    }
    sent(there, 'ada', 'bob', 'meanwhile');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.message(last.id)).toMatchObject({ round: roundsMax + 1, damped: true });
    expect(authority.message(last.id)).toEqual(here.message(last.id));
    const next = accepted(reply(authority, 'ada', 'thanks', { reference: last.id })).message;
    expect(next).toMatchObject({ round: roundsMax + 2, damped: true });
  });

  test('an ask keeps its attachments when its answer arrives, and the turn of the next is known', () => {
    const { authority, here } = apart('ada', 'bob');
    const attachments = [{ path: 'a.ts', text: 'x', from: 1, to: 1 }];
    const ask = asked(here, 'ada', 'bob', { attachments });
    accepted(reply(here, 'bob', '8080', { reference: ask.id }));
    arrive(authority, here.commits);
    expect(authority.message(ask.id)).toMatchObject({ attachments, ask: { answer: expect.any(String) } });
    expect(authority.agent('ada')?.asked).toEqual([{ uid: 'uid-bob', turn: 1, at: authority.agent('ada')?.lastSeen }]);
  });

  test('what was completed stays completed, and an acknowledgement elsewhere as well', () => {
    const { authority, here, there } = apart('ada', 'bob', 'cy');
    const message = sent(authority, 'ada', ['bob', 'cy'], 'please');
    for (const [path, record] of authority.records) for (const world of [here, there]) world.put(path, record);
    accepted(done(here, 'bob', message.id));
    accepted(ack(there, 'cy', message.id));
    arrive(authority, here.commits);
    arrive(authority, there.commits);
    expect(authority.receipt(message.id)).toMatchObject({
      completed: [{ agent: 'bob' }],
      acknowledged: [{ agent: 'bob' }, { agent: 'cy' }],
    });
  });

  test('a spec says in each version what was let through in it', () => {
    const { authority, here } = apart('ada');
    accepted(
      here.decide('ada', (draft, context) =>
        decidePublish(draft, { name: 'api', text: 'v1' }, { ...context, allowedSecret: 'made up' }),
      ),
    );
    arrive(authority, here.commits);
    expect(authority.records.get('specs/api')).toMatchObject({ allowedSecret: 'made up' });
  });
});

test('what was completed under another name than the message has is completed elsewhere, too', () => {
  const { authority, here } = apart('ada', 'fox');
  const message = sent(here, 'ada', 'fox', 'please review');
  accepted(ack(here, 'fox', message.id));
  accepted(rename(here, 'fox', 'owl'));
  accepted(done(here, 'owl', message.id));
  arrive(authority, here.commits);
  expect(authority.receipt(message.id)?.completed).toMatchObject([{ agent: 'owl', as: 'fox' }]);
  const now = { isEscalated: false, nowMs: authority.nowMs };
  expect(stateOf(authority.message(message.id) as MessageRecord, authority.receipt(message.id), now)).toBe('completed');
});

test('by whom a session was started is carried, by the uid and so whatever became of the names', () => {
  const { authority, here } = apart('ada');
  const { uid } = here.actor('ada');
  here.actor('fox', { parent: uid });
  accepted(here.decide('fox', (draft, context) => decideStatus(draft, { activity: 'half of it' }, context)));
  accepted(rename(authority, 'ada', 'owl'));
  arrive(authority, here.commits);
  expect(authority.agent('fox')?.parent).toBe(uid);
  expect(authority.agent('owl')?.uid).toBe(uid);
});
