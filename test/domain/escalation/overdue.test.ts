import { describe, expect, test } from 'vitest';
import { decideStatus } from '../../../src/domain/agent/status.ts';
import { overdueHeadline, settleOverdue } from '../../../src/domain/escalation/overdue.ts';
import { openEscalationsMax } from '../../../src/domain/limits.ts';
import { stateOf } from '../../../src/domain/message/state.ts';
import { defaultPolicy } from '../../../src/domain/policy.ts';
import { ack, done, reply, send, sent } from '../message/acts.ts';
import { arrive, cloneOf } from '../replay/clones.ts';
import { accepted, World } from '../world.ts';
import { escalated, openIn } from './acts.ts';

const minutes = 60;

function watching(): World {
  const world = new World({ policy: { escalation: { command: null, ackOverdueSeconds: 30 * minutes } } });
  world.actor('ada', { isPerson: true });
  world.greet('fox', 'owl', 'ada');
  return world;
}

/** What every act does besides. */
function comeBy(world: World, name: string): string[] {
  const decision = world.decide(name, (draft, context) => {
    const raised = settleOverdue(draft, context);
    const headline = raised.length > 0 ? overdueHeadline(raised) : { op: 'test', subject: '', ids: [] };
    return { ok: true, result: raised.map(({ id }) => id), headline };
  });
  return accepted(decision);
}

const awaited = (world: World) => [...world.records.keys()].filter((path) => path.startsWith('awaited/'));

describe('a message that wants an acknowledgement', () => {
  test('waits for a person when it has none in time, and its sender is told once', () => {
    const world = watching();
    const { id } = sent(world, 'fox', 'owl', 'the schema changes', { ackWanted: true });
    world.pass(29 * minutes);
    expect(comeBy(world, 'ada')).toEqual([]);
    world.pass(minutes);
    expect(comeBy(world, 'ada')).toEqual([id]);
    expect(openIn(world)).toMatchObject([{ id, agent: 'fox', to: ['owl'], escalation: { overdue: true } }]);
    expect(world.message(id)?.escalation?.why).toBe('not acknowledged by owl in 30m');
    expect(world.unread('owl')).toEqual([world.message(id)]);
    expect(world.notices('fox')).toEqual(['Not acknowledged in 30m: the schema changes']);
    world.pass(60 * minutes);
    expect(comeBy(world, 'owl')).toEqual([]);
    expect(world.notices('fox')).toHaveLength(1);
    expect(awaited(world)).toEqual([]);
  });

  test('stops its sender from no escalation of its own, however many are overdue', () => {
    const world = watching();
    for (let n = 0; n <= openEscalationsMax; n++) sent(world, 'fox', 'owl', `look at ${n}`, { ackWanted: true });
    world.pass(31 * minutes);
    comeBy(world, 'fox');
    expect(openIn(world)).toHaveLength(openEscalationsMax + 1);
    expect(escalated(world, 'fox', { text: 'Which port?' }).escalation.overdue).toBeUndefined();
  });

  test.each(['ack', 'reply', 'done'] as const)('is over when its recipient says %s, though an agent', (how) => {
    const world = watching();
    const { id } = sent(world, 'fox', 'owl', 'look', { ackWanted: true });
    world.pass(31 * minutes);
    comeBy(world, 'fox');
    const acts = { ack: () => ack(world, 'owl', id), reply: () => reply(world, 'owl', 'yes', { reference: id }) };
    accepted<unknown>(how === 'done' ? done(world, 'owl', id) : acts[how]());
    expect(openIn(world)).toEqual([]);
    const message = world.message(id);
    expect(message?.escalation).toMatchObject({ by: 'owl' });
    const state = message && stateOf(message, world.receipt(id), { isEscalated: false, nowMs: world.nowMs });
    expect(state).toBe(how === 'done' ? 'completed' : 'acknowledged');
  });

  test('to several waits for the last of them', () => {
    const world = watching();
    const { id } = sent(world, 'fox', 'all', 'freeze', { importance: 'urgent' });
    accepted(ack(world, 'owl', id));
    world.pass(31 * minutes);
    expect(comeBy(world, 'owl')).toEqual([id]);
    expect(world.message(id)?.escalation?.why).toBe('not acknowledged by ada in 30m');
    accepted(ack(world, 'ada', id));
    expect(openIn(world)).toEqual([]);
  });

  test('is not overdue when it was acknowledged, taken back, or asks for nothing', () => {
    const world = watching();
    accepted(ack(world, 'owl', sent(world, 'fox', 'owl', 'one', { ackWanted: true }).id));
    const old = sent(world, 'fox', 'owl', 'two', { ackWanted: true });
    accepted(send(world, 'fox', 'owl', 'three', { supersedes: old.id }));
    expect(awaited(world)).toEqual([`awaited/${old.id}`]);
    world.pass(31 * minutes);
    expect(comeBy(world, 'ada')).toEqual([]);
    expect(awaited(world)).toEqual([]);
    expect(openIn(world)).toEqual([]);
  });

  test('names nobody who hides, but to its sender', () => {
    const world = watching();
    accepted(world.decide('owl', (draft, context) => decideStatus(draft, { visibility: 'hidden' }, context)));
    const { id } = sent(world, 'fox', 'owl', 'look', { ackWanted: true });
    world.pass(31 * minutes);
    comeBy(world, 'ada');
    expect(world.message(id)?.escalation?.why).toBe('not acknowledged by (hidden) in 30m');
    expect(world.unread('fox')[0]?.text).toContain('owl did not acknowledge');
  });

  test('is never overdue where the policy sets no time', () => {
    const world = watching();
    world.policy = { ...defaultPolicy };
    sent(world, 'fox', 'owl', 'look', { ackWanted: true });
    world.pass(100 * 86_400);
    expect([comeBy(world, 'ada'), awaited(world), openIn(world)]).toEqual([[], [], []]);
  });
});

describe('in clones that are apart', () => {
  function raisedInTwo() {
    const authority = watching();
    const { id } = sent(authority, 'fox', 'owl', 'look', { ackWanted: true });
    authority.pass(31 * minutes);
    const here = cloneOf(authority);
    const there = cloneOf(authority);
    for (const clone of [here, there]) clone.actor('owl', { harness: 'claude-code' });
    comeBy(here, 'ada');
    comeBy(there, 'owl');
    return { authority, here, there, id };
  }

  test('it is raised once, and its sender told once', () => {
    const { authority, here, there, id } = raisedInTwo();
    arrive(authority, here.commits);
    arrive(authority, there.commits);
    expect(openIn(authority).map((each) => each.id)).toEqual([id]);
    expect(authority.notices('fox')).toHaveLength(1);
  });

  test('what was acknowledged meanwhile is not opened again', () => {
    const { authority, here, there, id } = raisedInTwo();
    arrive(authority, here.commits);
    accepted(ack(authority, 'owl', id));
    arrive(authority, there.commits);
    expect(openIn(authority)).toEqual([]);
    expect(authority.unread('owl')).toEqual([]);
  });

  test('an acknowledgement that comes before the raising leaves nothing to raise', () => {
    const { authority, here, id } = raisedInTwo();
    accepted(ack(authority, 'owl', id));
    arrive(authority, here.commits);
    expect(openIn(authority)).toEqual([]);
    const message = authority.message(id);
    expect(message && stateOf(message, authority.receipt(id), { isEscalated: false, nowMs: authority.nowMs })).toBe(
      'acknowledged',
    );
    expect(message?.escalation).toBeUndefined();
    expect(authority.notices('fox')).toEqual([]);
  });
});
