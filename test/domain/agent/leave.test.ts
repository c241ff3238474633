import { expect, test } from 'vitest';
import { decideLeave } from '../../../src/domain/agent/leave.ts';
import { register } from '../../../src/domain/agent/register.ts';
import type { Context } from '../../../src/domain/decision.ts';
import type { Draft } from '../../../src/domain/draft.ts';
import { accepted, World } from '../world.ts';

const first = { pid: 7, startTime: '1', bootId: 'b', pidNamespace: 'n', host: 'here' };
const second = { ...first, pid: 8 };

const leave = (draft: Draft, context: Context) => decideLeave(draft, { ...context, processState: () => 'alive' });

/** Ada is here, in the first process. */
function worldWithAda(): World {
  const world = new World();
  comes(world, first);
  return world;
}

function comes(world: World, process: typeof first): void {
  world.actor('ada', { process });
  accepted(
    world.decide('ada', (draft, context) => {
      register(draft, context);
      return { ok: true, result: undefined, headline: { op: 'test', subject: '', ids: [] } };
    }),
  );
}

test('an agent that leaves is seen to have left, without a process; what else is known of it stays', () => {
  const world = worldWithAda();
  const { process: _process, ...kept } = world.agent('ada') ?? {};
  world.pass(60);
  accepted(world.decide('ada', leave));
  const now = '2026-03-01T09:01:00.000Z';
  expect(world.agent('ada')).toEqual({ ...kept, left: now, lastSeen: now });
});

test('nothing is written for one who is not registered', () => {
  const world = new World();
  accepted(world.decide('ada', leave));
  expect(world.edits).toEqual([]);
});

test('leaving twice writes once', () => {
  const world = worldWithAda();
  accepted(world.decide('ada', leave));
  world.pass(60);
  accepted(world.decide('ada', leave));
  expect(world.edits).toEqual([]);
});

test('a name that another process took over meanwhile is left to that', () => {
  const world = worldWithAda();
  comes(world, second);
  world.actor('ada', { process: first });
  accepted(world.decide('ada', leave));
  expect(world.edits).toEqual([]);
});

test('a process that is dead leaves by another that saw its end', () => {
  const world = worldWithAda();
  world.actor('ada', { process: second });
  world.processState = ({ pid }) => (pid === first.pid ? 'dead' : 'alive');
  accepted(world.decide('ada', decideLeave));
  expect(world.agent('ada')?.left).toBeDefined();
});

test('a name that another process with the same pid took over is left to that', () => {
  const world = worldWithAda();
  comes(world, { ...first, startTime: '2' });
  world.actor('ada', { process: first });
  accepted(world.decide('ada', leave));
  expect(world.edits).toEqual([]);
});

test('the name of another uid is left to that', () => {
  const world = worldWithAda();
  world.actor('ada', { uid: 'uid-eve' });
  accepted(world.decide('ada', leave));
  expect(world.edits).toEqual([]);
});
