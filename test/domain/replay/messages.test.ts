import { describe, expect, test } from 'vitest';
import { isPlainFact } from '../../../src/domain/replay/past.ts';
import { decideSubscribe } from '../../../src/domain/subscription/subscribe.ts';
import { asked, cancel, openIn, stateOf } from '../ask/acts.ts';
import { grant, release } from '../claim/acts.ts';
import { escalated } from '../escalation/acts.ts';
import { ack, deliver, done, reply, sent, tidy } from '../message/acts.ts';
import { accepted, type World } from '../world.ts';
import { apart, arrive, type Clone, cloneOf } from './clones.ts';

const factOf = (clone: Clone) =>
  clone.commits.map(({ edits }) =>
    isPlainFact(edits.map(({ path, before }) => ({ path, isNew: before === undefined }))),
  );

function subscribe(world: World, name: string, ...paths: readonly string[]): void {
  const intent = { add: { paths }, remove: [], removeAll: false };
  accepted(world.decide(name, (draft, context) => decideSubscribe(draft, intent, context)));
}

describe('a message that was sent apart', () => {
  test('arrives as it was sent, whatever else happened', () => {
    const { authority, here, there } = apart('ada', 'bob');
    sent(there, 'bob', 'ada', 'one');
    const message = sent(here, 'ada', 'bob', 'two', { subject: 'again', importance: 'urgent' });
    arrive(authority, there.commits);
    authority.pass(3600);
    arrive(authority, here.commits);
    expect(authority.message(message.id)).toEqual(message);
    expect(authority.unread('bob')).toEqual([message]);
  });

  test('to all goes to those who were there, and not to those who came later', () => {
    const { authority, here } = apart('ada', 'bob');
    const message = sent(here, 'ada', 'all', 'hello');
    authority.greet('cy');
    arrive(authority, here.commits);
    expect(authority.message(message.id)?.to).toEqual(['bob']);
    expect(authority.unread('cy')).toEqual([]);
  });

  test('does not come back into an inbox that it has left', () => {
    const { authority, here } = apart('ada', 'bob');
    const message = sent(here, 'ada', 'bob', 'once');
    arrive(authority, here.commits);
    accepted(ack(authority, 'bob', message.id));
    expect(arrive(authority, here.commits)).toMatchObject([{ edits: [] }]);
    expect(authority.unread('bob')).toEqual([]);
  });

  test('alone can be copied unread; beside anything else it is replayed', () => {
    const { here } = apart('ada', 'bob');
    const { id } = sent(here, 'ada', 'bob', 'plain');
    sent(here, 'ada', 'all', 'reaches many');
    // Whom it asked stands in the agent's record.
    asked(here, 'ada', 'bob');
    sent(here, 'new', 'bob', 'registers');
    reply(here, 'bob', 'acknowledges', { reference: id });
    sent(here, 'ada', 'bob', 'remembers', { key: 'k' });
    sent(here, 'ada', 'bob', 'supersedes', { supersedes: id });
    expect(factOf(here)).toEqual([true, ...Array.from({ length: 6 }, () => false)]);
    expect(isPlainFact([])).toBe(false);
  });

  test('under a key is remembered; the key that was used first elsewhere stays', () => {
    const { authority, here, there } = apart('ada', 'bob');
    const first = sent(there, 'ada', 'bob', 'one', { key: 'k' });
    sent(here, 'ada', 'bob', 'two', { key: 'k' });
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(
      authority
        .unread('bob')
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['one', 'two']);
    expect(sent(authority, 'ada', 'bob', 'one', { key: 'k' })).toEqual(first);
  });
});

