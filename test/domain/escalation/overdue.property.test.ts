/** Who sends, takes note, answers and comes by as they like, and however late: against a list of what is owed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settleOverdue } from '../../../src/domain/escalation/overdue.ts';
import { ack, reply, sent } from '../message/acts.ts';
import { accepted, World } from '../world.ts';
import { openIn } from './acts.ts';

const seconds = 30 * 60;
const agents = ['fox', 'owl', 'hen'] as const;
const who = fc.constantFrom(...agents);
const kind = fc.constantFrom({ ackWanted: true }, { importance: 'urgent' as const }, {});
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('send' as const), who, to: fc.subarray([...agents, 'dave']), kind }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('ack' as const, 'reply' as const), who, which: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('decide' as const), which: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), by: fc.constantFrom(60, seconds / 2, seconds) }),
  },
);

interface Owed {
  readonly id: string;
  readonly from: string;
  readonly isWanted: boolean;
  readonly sentMs: number;
  readonly owing: Set<string>;
  state: 'waits' | 'open' | 'over';
}

test('what is not acknowledged in time is raised once, and is over with the last acknowledgement or a person’s answer', () => {
  const seen = new Map<string, number>();
  const count = (outcome: string) => seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50, size: 'max' }), (steps) => {
      const world = new World({ policy: { escalation: { command: null, ackOverdueSeconds: seconds } } });
      world.actor('dave', { isPerson: true });
      world.greet(...agents, 'dave');
      const all: Owed[] = [];
      const took = (one: Owed, by: string) => {
        one.owing.delete(by);
        if (one.owing.size > 0 || one.state !== 'open') return;
        one.state = 'over';
        count('acknowledged after all');
      };
      for (const each of steps) {
        const one = 'which' in each ? all[each.which % Math.max(1, all.length)] : undefined;
        if (each.do === 'pass') world.pass(each.by);
        else if (each.do === 'send') {
          const to = each.to.filter((name) => name !== each.who);
          if (to.length === 0) continue;
          const { id } = sent(world, each.who, to, 'look', each.kind);
          const isWanted = Object.keys(each.kind).length > 0;
          all.push({ id, from: each.who, isWanted, sentMs: world.nowMs, owing: new Set(to), state: 'waits' });
        } else if (one !== undefined && each.do === 'decide') {
          const wasOpen = one.state === 'open';
          const { settled } = accepted(reply(world, 'dave', 'leave it', { reference: one.id }));
          // As the last one who owed it dave has acknowledged it, which is no decision.
          const isLast = one.owing.size === 1 && one.owing.has('dave');
          expect(settled.map(({ id }) => id)).toEqual(wasOpen && !isLast ? [one.id] : []);
          if (wasOpen) {
            one.state = 'over';
            count('decided');
          }
          one.owing.delete('dave');
        } else if (one !== undefined && 'who' in each && one.owing.has(each.who)) {
          if (each.do === 'ack') accepted(ack(world, each.who, one.id));
          else accepted(reply(world, each.who, 'yes', { reference: one.id }));
          took(one, each.who);
        }
        // Whoever comes by next.
        const due = all.filter(
          ({ isWanted, state, sentMs }) => isWanted && state === 'waits' && sentMs + seconds * 1000 <= world.nowMs,
        );
        const raised = accepted(
          world.decide('hen', (draft, context) => {
            const result = settleOverdue(draft, context).map(({ id }) => id);
            return { ok: true, result, headline: { op: 'test', subject: '', ids: [] } };
          }),
        );
        for (const one of due) one.state = one.owing.size > 0 ? 'open' : 'over';
        expect(raised).toEqual(due.filter(({ state }) => state === 'open').map(({ id }) => id));
        if (raised.length > 0) count('raised');
        const open = all.filter(({ state }) => state === 'open');
        expect(openIn(world).map(({ id }) => id)).toEqual(open.map(({ id }) => id));
      }
    }),
    { numRuns: 150 },
  );
  // A walk that never gets there proves nothing.
  for (const outcome of ['raised', 'acknowledged after all', 'decided'])
    expect(seen.get(outcome), outcome).toBeGreaterThan(0);
}, 120_000);
