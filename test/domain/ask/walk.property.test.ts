/** Agents ask, answer, forward, take note, take back and come back as they like, beside a model that is easy to believe. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openAsksMax } from '../../../src/domain/limits.ts';
import { ack, reply, tidy } from '../message/acts.ts';
import { accepted, World } from '../world.ts';
import { ask, cancel, comeBack, openIn, stateOf } from './acts.ts';

const names = ['ada', 'bob', 'cy', 'dan'] as const;
const who = fc.constantFrom(...names);
const which = fc.nat(60);

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('ask' as const), who, to: who, open: fc.constantFrom(60, 600, 600) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('reply', 'come back', 'cancel', 'ack'), who, which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('forward' as const), who, to: who, which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reply to the one' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 59, 61, 599) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tidy' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Asked {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly untilMs: number;
  state: 'open' | 'answered' | 'cancelled';
  answer?: string;
  isAcknowledged: boolean;
}

class Model {
  readonly asks: Asked[] = [];

  open(nowMs: number): Asked[] {
    return this.asks.filter(({ state, untilMs }) => state === 'open' && untilMs > nowMs);
  }

  /** Which code refuses it; by reachability over all pairs, where the rule walks. */
  verdictOn(from: string, to: string, nowMs: number): string {
    if (from === to) return 'ask-self';
    const open = this.open(nowMs);
    const reaches = new Set(open.map((each) => `${each.from} ${each.to}`));
    for (const via of names)
      for (const one of names)
        for (const other of names)
          if (reaches.has(`${one} ${via}`) && reaches.has(`${via} ${other}`)) reaches.add(`${one} ${other}`);
    if (reaches.has(`${to} ${from}`)) return 'ask-cycle';
    return open.filter((each) => each.from === from).length >= openAsksMax ? 'ask-limit' : 'accepted';
  }

  /** A reply of `by` to `id` that reaches these. */
  replied(id: string, by: string, to: readonly string[], answer: string, nowMs: number): void {
    const asked = this.asks.find((each) => each.id === id);
    if (asked === undefined || asked.to !== by) return;
    asked.isAcknowledged = true;
    if (!this.open(nowMs).includes(asked) || !to.includes(asked.from)) return;
    asked.state = 'answered';
    asked.answer = answer;
  }
}

function run(world: World, model: Model, each: Step): string {
  if (each.do === 'pass') {
    world.pass(each.seconds);
    return 'pass';
  }
  if (each.do === 'tidy') {
    accepted(tidy(world));
    return 'tidy';
  }
  if (each.do === 'ask') {
    const untilMs = world.nowMs + each.open * 1000;
    const expected = model.verdictOn(each.who, each.to, world.nowMs);
    const decision = ask(world, each.who, each.to, { openSeconds: each.open });
    expect(decision.ok ? 'accepted' : decision.refusal.code).toBe(expected);
    if (!decision.ok) return expected;
    const { id } = decision.result.ask;
    model.asks.push({ id, from: each.who, to: each.to, untilMs, state: 'open', isAcknowledged: false });
    return 'ask';
  }
  if (each.do === 'reply to the one') {
    const open = model.open(world.nowMs).filter(({ to }) => to === each.who);
    const decision = reply(world, each.who, 'yes');
    if (open.length > 1) expect(decision).toMatchObject({ ok: false, refusal: { code: 'ambiguous' } });
    if (!decision.ok) return decision.refusal.code;
    const { id, to, replyTo } = decision.result.message;
    if (open.length === 1) expect(replyTo).toBe(open[0]?.id);
    model.replied(replyTo as string, each.who, to, id, world.nowMs);
    return 'reply to the one';
  }
  return runOn(world, model, each);
}

/** What is done with one of the asks, by anybody. */
function runOn(world: World, model: Model, each: Extract<Step, { which: number }>): string {
  const asked = model.asks[each.which % Math.max(model.asks.length, 1)];
  if (asked === undefined) return 'nothing';
  if (each.do === 'ack') {
    const isTheirs = asked.to === each.who && (asked.state !== 'cancelled' || !asked.isAcknowledged);
    const decision = ack(world, each.who, asked.id);
    if (asked.to !== each.who) expect(decision.ok).toBe(false);
    if (isTheirs) {
      accepted(decision);
      asked.isAcknowledged = true;
    }
  } else if (each.do === 'cancel') {
    const decision = cancel(world, each.who, asked.id);
    expect(decision.ok).toBe(asked.from === each.who);
    if (!decision.ok) return decision.refusal.code;
    expect('answer' in decision.result ? decision.result.answer.id : undefined).toBe(asked.answer);
    if (asked.state === 'open') asked.state = 'cancelled';
  } else if (each.do === 'come back') {
    const decision = comeBack(world, each.who, asked.id);
    return checkComingBack(asked, each.who, decision, world.nowMs);
  } else {
    const to = each.do === 'forward' ? each.to : asked.from;
    const { message } = accepted(reply(world, each.who, 'yes', { reference: asked.id, to: [to] }));
    expect(world.unread(to)).toContainEqual(message);
    model.replied(asked.id, each.who, [to], message.id, world.nowMs);
  }
  return each.do;
}

function checkComingBack(asked: Asked, name: string, decision: ReturnType<typeof comeBack>, nowMs: number): string {
  if (asked.from !== name || asked.state === 'cancelled') {
    expect(decision).toMatchObject({ refusal: { code: asked.from === name ? 'ask-over' : 'unknown-message' } });
    return 'come back, refused';
  }
  const result = accepted(decision);
  const expected = asked.state === 'answered' ? 'answer' : asked.untilMs > nowMs ? 'open' : 'over';
  expect(Object.keys(result)).toEqual([expected]);
  if ('answer' in result) expect(result.answer.id).toBe(asked.answer);
  return `come back, ${expected}`;
}

function check(world: World, model: Model): void {
  const open = model.open(world.nowMs);
  const filed = openIn(world);
  // What is over may lie there until somebody writes; nothing that is open is missing, and each is the message itself.
  for (const { id } of open) expect(filed.map((each) => each.id)).toContain(id);
  for (const each of filed) expect(world.message(each.id)).toEqual(each);
  for (const asked of model.asks) {
    const state = stateOf(world, asked.id);
    if (asked.state !== 'open') expect(state).toBe(asked.state);
    else expect(['open', 'over']).toContain(state);
    expect(world.message(asked.id)?.ask?.answer).toBe(asked.answer);
    const isUnread = world.unread(asked.to).some(({ id }) => id === asked.id);
    expect(isUnread, `${asked.id} is unread`).toBe(asked.state !== 'cancelled' && !asked.isAcknowledged);
  }
}

test('no walk makes an ask have two answers, a cycle, or an end that nobody brought about', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const world = new World();
      world.greet(...names);
      const model = new Model();
      for (const each of steps) {
        const outcome = run(world, model, each);
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        check(world, model);
      }
    }),
    { numRuns: 400 },
  );
  // A walk that never gets anywhere proves nothing.
  const reached = ['ask', 'ask-self', 'ask-cycle', 'reply', 'reply to the one', 'ambiguous', 'cancel', 'forward'];
  const ends = ['answer', 'open', 'over', 'refused'].map((end) => `come back, ${end}`);
  for (const outcome of [...reached, ...ends]) expect(seen.get(outcome), outcome).toBeGreaterThan(5);
}, 300_000);