describe('an acknowledgement that was made apart', () => {
  test('counts, with the marks of both', () => {
    const { authority } = apart('ada', 'bob', 'cy');
    const message = sent(authority, 'ada', ['bob', 'cy'], 'hello');
    const here = cloneOf(authority);
    ack(here, 'bob', message.id);
    authority.pass(5);
    deliver(authority, 'bob', message);
    ack(authority, 'cy', message.id);
    arrive(authority, here.commits);
    expect(authority.unread('bob')).toEqual([]);
    const { delivered, acknowledged } = authority.receipt(message.id) ?? { delivered: [], acknowledged: [] };
    expect(acknowledged.map(({ agent }) => agent).sort()).toEqual(['bob', 'cy']);
    expect(delivered.find(({ agent }) => agent === 'bob')?.at).toBe(here.receipt(message.id)?.delivered[0]?.at);
  });

  test('of the last reader takes a message to all out of the tree, though neither clone saw the other', () => {
    const { authority } = apart('ada', 'bob', 'cy');
    const message = sent(authority, 'ada', 'all', 'hello');
    const here = cloneOf(authority);
    const there = cloneOf(authority);
    ack(here, 'bob', message.id);
    ack(there, 'cy', message.id);
    arrive(authority, there.commits);
    expect(authority.records.has(`broadcast/${message.id}`)).toBe(true);
    arrive(authority, here.commits);
    expect(authority.records.has(`broadcast/${message.id}`)).toBe(false);
  });

  test('of what was superseded meanwhile leaves the newer one unread', () => {
    const { authority } = apart('ada', 'bob');
    const old = sent(authority, 'ada', 'bob', 'old');
    const here = cloneOf(authority);
    ack(here, 'bob', old.id);
    const newer = sent(authority, 'ada', 'bob', 'new', { supersedes: old.id });
    arrive(authority, here.commits);
    expect(authority.unread('bob')).toEqual([newer]);
    expect(authority.receipt(old.id)?.acknowledged).toMatchObject([{ agent: 'bob' }]);
  });

  test('stays, where the message is superseded apart', () => {
    const { authority } = apart('ada', 'bob');
    const old = sent(authority, 'ada', 'bob', 'old');
    const here = cloneOf(authority);
    const newer = sent(here, 'ada', 'bob', 'new', { supersedes: old.id });
    ack(authority, 'bob', old.id);
    arrive(authority, here.commits);
    expect(authority.unread('bob')).toEqual([newer]);
    expect(authority.message(old.id)).toMatchObject({ superseded: true });
  });
});

describe('an ask that two ended apart', () => {
  function open() {
    const { authority } = apart('ada', 'bob');
    const ask = asked(authority, 'ada', 'bob');
    return { authority, ask, here: cloneOf(authority), there: cloneOf(authority) };
  }
  const reference = (ask: { id: string }) => ({ reference: ask.id });

  test('was answered by the answer that came first; the other is mail', () => {
    const { authority, ask, here, there } = open();
    const first = accepted(reply(there, 'bob', 'first', reference(ask))).message;
    const second = accepted(reply(here, 'bob', 'second', reference(ask))).message;
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.message(ask.id)?.ask?.answer).toBe(first.id);
    expect(authority.unread('ada').map(({ id }) => id)).toContain(second.id);
  });

  test('was taken back, and the late answer is mail', () => {
    const { authority, ask, here, there } = open();
    accepted(cancel(there, 'ada', ask.id));
    const late = accepted(reply(here, 'bob', 'late', reference(ask))).message;
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(stateOf(authority, ask.id)).toBe('cancelled');
    expect(authority.unread('ada').map(({ id }) => id)).toContain(late.id);
  });

  test('was answered, and cannot be taken back any more', () => {
    const { authority, ask, here, there } = open();
    accepted(reply(there, 'bob', 'in time', reference(ask)));
    accepted(cancel(here, 'ada', ask.id));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(stateOf(authority, ask.id)).toBe('answered');
    expect(openIn(authority)).toEqual([]);
  });
});

describe('a notice of a claim', () => {
  test('to those who depend on its paths comes with the claim', () => {
    const { authority } = apart('ada', 'bob');
    subscribe(authority, 'bob', 'src');
    const here = cloneOf(authority);
    grant(here, 'ada', 'src/a.ts');
    arrive(authority, here.commits);
    expect(authority.notices('bob')).toEqual(['ada claims src/a.ts']);
  });

  test('does not come when the claim is withdrawn, and the key is free for the next try', () => {
    const { authority } = apart('ada', 'bob', 'cy');
    subscribe(authority, 'bob', 'src');
    const here = cloneOf(authority);
    const there = cloneOf(authority);
    grant(here, 'ada', 'src/a.ts', { key: 'k' });
    const rival = grant(there, 'cy', 'src/a.ts');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.notices('bob')).toEqual(['cy claims src/a.ts']);
    release(authority, 'cy', rival.id);
    expect(grant(authority, 'ada', 'src/a.ts', { key: 'k' }).agent).toBe('ada');
  });

  test('under a key comes with the token of the authority when it is asked for again', () => {
    const { authority, here, there } = apart('ada', 'bob');
    grant(there, 'bob', 'b');
    const { id } = grant(here, 'ada', 'a', { key: 'k' });
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(grant(authority, 'ada', 'a', { key: 'k' })).toEqual(authority.claim(id));
  });
});

