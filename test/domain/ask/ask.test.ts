import { describe, expect, test } from 'vitest';
import { openAsksMax } from '../../../src/domain/limits.ts';
import { ack, reply, sent, tidy } from '../message/acts.ts';
import { accepted, refusal, World } from '../world.ts';
import { ask, asked, cancel, comeBack, openIn, stateOf, withThree } from './acts.ts';

describe('asking', () => {
  test('is a message to one agent, and lies in asks while it is open', () => {
    const world = withThree();
    const decision = ask(world, 'ada', 'bob', { text: 'which port?', decision: true });
    const { ask: message } = accepted(decision);
    expect(message).toMatchObject({ agent: 'ada', to: ['bob'], purpose: 'message', ask: { decision: true } });
    expect(message.ask).toEqual({ until: '2026-03-01T09:10:00.000Z', host: 'here', decision: true });
    expect(world.unread('bob')).toEqual([message]);
    expect(openIn(world)).toEqual([message]);
    expect(decision.ok && decision.headline).toMatchObject({ op: 'ask', subject: 'ask ada → bob: which port?' });
  });

  test.each([
    { waitSeconds: 0, openSeconds: undefined, minutes: 10 },
    { waitSeconds: 60, openSeconds: undefined, minutes: 10 },
    { waitSeconds: 1800, openSeconds: undefined, minutes: 30 },
    { waitSeconds: 1800, openSeconds: 120, minutes: 2 },
    { waitSeconds: 0, openSeconds: 1e9, minutes: 24 * 60 },
  ])('who waits $waitSeconds s and says $openSeconds has it open for $minutes min', ({ minutes, ...rest }) => {
    const world = withThree();
    const { until } = asked(world, 'ada', 'bob', rest).ask;
    expect(Date.parse(until) - world.nowMs).toBe(minutes * 60_000);
  });

  test('oneself, all, and somebody unknown are refused, and nothing is written', () => {
    const world = withThree();
    const before = new Map(world.records);
    expect(refusal(ask(world, 'ada', 'ada'))).toMatchObject({ code: 'ask-self', next: expect.stringContaining('who') });
    expect(refusal(ask(world, 'ada', 'all')).code).toBe('bad-name');
    expect(refusal(ask(world, 'ada', 'bop'))).toMatchObject({ code: 'unknown-recipient', data: { nearest: ['bob'] } });
    expect(refusal(ask(world, 'ada', 'bob', { text: 'x'.repeat(70_000) })).code).toBe('too-large');
    expect(world.records).toEqual(before);
  });

  test('more than the most is refused, until one is over; those of others do not count', () => {
    const world = withThree();
    asked(world, 'cy', 'bob');
    const own = Array.from({ length: openAsksMax }, () => asked(world, 'ada', 'bob'));
    const { code, next, data } = refusal(ask(world, 'ada', 'bob'));
    expect([code, data.openMax]).toEqual(['ask-limit', openAsksMax]);
    expect(next).toContain(`git intercom ask --cancel ${own[0]?.id.slice(-7)}`);
    accepted(cancel(world, 'ada', own[3]?.id as string));
    asked(world, 'ada', 'bob');
    expect(refusal(ask(world, 'ada', 'cy')).code).toBe('ask-limit');
    world.pass(600);
    asked(world, 'ada', 'cy');
  });

  test('a cycle is refused, spelled out, with the ask to answer first', () => {
    const world = withThree();
    asked(world, 'bob', 'cy');
    const last = asked(world, 'cy', 'ada');
    const { code, message, next, data } = refusal(ask(world, 'ada', 'bob'));
    expect(code).toBe('ask-cycle');
    expect(message).toBe('Asking bob would never end: ada waits for bob waits for cy waits for ada.');
    expect(next).toContain(`git intercom reply ${last.id.slice(-7)} "…"`);
    expect(data.cycle).toEqual(['ada', 'bob', 'cy', 'ada']);
    accepted(reply(world, 'ada', 'yes', { reference: last.id }));
    asked(world, 'ada', 'bob');
  });

  test('an ask that is over closes no cycle', () => {
    const world = withThree();
    asked(world, 'bob', 'ada');
    expect(refusal(ask(world, 'ada', 'bob')).code).toBe('ask-cycle');
    world.pass(600);
    asked(world, 'ada', 'bob');
  });
});

