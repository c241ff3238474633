/** Which specs an agent has read, as its record keeps them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideStatus } from '../../../src/domain/agent/status.ts';
import { readsKeptMax } from '../../../src/domain/limits.ts';
import { noteReads, readersOf, type SpecRead } from '../../../src/domain/spec/readers.ts';
import { apart, arrive } from '../replay/clones.ts';
import { accepted, World } from '../world.ts';

const at = '2026-03-01T09:00:00.000Z';
const read = (spec: string, version: number): SpecRead => ({ spec, version, at });

function act(world: World, agent: string, reads: readonly SpecRead[], activity: string) {
  const decision = world.decide(agent, (draft, context) => {
    const said = decideStatus(draft, { activity }, context);
    noteReads(draft, reads, context);
    return said;
  });
  return accepted(decision);
}

test('the record has the last version that was read of each spec, the last one first, and no more than it may', () => {
  const one = fc.record({ spec: fc.nat(30).map((n) => `s${n}`), version: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(fc.array(fc.array(one, { maxLength: 15 }), { maxLength: 6 }), (acts) => {
      const world = new World();
      world.greet('bob');
      let model: [string, number][] = [];
      for (const [n, reads] of acts.entries()) {
        act(
          world,
          'bob',
          reads.map(({ spec, version }) => read(spec, version)),
          `act ${n}`,
        );
        for (const { spec, version } of reads) model = [[spec, version], ...model.filter(([name]) => name !== spec)];
        model = model.slice(0, readsKeptMax);
      }
      expect((world.agent('bob')?.reads ?? []).map(({ spec, version }) => [spec, version])).toEqual(model);
    }),
    { numRuns: 60 },
  );
});

test('what was read in a clone is known at the remote when it has come there', () => {
  const { authority, here } = apart('bob');
  act(here, 'bob', [read('api', 2)], 'builds on it');
  arrive(authority, here.commits);
  const names = (name: string) => name;
  const agents = [...authority.records.values()];
  expect(readersOf('api', agents as never, names)).toEqual([{ agent: 'bob', version: 2, at }]);
  expect(readersOf('api', agents as never, () => '(hidden)')).toEqual([]);
  expect(readersOf('wire', agents as never, names)).toEqual([]);
});
