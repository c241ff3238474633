import { describe, expect, test } from 'vitest';
import { decideStatus } from '../../../src/domain/agent/status.ts';
import { decideStay } from '../../../src/domain/agent/stay.ts';
import { decideSubscribe } from '../../../src/domain/subscription/subscribe.ts';
import { claim, grant } from '../claim/acts.ts';
import { ack, reply, sent, tidy } from '../message/acts.ts';
import { accepted, World } from '../world.ts';
import { arrive, type Clone, cloneOf } from './clones.ts';

/** Two clones in which different agents took the name `fox`; the one of `there` was first on the authority. */
function namesakes() {
  const authority = new World();
  authority.greet('ada');
  const here = cloneOf(authority);
  const there = cloneOf(authority);
  here.actor('fox', { uid: 'uid-here' });
  there.actor('fox', { uid: 'uid-there' });
  there.greet('fox');
  arrive(authority, there.commits);
  return { authority, here };
}

function subscribe(clone: Clone, name: string, ...paths: readonly string[]): void {
  const intent = { add: { paths }, remove: [], removeAll: false };
  accepted(clone.decide(name, (draft, context) => decideSubscribe(draft, intent, context)));
}

describe('two agents that took one name apart', () => {
  test('are told apart: the later one is numbered and hears of it', () => {
    const { authority, here } = namesakes();
    here.greet('fox');
    const [replayed] = arrive(authority, here.commits);
    expect(authority.agent('fox')?.uid).toBe('uid-there');
    expect(authority.agent('fox-2')).toMatchObject({ uid: 'uid-here', agent: 'fox-2' });
    expect(authority.notices('fox-2')).toEqual(['You are called fox-2 now']);
    expect(replayed).toMatchObject({ agent: 'fox-2', renamed: [{ uid: 'uid-here', from: 'fox', to: 'fox-2' }] });
  });

  test('all that the later one wrote goes with it, and no mail reaches its namesake', () => {
    const { authority, here } = namesakes();
    const held = grant(here, 'fox', 'a', { key: 'once' });
    subscribe(here, 'fox', 'lib');
    const question = sent(here, 'ada', 'fox', 'to the one here');
    const answer = accepted(reply(here, 'fox', 'yes', { reference: question.id })).message;
    const late = sent(here, 'ada', ['fox', 'ada'], 'also to the one here');
    const replayed = arrive(authority, here.commits);
    expect(replayed.map(({ agent }) => agent)).toEqual(['fox-2', 'fox-2', 'ada', 'fox-2', 'ada']);
    expect(authority.claim(held.id)).toMatchObject({ agent: 'fox-2', uid: 'uid-here' });
    expect(authority.records.get('subscriptions/fox-2')).toMatchObject({ agent: 'fox-2', paths: ['lib'] });
    expect(authority.message(answer.id)).toMatchObject({ agent: 'fox-2' });
    expect(authority.message(late.id)?.to).toEqual(['fox-2', 'ada']);
    expect(authority.unread('fox')).toEqual([]);
    expect(authority.unread('fox-2').map(({ id }) => id)).toContain(late.id);
    expect(authority.receipt(question.id)?.acknowledged).toMatchObject([{ agent: 'fox-2' }]);
    const key = [...authority.records.values()].find((record) => record.kind === 'key');
    expect(key).toMatchObject({ agent: 'fox-2', result: { claim: { agent: 'fox-2' } } });
  });

  test('the number is one that is free, whatever the case of the letters', () => {
    const { authority, here } = namesakes();
    authority.greet('Fox-2');
    here.greet('fox');
    arrive(authority, here.commits);
    expect(authority.agent('fox-3')?.uid).toBe('uid-here');
  });

  test('a name that differs in the case of its letters alone is taken, too', () => {
    const { authority } = namesakes();
    const here = cloneOf(new World());
    here.actor('FOX', { uid: 'uid-here' });
    here.greet('FOX');
    arrive(authority, here.commits);
    expect(authority.agent('FOX-2')?.uid).toBe('uid-here');
  });

  test('replayed once more, the agent keeps the name that it was given', () => {
    const { authority, here } = namesakes();
    here.greet('fox');
    arrive(authority, here.commits);
    grant(here, 'fox', 'a');
    arrive(authority, here.commits);
    expect(authority.agent('fox-3')).toBeUndefined();
    expect(authority.held()).toEqual(['fox-2: a']);
  });

  test('a chain that begins after the registration finds its agent by the uid', () => {
    const { authority, here } = namesakes();
    here.greet('fox');
    arrive(authority, here.commits);
    here.commits.length = 0;
    grant(here, 'fox', 'a');
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['fox-2: a']);
  });
});

describe('one agent in two clones', () => {
  const say = (clone: World, words: { activity?: string; description?: string }) =>
    accepted(clone.decide('ada', (draft, context) => decideStatus(draft, words, context)));

  test('is one: what it said of itself in each is kept', () => {
    const authority = new World();
    authority.greet('ada');
    const here = cloneOf(authority);
    here.pass(60);
    say(here, { activity: 'login' });
    authority.pass(30);
    say(authority, { description: 'looks after src' });
    arrive(authority, here.commits);
    expect(authority.agent('ada')).toMatchObject({
      activity: 'login',
      description: 'looks after src',
      lastSeen: here.agent('ada')?.lastSeen,
    });
  });

  test('that registered in both is registered once, as it was seen last', () => {
    const authority = new World();
    const here = cloneOf(authority);
    say(here, { activity: 'early' });
    authority.pass(60);
    say(authority, { activity: 'late' });
    const late = authority.agent('ada');
    arrive(authority, here.commits);
    expect(authority.agent('ada')).toMatchObject({ activity: 'late', lastSeen: late?.lastSeen });
  });
});

test('who was meant stays meant when somebody else is renamed', () => {
  const { authority, here } = namesakes();
  here.greet('fox', 'bob');
  const message = sent(here, 'bob', 'ada', 'hello');
  arrive(authority, here.commits);
  expect(authority.message(message.id)).toMatchObject({ agent: 'bob', to: ['ada'] });
  expect(claim(authority, 'bob', 'b').ok).toBe(true);
  accepted(ack(authority, 'ada', message.id));
});

const process = { pid: 7, startTime: '1', bootId: 'b', pidNamespace: 'n', host: 'there' };

describe('an agent that a clone took for gone', () => {
  /** A clone that was away for so long, and tidies before it hears of anything. */
  function tidiedApart(days: number) {
    const authority = new World();
    authority.actor('fox', { process });
    authority.greet('ada', 'fox');
    const here = cloneOf(authority);
    here.pass(days * 86_400);
    authority.pass(days * 86_400);
    accepted(tidy(here, 'ada'));
    expect(here.agent('fox')?.left).toBe('2026-03-01T09:00:00.000Z');
    return { authority, here };
  }

  test('left there, too, where nobody has seen it since', () => {
    const { authority, here } = tidiedApart(20);
    arrive(authority, here.commits);
    expect(authority.agent('fox')?.left).toBe('2026-03-01T09:00:00.000Z');
  });

  test('is here all the same where it was seen since', () => {
    const { authority, here } = tidiedApart(20);
    accepted(authority.decide('fox', decideStay));
    arrive(authority, here.commits);
    expect(authority.agent('fox')).not.toHaveProperty('left');
  });
});