describe('the answer', () => {
  test('is the first reply in time, acknowledges the ask, and is mail as well', () => {
    const world = withThree();
    const { id } = asked(world, 'ada', 'bob');
    expect(accepted(comeBack(world, 'ada', id))).toMatchObject({ open: { id } });
    const decision = reply(world, 'bob', '8080');
    const { message: answer } = accepted(decision);
    expect(decision.ok && decision.headline).toMatchObject({ op: 'reply', subject: 'answer bob → ada: 8080' });
    expect(world.message(id)?.ask?.answer).toBe(answer.id);
    expect(openIn(world)).toEqual([]);
    expect(world.unread('bob')).toEqual([]);
    expect(world.unread('ada')).toEqual([answer]);
    accepted(reply(world, 'bob', 'no, 8081', { reference: id }));
    for (const _again of [1, 2]) expect(accepted(comeBack(world, 'ada', id))).toEqual({ answer });
    expect(world.unread('ada')).toHaveLength(2);
  });

  test('comes also to an ask that was acknowledged before', () => {
    const world = withThree();
    const { id } = asked(world, 'ada', 'bob');
    accepted(ack(world, 'bob', 'all'));
    expect(stateOf(world, id)).toBe('open');
    accepted(reply(world, 'bob', '8080'));
    expect(stateOf(world, id)).toBe('answered');
  });

  test('is none from somebody else, and none that goes past the asker', () => {
    const world = withThree();
    const { id } = asked(world, 'ada', 'bob');
    accepted(reply(world, 'cy', '8080', { reference: id }));
    accepted(reply(world, 'bob', 'do you know?', { reference: id, to: ['cy'] }));
    expect(stateOf(world, id)).toBe('open');
    accepted(reply(world, 'bob', '8080', { reference: id, to: ['cy', 'ada'] }));
    expect(stateOf(world, id)).toBe('answered');
  });

  test('comes too late: it is mail, and the ask stays unanswered', () => {
    const world = withThree();
    const { id } = asked(world, 'ada', 'bob');
    world.pass(600);
    const decision = reply(world, 'bob', '8080');
    expect(decision.ok && decision.headline.subject).toBe('reply bob → ada: 8080');
    expect(world.unread('ada')).toMatchObject([{ text: '8080', replyTo: id }]);
    expect(accepted(comeBack(world, 'ada', id))).toMatchObject({ over: { id } });
    expect(stateOf(world, id)).toBe('over');
  });
});

test('who comes back after the time takes the ask out of the tree, once', () => {
  const world = withThree();
  const { id } = asked(world, 'ada', 'bob');
  world.pass(599);
  accepted(comeBack(world, 'ada', id));
  expect(world.edits).toEqual([]);
  world.pass(1);
  accepted(comeBack(world, 'ada', id));
  expect(world.edits).toEqual([{ path: `asks/${id}`, record: null }]);
  accepted(comeBack(world, 'ada', id));
  expect(world.edits).toEqual([]);
  expect(world.unread('bob')).toHaveLength(1);
});

test('nobody comes back for what another asked, or nobody', () => {
  const world = withThree();
  const { id } = asked(world, 'ada', 'bob');
  const message = sent(world, 'ada', 'bob', 'no question');
  for (const [name, what] of [
    ['bob', id],
    ['ada', message.id],
    ['ada', 'nothing'],
  ] as const) {
    expect(refusal(comeBack(world, name, what)).code).toBe('unknown-message');
    expect(refusal(cancel(world, name, what)).code).toBe('unknown-message');
  }
  expect(stateOf(world, id)).toBe('open');
});

