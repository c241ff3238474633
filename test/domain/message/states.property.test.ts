/** Agents send, take note, complete and answer in any order, beside a model that keeps who did what in plain sets. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stateOf } from '../../../src/domain/message/state.ts';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { World } from '../world.ts';
import { ack, done, reply, sent } from './acts.ts';

const names = ['ada', 'bob', 'cy'] as const;
const who = fc.constantFrom(...names);
const step = fc.oneof(
  fc.record({ do: fc.constant('send' as const), who, to: fc.subarray([...names], { minLength: 1 }) }),
  fc.record({ do: fc.constantFrom('ack', 'done', 'reply', 'reply done'), who, which: fc.nat(20) }),
  fc.record({ do: fc.constantFrom('ack all', 'done all'), who }),
);

interface Modelled {
  readonly message: MessageRecord;
  readonly read: Set<string>;
  readonly done: Set<string>;
}

const order = ['pending', 'acknowledged', 'completed'];

test('marks are those of the model, and no message goes back to an earlier state', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new World();
      world.greet(...names);
      const model: Modelled[] = [];
      const states = new Map<string, number>();
      for (const each of steps) {
        world.pass(1);
        if (each.do === 'send') {
          model.push({ message: sent(world, each.who, each.to, `of ${each.who}`), read: new Set(), done: new Set() });
        } else if ('which' in each) act(world, model, each);
        else {
          const isDone = each.do === 'done all';
          (isDone ? done : ack)(world, each.who, 'all');
          for (const one of model) {
            if (!one.message.to.includes(each.who) || one.read.has(each.who)) continue;
            one.read.add(each.who);
            if (isDone) one.done.add(each.who);
          }
        }
        for (const one of model) compare(world, one, states);
      }
    }),
  );
});

function act(world: World, model: Modelled[], each: { do: string; who: string; which: number }): void {
  const one = model[each.which % Math.max(1, model.length)];
  if (one === undefined) return;
  const { id, to } = one.message;
  const isDone = each.do.endsWith('done');
  const decision = each.do.startsWith('reply')
    ? reply(world, each.who, 'so be it', { reference: id, done: isDone })
    : (isDone ? done : ack)(world, each.who, id);
  expect(decision.ok).toBe(to.includes(each.who) || each.do === 'reply');
  if (!to.includes(each.who)) return;
  one.read.add(each.who);
  if (isDone) one.done.add(each.who);
}

function compare(world: World, { message, read, done }: Modelled, states: Map<string, number>): void {
  const receipt = world.receipt(message.id);
  expect(new Set(receipt?.acknowledged.map(({ agent }) => agent))).toEqual(read);
  expect(new Set(receipt?.completed?.map(({ agent }) => agent))).toEqual(done);
  for (const name of message.to) {
    expect(world.unread(name).some(({ id }) => id === message.id)).toBe(!read.has(name));
  }
  const state = order.indexOf(stateOf(message, receipt, { isEscalated: false, nowMs: world.nowMs }));
  expect(state).toBe(Math.min(...message.to.map((name) => (done.has(name) ? 2 : read.has(name) ? 1 : 0))));
  expect(state).toBeGreaterThanOrEqual(states.get(message.id) ?? 0);
  states.set(message.id, state);
}
