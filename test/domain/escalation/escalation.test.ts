import { describe, expect, test } from 'vitest';
import { openEscalationsMax } from '../../../src/domain/limits.ts';
import { stateOf } from '../../../src/domain/message/state.ts';
import type { AgentRecord } from '../../../src/domain/record/record.ts';
import { asked } from '../ask/acts.ts';
import { ack, done, reply, send, sent, tidy } from '../message/acts.ts';
import { apart, arrive, cloneOf } from '../replay/clones.ts';
import { accepted, refusal } from '../world.ts';
import { escalate, escalated, openIn, withAgents } from './acts.ts';

test('an escalation goes to every person and to no agent, before all other mail', () => {
  const world = withAgents('dave', 'eve');
  sent(world, 'owl', 'dave', 'fire', { importance: 'urgent' });
  const { id } = escalated(world, 'fox', { text: 'May I drop the table?', why: 'no backup' });
  expect(world.message(id)).toMatchObject({ to: ['dave', 'eve'], importance: 'urgent', thread: id });
  expect(world.message(id)?.escalation).toEqual({ why: 'no backup' });
  expect(world.unread('dave').map((message) => message.text)).toEqual(['May I drop the table?', 'fire']);
  expect(world.unread('owl')).toEqual([]);
  expect(openIn(world).map((open) => open.id)).toEqual([id]);
});

test('the answer of a person closes it and reaches whoever raised it; another person sees by whom', () => {
  const world = withAgents('dave', 'eve');
  const { id } = escalated(world, 'fox', { text: 'May I?' });
  world.pass(60);
  const answer = accepted(reply(world, 'dave', 'Yes.', { reference: id })).message;
  expect(openIn(world)).toEqual([]);
  expect(world.message(id)?.escalation).toEqual({ by: 'dave', answer: answer.id, closed: '2026-03-01T09:01:00.000Z' });
  expect(world.unread('fox').map(({ text }) => text)).toEqual(['Yes.']);
  expect(world.unread('eve')).toMatchObject([{ id, escalation: { by: 'dave' } }]);
});

test('a person who was not there when it was raised can answer it, or say that it is done', () => {
  const world = withAgents();
  const first = escalated(world, 'fox', { text: 'May I?' });
  const second = escalated(world, 'fox', { text: 'And now?' });
  expect(first.to).toEqual([]);
  world.actor('dave', { isPerson: true });
  world.greet('dave');
  accepted(reply(world, 'dave', 'Yes.', { reference: first.id }));
  expect(accepted(done(world, 'dave', second.id)).completed).toEqual([second.id]);
  expect(openIn(world)).toEqual([]);
  expect(world.message(second.id)?.escalation?.by).toBe('dave');
  expect(world.notices('fox')).toEqual(['dave has done: And now?']);
});

test('whose record says nothing of a person is told of none, and decides as soon as they act as one', () => {
  const world = withAgents('dave', 'eve');
  const { person, ...before } = world.agent('dave') as AgentRecord;
  expect(person).toBe(true);
  world.put('agents/dave', before);
  const { id, to } = escalated(world, 'fox', { text: 'May I?' });
  expect(to).toEqual(['eve']);
  accepted(reply(world, 'dave', 'Yes.', { reference: id }));
  expect(openIn(world)).toEqual([]);
  expect(escalated(world, 'fox', { text: 'And now?' }).to).toEqual(['dave', 'eve']);
});

test('who acts under a name given by word is a person no more', () => {
  const world = withAgents('dave');
  world.actor('dave', { isPerson: undefined });
  world.greet('dave');
  expect(world.agent('dave')).not.toHaveProperty('person');
  expect(escalated(world, 'fox', { text: 'May I?' }).to).toEqual([]);
});

