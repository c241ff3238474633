import { describe, expect, test } from 'vitest';
import { decideStatus, type StatusIntent } from '../../../src/domain/agent/status.ts';
import { tagsMax } from '../../../src/domain/limits.ts';
import { accepted, refusal, World } from '../world.ts';

function say(world: World, intent: StatusIntent, name = 'ada') {
  return world.decide(name, (draft, context) => decideStatus(draft, intent, context));
}

test('what an agent says of itself stands in its record', () => {
  const world = new World();
  const intent = {
    activity: 'split  login',
    state: 'busy',
    description: 'backend',
    tags: ['db', 'a\nb'],
    visibility: 'hidden',
  } as const;
  const { agent } = accepted(say(world, intent));
  expect(agent).toMatchObject({ ...intent, activity: 'split login', tags: ['db', 'a b'] });
  expect(world.agent('ada')).toEqual(agent);
});

test('what is not said stays, and is seen anew', () => {
  const world = new World();
  accepted(say(world, { activity: 'tests', state: 'busy', tags: ['db'] }));
  world.pass(60);
  accepted(say(world, { state: 'blocked' }));
  expect(world.agent('ada')).toMatchObject({
    activity: 'tests',
    state: 'blocked',
    tags: ['db'],
    at: '2026-03-01T09:00:00.000Z',
    lastSeen: '2026-03-01T09:01:00.000Z',
  });
});

test('an empty activity or description takes the old one away', () => {
  const world = new World();
  accepted(say(world, { activity: 'tests', description: 'backend' }));
  accepted(say(world, { activity: '', description: ' ' }));
  expect(world.agent('ada')).not.toHaveProperty('activity');
  expect(world.agent('ada')).not.toHaveProperty('description');
});

describe('bounds', () => {
  test('so many tags and no more', () => {
    const tags = Array.from({ length: tagsMax }, (_, n) => `t${n}`);
    accepted(say(new World(), { tags }));
    expect(refusal(say(new World(), { tags: [...tags, 'one-more'] })).code).toBe('too-many');
  });

  test('long texts are cut to what a record may hold, whatever they are written in', () => {
    const long = '🦊'.repeat(2000);
    const { agent } = accepted(say(new World(), { activity: long, description: long, tags: [long] }));
    for (const text of [agent.activity, agent.description, agent.tags?.[0]]) expect(text).toMatch(/^(🦊)+…$/u);
  });
});

test('a name that is taken is refused', () => {
  const world = new World();
  accepted(say(world, { activity: 'tests' }));
  world.actor('ada', { uid: 'other' });
  expect(refusal(say(world, { activity: 'mischief' })).code).toBe('name-taken');
  expect(world.agent('ada')?.activity).toBe('tests');
});

test.each<[StatusIntent, string]>([
  [{ activity: 'split login' }, 'status ada: split login'],
  [{ state: 'busy', activity: 'tests' }, 'status ada: busy: tests'],
  [{ tags: ['x'] }, 'status ada: updated'],
])('the commit of %j says so', (intent, subject) => {
  const decision = say(new World(), intent);
  expect(decision.ok && decision.headline).toMatchObject({ op: 'status', subject });
});
