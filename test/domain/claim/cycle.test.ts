import { describe, expect, test } from 'vitest';
import { refusal, World } from '../world.ts';
import { claim, grant, wait } from './acts.ts';

/** What the refusal of this wait spells out. */
function cycleOf(world: World, name: string, paths: string | string[], mode: 'shared' | 'exclusive' = 'exclusive') {
  const { code, data } = refusal(claim(world, name, paths, { mode, waitSeconds: 600 }));
  expect(code).toBe('wait-cycle');
  return data.cycle;
}

test('two who would wait for each other: the second is refused, with the cycle and the way out', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  grant(world, 'bob', 'b');
  wait(world, 'ada', 'b');
  const before = new Map(world.records);
  const refused = refusal(claim(world, 'bob', 'a', { waitSeconds: 600 }));
  expect(refused.code).toBe('wait-cycle');
  expect(refused.data).toMatchObject({ cycle: ['bob', 'ada', 'bob'], rivals: [{ agent: 'ada' }] });
  expect(refused.message).toBe('Waiting for a would never end: bob waits for ada, who waits for bob.');
  expect(refused.next).toContain('Release what ada waits for');
  expect(world.records).toEqual(before);
});

test('a longer cycle is spelled out whole', () => {
  const world = new World();
  for (const name of ['ada', 'bob', 'cy', 'dan']) grant(world, name, name);
  wait(world, 'ada', 'bob');
  wait(world, 'bob', 'cy');
  wait(world, 'cy', 'dan');
  expect(cycleOf(world, 'dan', 'ada')).toEqual(['dan', 'ada', 'bob', 'cy', 'dan']);
});

test('a chain without an end at the beginning is no cycle', () => {
  const world = new World();
  for (const name of ['ada', 'bob', 'cy']) grant(world, name, name);
  wait(world, 'ada', 'bob');
  wait(world, 'bob', 'cy');
  wait(world, 'dan', ['ada', 'bob', 'cy']);
});

test('a cycle through one of several rivals counts', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  grant(world, 'bob', 'b');
  grant(world, 'cy', 'c');
  wait(world, 'bob', 'c');
  expect(cycleOf(world, 'cy', ['a', 'b'])).toEqual(['cy', 'bob', 'cy']);
});

test('a cycle through a place in the queue counts', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  grant(world, 'bob', 'b');
  wait(world, 'cy', ['a', 'b']);
  expect(cycleOf(world, 'ada', 'b')).toEqual(['ada', 'cy', 'ada']);
});

describe('shared to exclusive', () => {
  test('the second of two sharers that want to be alone is refused', () => {
    const world = new World();
    grant(world, 'ada', 'a', { mode: 'shared' });
    grant(world, 'bob', 'a', { mode: 'shared' });
    wait(world, 'ada', 'a');
    expect(cycleOf(world, 'bob', 'a')).toEqual(['bob', 'ada', 'bob']);
  });

  test('a sharer whom somebody waits for is refused', () => {
    const world = new World();
    grant(world, 'ada', 'a', { mode: 'shared' });
    wait(world, 'bob', 'a');
    expect(cycleOf(world, 'ada', 'a')).toEqual(['ada', 'bob', 'ada']);
  });

  test('a single one waits for the other sharers', () => {
    const world = new World();
    grant(world, 'ada', 'a', { mode: 'shared' });
    grant(world, 'bob', 'a', { mode: 'shared' });
    grant(world, 'cy', 'a', { mode: 'shared' });
    wait(world, 'ada', 'a');
  });
});

test('who waits to share what is shared closes no cycle', () => {
  const world = new World();
  grant(world, 'ada', ['a', 'x'], { mode: 'shared' });
  grant(world, 'bob', 'b');
  wait(world, 'bob', 'x');
  grant(world, 'cy', 'c');
  wait(world, 'cy', 'b', { mode: 'shared' });
  wait(world, 'dan', 'c', { mode: 'shared' });
});

test('a claim that is over closes no cycle', () => {
  const world = new World();
  grant(world, 'ada', 'a', { leaseSeconds: 60 });
  grant(world, 'bob', 'b');
  wait(world, 'ada', 'b');
  world.pass(61);
  grant(world, 'bob', 'a');
});

test('a cycle that a cycle of others leads into does not loop for ever', () => {
  const world = new World();
  for (const name of ['ada', 'bob']) grant(world, name, name);
  const first = wait(world, 'ada', 'bob');
  // Written by hand: the rule would refuse it.
  world.putFile('waiting/made', { ...first, id: 'made', agent: 'bob', uid: 'uid-bob', paths: ['ada'], ticket: 9 });
  wait(world, 'cy', 'ada');
});
