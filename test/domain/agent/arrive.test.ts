import { expect, test } from 'vitest';
import { decideArrive } from '../../../src/domain/agent/arrive.ts';
import type { Actor } from '../../../src/domain/decision.ts';
import type { ProcessEvidence } from '../../../src/domain/record/record.ts';
import { accepted, refusal, World } from '../world.ts';

const process: ProcessEvidence = { pid: 7, startTime: '1', bootId: 'b', pidNamespace: 'n', host: 'here' };
const other: ProcessEvidence = { ...process, pid: 8 };

interface Given {
  readonly parts?: Partial<Actor>;
  readonly state?: 'alive' | 'dead' | 'unknown';
  readonly isOtherProgram?: boolean;
}

function arrive(world: World, { parts = {}, state = 'alive', isOtherProgram = false }: Given = {}) {
  world.actor('ada', parts);
  const intent = { processState: () => state, isOtherProgram };
  return world.decide('ada', (draft, context) => decideArrive(draft, intent, context));
}

test('one who arrives again in the same process writes nothing', () => {
  const world = new World();
  accepted(arrive(world, { parts: { process } }));
  accepted(arrive(world));
  expect(world.edits).toEqual([]);
});

test('a name whose process lives is refused to another process, and free when it has ended', () => {
  const world = new World();
  accepted(arrive(world, { parts: { process } }));
  expect(refusal(arrive(world, { parts: { process: other } })).code).toBe('name-taken');
  accepted(arrive(world, { parts: { process: other }, state: 'dead' }));
  expect(world.agent('ada')?.process).toEqual(other);
});

test('an actor without a process is the session, unless it is another program', () => {
  const world = new World();
  accepted(arrive(world, { parts: { process } }));
  accepted(arrive(world, { parts: { process: undefined } }));
  expect(world.agent('ada')?.process).toEqual(process);
  expect(refusal(arrive(world, { isOtherProgram: true })).code).toBe('name-taken');
});

test('a program that takes the name of a dead process does not seem dead itself', () => {
  const world = new World();
  accepted(arrive(world, { parts: { process } }));
  accepted(arrive(world, { parts: { process: undefined }, isOtherProgram: true, state: 'dead' }));
  expect(world.agent('ada')?.process).toBeUndefined();
});
