/** Whoever asks whom, and however long they rest: against a count of turns for each two of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answeringPauseSeconds, roundsMax } from '../../../src/domain/limits.ts';
import { ack, reply } from '../message/acts.ts';
import { accepted, World } from '../world.ts';
import { ask } from './acts.ts';

const asking = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(['ada', 'bob'] as const, ['bob', 'ada'] as const) },
  { weight: 1, arbitrary: fc.constantFrom(['ada', 'cy'] as const, ['cy', 'ada'] as const, ['bob', 'cy'] as const) },
  { weight: 1, arbitrary: fc.constantFrom(['grace', 'ada'] as const, ['ada', 'grace'] as const) },
);
const step = fc.record({
  pair: asking,
  rest: fc.oneof(
    { weight: 60, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.constantFrom(answeringPauseSeconds - 5, answeringPauseSeconds) },
  ),
});

test('two agents take so many turns and no more; a pause begins anew, and a person is never counted', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 50, maxLength: 70 }), (steps) => {
      const world = new World();
      world.actor('grace', { isPerson: true });
      world.greet('ada', 'bob', 'cy', 'grace');
      const last = new Map<string, { readonly turn: number; readonly atMs: number }>();
      const turnOf = (from: string, to: string) => {
        const noted = last.get(`${from} ${to}`);
        return noted === undefined || world.nowMs - noted.atMs >= answeringPauseSeconds * 1000 ? 0 : noted.turn;
      };
      for (const { pair, rest } of steps) {
        const [from, to] = pair;
        world.pass(rest);
        const turn = Math.max(turnOf(from, to), turnOf(to, from) + 1);
        const isAllowed = from === 'grace' || turn <= roundsMax;
        const decision = ask(world, from, to);
        expect(decision.ok ? 'asked' : decision.refusal.code).toBe(isAllowed ? 'asked' : 'ask-limit');
        const outcome = isAllowed ? (from === 'grace' ? 'a person' : 'asked') : 'refused';
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        if (!decision.ok) continue;
        if (from !== 'grace') last.set(`${from} ${to}`, { turn, atMs: world.nowMs });
        const { message } = accepted(reply(world, to, '8080', { reference: decision.result.ask.id }));
        accepted(ack(world, from, message.id));
      }
    }),
    { numRuns: 12 },
  );
  // A walk that never gets there proves nothing.
  for (const outcome of ['asked', 'refused', 'a person']) expect(seen.get(outcome), outcome).toBeGreaterThan(3);
}, 120_000);