describe('the reply of a person without an id', () => {
  test('means the one that is open, also where it was taken note of, and whatever else is unread', () => {
    const world = withAgents('dave');
    const { id } = escalated(world, 'fox', { text: 'May I?' });
    accepted(ack(world, 'dave', id));
    sent(world, 'owl', 'dave', 'hello');
    const { message, settled } = accepted(reply(world, 'dave', 'Yes.'));
    expect(message).toMatchObject({ to: ['fox'], replyTo: id });
    expect(settled).toEqual([{ id, kind: 'escalation' }]);
    expect(openIn(world)).toEqual([]);
    expect(accepted(reply(world, 'dave', 'hi'))).toMatchObject({ message: { to: ['owl'] }, settled: [] });
  });

  test('with several that wait is refused with all of them, asks among them; a name tells which', () => {
    const world = withAgents('dave');
    const ask = asked(world, 'owl', 'dave', { subject: 'Port' });
    const raised = escalated(world, 'fox', { text: 'May I?' });
    const { code, message, next, data } = refusal(reply(world, 'dave', 'Yes.'));
    expect([code, message]).toEqual([
      'ambiguous',
      '1 open ask and 1 open escalation wait for an answer of dave: it is not clear which one is meant.',
    ]);
    expect(next).toContain('git intercom reply --to owl "…"');
    expect(data).toEqual({
      asks: [{ id: ask.id, from: 'owl', to: ['dave'], subject: 'Port' }],
      escalations: [{ id: raised.id, from: 'fox', to: ['dave'], subject: 'May I?' }],
    });
    expect(accepted(reply(world, 'dave', 'Yes.', { to: ['fox'] })).message.replyTo).toBe(raised.id);
  });

  test('means an ask that is escalated once, and ends both', () => {
    const world = withAgents('dave');
    const ask = asked(world, 'owl', 'dave');
    const raised = escalated(world, 'owl', { about: ask.id });
    expect(accepted(reply(world, 'dave', '8080')).settled).toEqual([
      { id: ask.id, kind: 'ask' },
      { id: raised.id, kind: 'escalation' },
    ]);
  });

  test('does not mean what that person raised, and an agent means none', () => {
    const world = withAgents('dave', 'eve');
    escalated(world, 'dave', { text: 'May I?' });
    expect(refusal(reply(world, 'dave', 'Yes.')).code).toBe('nothing-to-reply');
    expect(refusal(reply(world, 'owl', 'Yes.')).code).toBe('nothing-to-reply');
  });
});

describe('an agent cannot close one', () => {
  test('its reply is mail', () => {
    const world = withAgents('dave');
    const { id } = escalated(world, 'fox', { text: 'May I?' });
    accepted(reply(world, 'owl', 'I would.', { reference: id }));
    expect(openIn(world)).toHaveLength(1);
    expect(world.message(id)?.escalation?.closed).toBeUndefined();
    expect(world.unread('fox').map(({ text }) => text)).toEqual(['I would.']);
  });

  test('saying that it is done is refused, and so is replacing it', () => {
    const world = withAgents('dave');
    const { id } = escalated(world, 'fox', { text: 'May I?' });
    for (const name of ['fox', 'owl']) expect(refusal(done(world, name, id)).code).toBe('not-person');
    expect(refusal(reply(world, 'owl', 'yes', { reference: id, done: true })).code).toBe('not-person');
    expect(refusal(send(world, 'fox', 'dave', 'never mind', { supersedes: id })).code).toBe('not-person');
    expect(openIn(world)).toHaveLength(1);
  });

  test('nor does time, or tidying, or a person who just takes note', () => {
    const world = withAgents('dave');
    const message = sent(world, 'owl', 'fox', 'May we?');
    accepted(ack(world, 'fox', message.id));
    const { id } = escalated(world, 'fox', { about: message.id });
    accepted(ack(world, 'dave', id));
    world.pass(400 * 86_400);
    accepted(tidy(world));
    expect(openIn(world)).toHaveLength(1);
    expect([world.message(id), world.message(message.id)].every((each) => each !== undefined)).toBe(true);
    accepted(reply(world, 'dave', 'Yes.', { reference: id }));
    world.pass(31 * 86_400);
    accepted(tidy(world));
    expect(world.message(message.id)).toBeDefined();
    accepted(ack(world, 'fox', 'all'));
    accepted(tidy(world));
    expect(world.message(message.id)).toBeUndefined();
  });
});