describe('taking back', () => {
  test('withdraws what is unread, twice is once, and nobody waits any more', () => {
    const world = withThree();
    const { id } = asked(world, 'ada', 'bob');
    accepted(cancel(world, 'ada', id));
    expect(world.unread('bob')).toEqual([]);
    expect(openIn(world)).toEqual([]);
    const { code, data } = refusal(comeBack(world, 'ada', id));
    expect([code, data.state]).toEqual(['ask-over', 'cancelled']);
    accepted(cancel(world, 'ada', id));
    expect(world.edits).toEqual([]);
    accepted(reply(world, 'bob', '8080', { reference: id }));
    expect(stateOf(world, id)).toBe('cancelled');
    expect(world.unread('ada')).toHaveLength(1);
  });

  test('tells who has taken note of it', () => {
    const world = withThree();
    const { id } = asked(world, 'ada', 'bob');
    accepted(ack(world, 'bob', id));
    accepted(cancel(world, 'ada', id));
    expect(world.notices('bob')).toEqual(['ada needs no answer any more: which port?']);
  });

  test('what is answered gives the answer', () => {
    const world = withThree();
    const { id } = asked(world, 'ada', 'bob');
    const { message: answer } = accepted(reply(world, 'bob', '8080'));
    expect(accepted(cancel(world, 'ada', id))).toEqual({ answer });
    expect(stateOf(world, id)).toBe('answered');
  });

  test('an ask that a message supersedes is taken back', () => {
    const world = withThree();
    const { id } = asked(world, 'ada', 'bob');
    sent(world, 'ada', 'bob', 'never mind', { supersedes: id });
    expect(stateOf(world, id)).toBe('cancelled');
    expect(openIn(world)).toEqual([]);
    accepted(ack(world, 'bob', id));
  });
});

describe('a reply without an id', () => {
  test('means the one open ask, whatever else is unread', () => {
    const world = withThree();
    sent(world, 'cy', 'bob', 'hello');
    const { id } = asked(world, 'ada', 'bob');
    sent(world, 'cy', 'bob', 'hello again');
    expect(accepted(reply(world, 'bob', '8080')).message.replyTo).toBe(id);
    expect(refusal(reply(world, 'bob', 'hello')).code).toBe('ambiguous');
  });

  test('with several open asks is refused with their list; one of them by its id is not', () => {
    const world = withThree();
    const first = asked(world, 'ada', 'bob', { subject: 'Port' });
    const second = asked(world, 'cy', 'bob', { text: 'which\nhost?' });
    const { code, data } = refusal(reply(world, 'bob', '8080'));
    expect(code).toBe('ambiguous');
    expect(data.asks).toEqual([
      { id: first.id, from: 'ada', to: ['bob'], subject: 'Port' },
      { id: second.id, from: 'cy', to: ['bob'], subject: 'which host?' },
    ]);
    accepted(reply(world, 'bob', '8080', { reference: first.id.slice(-5) }));
    expect(accepted(reply(world, 'bob', 'here')).message.replyTo).toBe(second.id);
  });
});

describe('another host', () => {
  const withClock = (skewSeconds: number): World => {
    const world = new World();
    world.skewSecondsByHost.set('there', skewSeconds);
    world.actor('bob', { host: 'there' });
    world.greet('ada', 'bob');
    return world;
  };

  test('that is hours fast still answers in time', () => {
    const world = withClock(3 * 3600);
    const { id } = asked(world, 'ada', 'bob');
    accepted(reply(world, 'bob', '8080', { reference: id }));
    expect(stateOf(world, id)).toBe('answered');
  });

  test('allows the drift before it takes an ask for over in a cycle', () => {
    const world = withClock(100);
    asked(world, 'ada', 'bob');
    world.pass(590);
    expect(refusal(ask(world, 'bob', 'ada')).code).toBe('ask-cycle');
    world.pass(30);
    asked(world, 'bob', 'ada');
  });
});

test('tidying takes away what is over, and never the message of an open ask', () => {
  const world = new World({ policy: { threadRetentionDays: 0 } });
  world.greet('ada', 'bob');
  const { id } = asked(world, 'ada', 'bob');
  accepted(ack(world, 'bob', id));
  world.pass(599);
  accepted(tidy(world));
  expect(stateOf(world, id)).toBe('open');
  expect(world.message(id)).toBeDefined();
  world.pass(1);
  accepted(tidy(world));
  expect(openIn(world)).toEqual([]);
  // What one tidying ended goes by the next.
  accepted(tidy(world));
  expect(world.message(id)).toBeUndefined();
});