test('a subscription is as its agent said last', () => {
  const { authority } = apart('ada');
  subscribe(authority, 'ada', 'src');
  const here = cloneOf(authority);
  subscribe(here, 'ada', 'lib');
  arrive(authority, here.commits);
  expect(authority.records.get('subscriptions/ada')).toMatchObject({ paths: ['lib', 'src'] });
});

test('tidying takes away what nobody touched since, and nothing else', () => {
  const { authority } = apart('ada', 'bob');
  const quiet = sent(authority, 'ada', 'bob', 'quiet');
  const touched = sent(authority, 'ada', 'bob', 'touched', { thread: 't' });
  ack(authority, 'bob', 'all');
  authority.pass(31 * 86_400);
  const here = cloneOf(authority);
  tidy(here);
  expect(here.message(touched.id)).toBeUndefined();
  accepted(
    authority.decide('ada', (draft) => {
      const record = authority.message(touched.id);
      if (record !== undefined) draft.put(`messages/${touched.id}`, { ...record, subject: 'new' });
      return { ok: true, result: undefined, headline: { op: 'test', subject: '', ids: [] } };
    }),
  );
  arrive(authority, here.commits);
  expect(authority.message(quiet.id)).toBeUndefined();
  expect(authority.message(touched.id)?.subject).toBe('new');
});

test('tidying leaves what was put before a person meanwhile, with its receipt', () => {
  const { authority } = apart('ada', 'bob');
  const message = sent(authority, 'ada', 'bob', 'quiet');
  ack(authority, 'bob', 'all');
  authority.pass(31 * 86_400);
  const here = cloneOf(authority);
  tidy(here);
  expect(here.message(message.id)).toBeUndefined();
  escalated(authority, 'ada', { about: message.id });
  arrive(authority, here.commits);
  expect(authority.message(message.id)?.text).toBe('quiet');
  expect(authority.receipt(message.id)?.acknowledged).toHaveLength(1);
});

test('what is completed after the retention took it elsewhere has a receipt until the next tidying, with the marks of who says it', () => {
  const { authority } = apart('ada', 'bob', 'cy');
  const message = sent(authority, 'ada', ['bob', 'cy'], 'update your tests');
  accepted(ack(authority, 'bob', 'all'));
  accepted(ack(authority, 'cy', 'all'));
  const here = cloneOf(authority);
  authority.pass(31 * 86_400);
  here.pass(31 * 86_400);
  tidy(authority);
  accepted(done(here, 'bob', message.id));
  arrive(authority, here.commits);
  expect(authority.receipt(message.id)).toMatchObject({
    delivered: [{ agent: 'bob' }],
    acknowledged: [{ agent: 'bob' }],
    completed: [{ agent: 'bob' }],
  });
  expect(authority.notices('ada')).toEqual(['bob has done: update your tests']);
  accepted(tidy(authority));
  expect(authority.receipt(message.id)).toBeUndefined();
});

test('what was completed apart is completed by both, and each sender hears of it once', () => {
  const { authority } = apart('ada', 'bob', 'cy');
  const message = sent(authority, 'ada', ['bob', 'cy'], 'update your tests');
  const [here, there] = [cloneOf(authority), cloneOf(authority)];
  accepted(done(here, 'bob', message.id));
  accepted(ack(there, 'cy', message.id));
  there.pass(60);
  accepted(done(there, 'cy', message.id));
  arrive(authority, there.commits);
  arrive(authority, here.commits);
  arrive(authority, here.commits);
  const { acknowledged, completed } = authority.receipt(message.id) ?? {};
  expect(acknowledged?.map(({ agent }) => agent)).toEqual(['cy', 'bob']);
  expect(completed).toEqual([
    { agent: 'cy', at: '2026-03-01T09:01:00.000Z' },
    { agent: 'bob', at: '2026-03-01T09:00:00.000Z' },
  ]);
  expect(authority.notices('ada').sort()).toEqual([
    'bob has done: update your tests',
    'cy has done: update your tests',
  ]);
});