describe('a message', () => {
  test('is escalated with its text and thread, by who sent or got it, and stands as escalated until a person answers', () => {
    const world = withAgents('dave');
    const message = sent(world, 'fox', 'owl', 'Merge it?', { subject: 'login' });
    const { id, escalation, text, subject, thread } = escalated(world, 'owl', { about: message.id, why: 'unsure' });
    expect({ escalation, text, subject, thread }).toEqual({
      escalation: { about: message.id, why: 'unsure' },
      text: 'Merge it?',
      subject: 'login',
      thread: message.thread,
    });
    const isOpen = () => openIn(world).some((open) => open.escalation.about === message.id);
    const now = { isEscalated: isOpen(), nowMs: world.nowMs };
    expect(stateOf(message, world.receipt(message.id), now)).toBe('escalated');
    accepted(reply(world, 'dave', 'Yes.', { reference: message.id, to: ['fox', 'owl'] }));
    expect(isOpen()).toBe(false);
    expect(world.message(id)?.escalation?.by).toBe('dave');
  });

  test('that is escalated already is not again, whoever asks', () => {
    const world = withAgents('dave');
    const message = sent(world, 'fox', 'owl', 'Merge it?');
    const first = escalated(world, 'owl', { about: message.id });
    const again = accepted(escalate(world, 'fox', { about: message.id }));
    expect(again).toEqual({ message: first, isNew: false });
    expect(world.edits).toEqual([]);
    expect(accepted(escalate(world, 'owl', { about: first.id })).isNew).toBe(false);
  });

  test('of others, or none, is refused', () => {
    const world = withAgents('dave');
    const { id } = sent(world, 'dave', 'owl', 'secret');
    expect(refusal(escalate(world, 'fox', { about: id })).code).toBe('unknown-message');
    expect(refusal(escalate(world, 'fox', { about: 'nope' })).code).toBe('unknown-message');
    for (const text of [undefined, '', ' \n'])
      expect(refusal(escalate(world, 'fox', { text })).code).toBe('nothing-to-escalate');
    expect(openIn(world)).toEqual([]);
  });
});

test('an open ask that is escalated stays open for the agent that was asked', () => {
  const world = withAgents('dave');
  const ask = asked(world, 'fox', 'owl');
  escalated(world, 'owl', { about: ask.id });
  accepted(reply(world, 'dave', 'Use 8080.', { reference: ask.id }));
  expect(openIn(world)).toEqual([]);
  expect(world.notices('owl')).toEqual(['dave answered what you escalated: which port?']);
  expect(world.records.has(`asks/${ask.id}`)).toBe(true);
});

test('one agent may not have more open than are read', () => {
  const world = withAgents('dave');
  const all = Array.from({ length: openEscalationsMax }, (_, n) => escalated(world, 'fox', { text: `${n}?` }));
  expect(refusal(escalate(world, 'fox', { text: 'one more?' })).code).toBe('too-many');
  escalated(world, 'owl', { text: 'mine?' });
  accepted(reply(world, 'dave', 'Yes.', { reference: all[0]?.id as string }));
  escalated(world, 'fox', { text: 'one more?' });
});

describe('apart', () => {
  test('two persons who answer in two clones: the first on the authority closes it, both answers arrive', () => {
    const authority = withAgents('dave', 'eve');
    const { id } = escalated(authority, 'fox', { text: 'May I?' });
    const [here, there] = [cloneOf(authority), cloneOf(authority)];
    here.actor('dave', { isPerson: true });
    there.actor('eve', { isPerson: true });
    const yes = accepted(reply(here, 'dave', 'Yes.', { reference: id })).message;
    accepted(reply(there, 'eve', 'No.', { reference: id }));
    arrive(authority, here.commits);
    arrive(authority, there.commits);
    expect(openIn(authority)).toEqual([]);
    expect(authority.message(id)?.escalation).toMatchObject({ by: 'dave', answer: yes.id });
    expect(authority.unread('fox').map(({ text }) => text)).toEqual(['Yes.', 'No.']);
  });

  test('one that was raised apart arrives, once', () => {
    const { authority, here } = apart('fox', 'dave');
    here.actor('dave', { isPerson: true });
    here.greet('dave');
    const { id } = escalated(here, 'fox', { text: 'May I?' });
    arrive(authority, here.commits);
    arrive(authority, here.commits);
    expect(openIn(authority).map((open) => open.id)).toEqual([id]);
    expect(authority.unread('dave').map((message) => message.id)).toEqual([id]);
  });
});
