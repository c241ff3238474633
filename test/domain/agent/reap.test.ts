import { expect, test } from 'vitest';
import { reapAgents } from '../../../src/domain/agent/reap.ts';
import { register } from '../../../src/domain/agent/register.ts';
import { undeliveredDays } from '../../../src/domain/limits.ts';
import { claim } from '../claim/acts.ts';
import { send, tidy } from '../message/acts.ts';
import { accepted, World } from '../world.ts';

const process = { pid: 7, startTime: '1', bootId: 'b', pidNamespace: 'n', host: 'here' };
const hour = 3_600;
const day = 24 * hour;

function comes(world: World, name: string, parts: Parameters<World['actor']>[1] = {}): void {
  world.actor(name, parts);
  accepted(
    world.decide(name, (draft, context) => {
      register(draft, context);
      return { ok: true, result: undefined, headline: { op: 'test', subject: '', ids: [] } };
    }),
  );
}

function reap(world: World, state: 'alive' | 'dead' | 'unknown', by = 'tidier'): readonly string[] {
  world.processState = () => state;
  return accepted(
    world.decide(by, (draft, context) => ({
      ok: true,
      result: reapAgents(draft, context),
      headline: { op: 'gc', subject: '', ids: [] },
    })),
  );
}

test('an agent whose process has ended, and that did not come back within the hour, left when it was last seen', () => {
  const world = new World();
  comes(world, 'ada', { process });
  const { process: _process, ...kept } = world.agent('ada') ?? {};
  world.pass(hour - 1);
  expect(reap(world, 'dead')).toEqual([]);
  world.pass(1);
  expect(reap(world, 'dead')).toEqual(['ada']);
  expect(world.agent('ada')).toEqual({ ...kept, left: '2026-03-01T09:00:00.000Z' });
  expect(reap(world, 'dead')).toEqual([]);
});

test('one of another machine counts as gone after as long as mail waits; one that lives, or has no process, never', () => {
  const world = new World();
  comes(world, 'ada', { process });
  comes(world, 'bob');
  world.pass(undeliveredDays * day - 1);
  expect(reap(world, 'unknown')).toEqual([]);
  world.pass(60 * day);
  expect(reap(world, 'alive')).toEqual([]);
  expect(reap(world, 'unknown')).toEqual(['ada']);
});

test('neither a person nor whoever acts nor a holder of a claim is taken for gone', () => {
  const world = new World();
  comes(world, 'grace', { isPerson: true });
  comes(world, 'ada', { process });
  comes(world, 'bob', { process });
  accepted(claim(world, 'bob', 'src/a.ts'));
  world.pass(60 * day);
  expect(reap(world, 'dead', 'ada')).toEqual([]);
});

test('who comes back is here again', () => {
  const world = new World();
  comes(world, 'ada', { process });
  world.pass(2 * hour);
  reap(world, 'dead');
  comes(world, 'ada', { process: { ...process, pid: 8 } });
  expect(world.agent('ada')?.left).toBeUndefined();
});

test('what was sent to one that is gone for good comes back, and what went to all does not wait for it', () => {
  const world = new World();
  comes(world, 'ada');
  comes(world, 'bob', { process });
  comes(world, 'cy', { process });
  accepted(send(world, 'ada', 'bob', 'are you there?'));
  accepted(send(world, 'ada', 'all', 'hello'));
  world.pass(undeliveredDays * day);
  comes(world, 'ada');
  accepted(
    world.decide('ada', (draft, context) => {
      const record = draft.record('agents/ada');
      if (record?.kind === 'agent') draft.put('agents/ada', { ...record, lastSeen: context.now });
      return { ok: true, result: undefined, headline: { op: 'test', subject: '', ids: [] } };
    }),
  );
  accepted(tidy(world, 'ada'));
  expect([world.agent('bob')?.left, world.agent('cy')?.left]).not.toContain(undefined);
  expect(world.unread('ada').map(({ subject }) => subject)).toEqual(['undelivered: bob left: are you there?']);
  expect([...world.records.keys()].filter((path) => path.startsWith('broadcast/'))).toEqual([]);
});
