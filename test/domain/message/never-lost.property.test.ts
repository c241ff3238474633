/** Whatever is done, each message is for each of its recipients unread, acknowledged, expired or superseded: one of these. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { accepted, World } from '../world.ts';
import { ack, deliver, reply, sent, tidy } from './acts.ts';

const names = ['ada', 'bob', 'cy'] as const;
type State = 'unread' | 'acknowledged' | 'expired' | 'superseded';

const who = fc.constantFrom(...names);
const which = fc.nat(30);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      who,
      to: fc.oneof(fc.constant(['all']), fc.uniqueArray(who, { minLength: 1 })),
      expiresInSeconds: fc.constantFrom(undefined, undefined, 60, 7200),
      supersedes: fc.option(which, { nil: undefined }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('ack' as const, 'reply' as const, 'deliver' as const), who, which }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ack all' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.constantFrom(0.0001, 0.02, 0.2, 31) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tidy' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What should be true: who still has what, by message and recipient. */
class Model {
  readonly messages: MessageRecord[] = [];
  readonly states = new Map<string, State>();

  add(message: MessageRecord): void {
    this.messages.push(message);
    for (const name of message.to) this.states.set(`${message.id} ${name}`, 'unread');
  }

  turn({ id }: Pick<MessageRecord, 'id'>, name: string, from: State, to: State): void {
    if (this.states.get(`${id} ${name}`) === from) this.states.set(`${id} ${name}`, to);
  }

  expire(nowMs: number): void {
    for (const message of this.messages) {
      if (message.expires === undefined || Date.parse(message.expires) > nowMs) continue;
      for (const name of message.to) this.turn(message, name, 'unread', 'expired');
    }
  }

  unread(name: string): string[] {
    return this.messages.map(({ id }) => id).filter((id) => this.states.get(`${id} ${name}`) === 'unread');
  }
}

function run(world: World, model: Model, each: Step): void {
  if (each.do === 'pass') world.pass(each.days * 86_400);
  else if (each.do === 'tidy') {
    accepted(tidy(world));
    model.expire(world.nowMs);
  } else if (each.do === 'ack all') {
    const { acknowledged } = accepted(ack(world, each.who, 'all'));
    for (const id of acknowledged) model.turn({ id }, each.who, 'unread', 'acknowledged');
  } else if (each.do === 'send') {
    const own = model.messages.filter(({ id, agent }) => agent === each.who && world.message(id) !== undefined);
    const old = each.supersedes === undefined ? undefined : own[each.supersedes % Math.max(own.length, 1)];
    const rest = { expiresInSeconds: each.expiresInSeconds, supersedes: old?.id };
    for (const name of old?.to ?? []) model.turn(old as MessageRecord, name, 'unread', 'superseded');
    model.add(sent(world, each.who, each.to, 'hello', rest));
  } else runOn(world, model, each);
}

/** What is done with one of the messages that somebody got. */
function runOn(world: World, model: Model, each: Step & { do: 'ack' | 'reply' | 'deliver' }): void {
  const own = model.messages.filter(({ to }) => to.includes(each.who));
  const message = own[each.which % Math.max(own.length, 1)];
  if (message === undefined) return;
  if (each.do === 'deliver') {
    deliver(world, each.who, message);
  } else if (each.do === 'ack') {
    if (!ack(world, each.who, message.id).ok) return;
    model.turn(message, each.who, 'unread', 'acknowledged');
    model.turn(message, each.who, 'superseded', 'acknowledged');
  } else {
    const decision = reply(world, each.who, 'yes', { reference: message.id });
    if (!decision.ok) return;
    model.turn(message, each.who, 'unread', 'acknowledged');
    model.add(decision.result.message);
  }
}

function check(world: World, model: Model): void {
  for (const name of names)
    expect(
      world
        .unread(name)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(model.unread(name).sort());
  for (const { id, to } of model.messages) {
    if (world.message(id) === undefined) {
      // Tidied away: nobody may have it unread.
      expect(to.filter((name) => model.states.get(`${id} ${name}`) === 'unread')).toEqual([]);
      continue;
    }
    for (const name of to)
      expect(shownState(world, id, name), `${id} for ${name}`).toBe(model.states.get(`${id} ${name}`));
  }
}

/** What the records say. */
function shownState(world: World, id: string, name: string): string {
  const receipt = world.receipt(id);
  const states = [
    world.unread(name).some((message) => message.id === id) && 'unread',
    receipt?.acknowledged.some(({ agent }) => agent === name) && 'acknowledged',
    receipt?.expired?.some(({ agent }) => agent === name) && 'expired',
  ].filter((state) => typeof state === 'string');
  const message = world.message(id);
  if (states.length === 0 && message !== undefined && 'superseded' in message) return 'superseded';
  return states.join(' and ');
}

test('no sequence loses a message', () => {
  const reached = new Set<State>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const world = new World();
      world.greet(...names);
      const model = new Model();
      for (const each of steps) {
        run(world, model, each);
        check(world, model);
      }
      for (const state of model.states.values()) reached.add(state);
    }),
    { numRuns: 100 },
  );
  expect([...reached].sort()).toEqual(['acknowledged', 'expired', 'superseded', 'unread']);
}, 300_000);
