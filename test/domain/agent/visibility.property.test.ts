/** Agents hide, come forth, write and answer as they like, beside a model that only knows how each of them is seen. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideStatus } from '../../../src/domain/agent/status.ts';
import { hiddenName, namesFor } from '../../../src/domain/agent/visibility.ts';
import type { Draft } from '../../../src/domain/draft.ts';
import { claim, release } from '../claim/acts.ts';
import { reply, send } from '../message/acts.ts';
import { accepted, World } from '../world.ts';

const names = ['ada', 'bob', 'cy', 'dan'] as const;
const levels = ['visible', 'hidden', 'ghost'] as const;
const who = fc.constantFrom(...names);
const step = fc.oneof(
  fc.record({ do: fc.constant('be' as const), who, level: fc.constantFrom(...levels) }),
  fc.record({ do: fc.constant('send' as const), who, to: fc.constantFrom(...names, 'all') }),
  fc.record({ do: fc.constant('reply' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constantFrom('claim' as const, 'release' as const), who }),
);

test('all means the visible, a ghost is reached by answers alone, and whoever hides binds without a name', () => {
  const seen = new Map<string, number>();
  const count = (outcome: string) => seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const world = new World();
      world.greet(...names);
      const levelOf = new Map<string, (typeof levels)[number]>(names.map((name) => [name, 'visible']));
      const got: { readonly id: string; readonly from: string; readonly to: readonly string[] }[] = [];
      let holder: string | undefined;
      const shownTo = (reader: string, name: string) =>
        name === reader || levelOf.get(name) === 'visible' ? name : hiddenName;
      for (const each of steps) {
        world.pass(1);
        if (each.do === 'be') {
          const { level: visibility } = each;
          accepted(world.decide(each.who, (draft, context) => decideStatus(draft, { visibility }, context)));
          levelOf.set(each.who, visibility);
        } else if (each.do === 'send') {
          const decision = send(world, each.who, each.to, 'hello');
          const others = names.filter((name) => name !== each.who && levelOf.get(name) === 'visible');
          const isGhost = each.to !== each.who && levelOf.get(each.to) === 'ghost';
          count(each.to === 'all' ? 'all' : isGhost ? 'to a ghost' : 'to one');
          if (isGhost) expect(decision).toMatchObject({ refusal: { code: 'unknown-recipient' } });
          else {
            const { id, to } = accepted(decision).message;
            expect(to).toEqual(each.to === 'all' ? others : [each.to]);
            got.push({ id, from: each.who, to });
          }
        } else if (each.do === 'reply') {
          const original = got[each.which % Math.max(1, got.length)];
          const by = original?.to[each.which % Math.max(1, original.to.length)];
          if (original === undefined || by === undefined || by === original.from) continue;
          const { id, to } = accepted(reply(world, by, 'yes', { reference: original.id })).message;
          expect(to).toEqual([original.from]);
          got.push({ id, from: by, to });
          count(levelOf.get(original.from) === 'ghost' ? 'answer to a ghost' : 'answer');
        } else if (each.do === 'claim') {
          const decision = claim(world, each.who, 'src/a.ts', { leaseSeconds: 3600 });
          if (holder === undefined || holder === each.who) accepted(decision);
          else {
            const agent = shownTo(each.who, holder);
            expect(decision).toMatchObject({ refusal: { code: 'claim-conflict', data: { rivals: [{ agent }] } } });
            count(agent === hiddenName ? 'hidden rival' : 'rival');
          }
          holder ??= each.who;
        } else if (each.who === holder) {
          accepted(release(world, each.who, 'src/a.ts'));
          holder = undefined;
        }
        world.rehearse('ada', (draft: Draft) => {
          for (const reader of names)
            expect(names.map(namesFor(draft, reader))).toEqual(names.map((name) => shownTo(reader, name)));
          return { ok: true, result: undefined, headline: { op: 'test', subject: '', ids: [] } };
        });
      }
    }),
    { numRuns: 40 },
  );
  // A walk that never gets there proves nothing.
  for (const outcome of ['all', 'to one', 'to a ghost', 'answer', 'answer to a ghost', 'rival', 'hidden rival'])
    expect(seen.get(outcome), outcome).toBeGreaterThan(5);
});
