import { expect, test } from 'vitest';
import { decideArrive } from '../../../src/domain/agent/arrive.ts';
import { decideLeave } from '../../../src/domain/agent/leave.ts';
import type { Actor, ProcessState } from '../../../src/domain/decision.ts';
import { accepted, refusal, World } from '../world.ts';

const first = { pid: 7, startTime: '1', bootId: 'b', pidNamespace: 'n', host: 'here' };
const second = { ...first, pid: 8 };

/** Ada comes; of every process that she finds under her name, `state` is known. */
function arrive(world: World, parts: Partial<Actor>, state: ProcessState) {
  world.processState = () => state;
  world.actor('ada', parts);
  return world.decide('ada', (draft, context) => decideArrive(draft, {}, context));
}

function worldWithAda(): World {
  const world = new World();
  accepted(arrive(world, { process: first, branch: 'main', harness: 'codex' }, 'unknown'));
  return world;
}

test('a new session is registered, and its commit says who came, in what, and where', () => {
  const world = new World();
  const decision = arrive(world, { process: first, branch: 'main', harness: 'codex' }, 'unknown');
  expect(decision).toMatchObject({
    headline: { op: 'arrive', subject: 'ada (codex) is here on main', ids: ['uid-ada'] },
  });
  expect(world.agent('ada')).toMatchObject({ uid: 'uid-ada', process: first, harness: 'codex' });
});

test('a name under which another process lives is refused, with that process and its host', () => {
  const world = worldWithAda();
  const before = world.agent('ada');
  const { code, message, next } = refusal(arrive(world, { process: second }, 'alive'));
  expect(code).toBe('name-taken');
  expect(message).toBe('The name ada is taken: process 7 on here acts under it now.');
  expect(next).toContain('INTERCOM_AGENT');
  expect(world.agent('ada')).toEqual(before);
});

test.each<[string, Partial<typeof first>]>([
  ['another start', { startTime: '2' }],
  ['another boot', { bootId: 'c' }],
  ['another host', { host: 'there' }],
])('the same pid of %s is another process', (_, parts) => {
  expect(refusal(arrive(worldWithAda(), { process: { ...first, ...parts } }, 'alive')).code).toBe('name-taken');
});

test.each(['dead', 'unknown'] as const)('a session whose process is %s is followed under its name', (state) => {
  const world = worldWithAda();
  accepted(arrive(world, { process: second }, state));
  expect(world.agent('ada')?.process).toEqual(second);
});

test('one that left is followed, whatever its process does, and is not left any more', () => {
  const world = worldWithAda();
  world.processState = () => 'alive';
  accepted(world.decide('ada', decideLeave));
  world.putFile('agents/ada', { ...world.agent('ada'), process: first });
  accepted(arrive(world, { process: second }, 'alive'));
  expect(world.agent('ada')).toMatchObject({ process: second });
  expect(world.agent('ada')?.left).toBeUndefined();
});

test('the same process writes nothing the second time', () => {
  const world = worldWithAda();
  world.pass(3600);
  accepted(arrive(world, {}, 'alive'));
  expect(world.edits).toEqual([]);
});

test('a command without a process of its own is let in beside the live session, and leaves the record as it is', () => {
  const world = worldWithAda();
  accepted(arrive(world, { process: undefined }, 'alive'));
  expect(world.edits).toEqual([]);
  expect(world.agent('ada')?.process).toEqual(first);
});

test('another uid under the name is refused even when nobody lives there', () => {
  expect(refusal(arrive(worldWithAda(), { uid: 'uid-eve', process: second }, 'dead')).code).toBe('name-taken');
});

test('of the process above its own a session is not another', () => {
  const world = worldWithAda();
  world.actor('ada', { process: second });
  world.processState = () => 'alive';
  const decided = world.decide('ada', (draft, context) => decideArrive(draft, { within: first }, context));
  accepted(decided);
  expect(world.agent('ada')?.process).toEqual(second);
});

test('a session that goes on where its process is not known does not seem dead by its former one', () => {
  const world = new World();
  accepted(arrive(world, { process: first }, 'alive'));
  accepted(arrive(world, { process: undefined }, 'dead'));
  expect(world.agent('ada')?.process).toBeUndefined();
});
