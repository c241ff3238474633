import { describe, expect, test } from 'vitest';
import { decideLeave } from '../../../src/domain/agent/leave.ts';
import { decideChanged } from '../../../src/domain/subscription/changed.ts';
import { decideSubscribe } from '../../../src/domain/subscription/subscribe.ts';
import { claim, grant } from '../claim/acts.ts';
import { accepted, refusal, World } from '../world.ts';

function subscribe(world: World, name: string, paths: readonly string[], remove: readonly string[] = []) {
  return world.decide(name, (draft, context) =>
    decideSubscribe(draft, { add: { paths }, remove, removeAll: false }, context),
  );
}

function change(world: World, name: string, paths: readonly string[]) {
  return world.decide(name, (draft, context) => decideChanged(draft, { claimed: { paths }, why: 'rename' }, context));
}

describe('whoever is subscribed', () => {
  test('is told, quietly, when somebody else claims what overlaps', () => {
    const world = new World();
    accepted(subscribe(world, 'ada', ['src/api/**']));
    grant(world, 'bob', 'src/api/users.ts', { why: 'a new field' });
    expect(world.unread('ada')).toMatchObject([
      { agent: 'bob', subject: 'bob claims src/api/users.ts', purpose: 'notice', importance: 'low' },
    ]);
  });

  test('is not told of other paths, of own claims, and of a claim that is only renewed', () => {
    const world = new World();
    accepted(subscribe(world, 'ada', ['src/api']));
    grant(world, 'bob', 'docs');
    grant(world, 'ada', 'src/api/a.ts');
    grant(world, 'bob', 'src/api/b.ts');
    grant(world, 'bob', 'src/api/b.ts');
    expect(world.unread('ada')).toHaveLength(1);
  });

  test('is told of changes that somebody else committed', () => {
    const world = new World();
    accepted(subscribe(world, 'ada', ['src/api']));
    expect(accepted(change(world, 'bob', ['src/api/a.ts', 'docs/b.md'])).told).toEqual(['ada']);
    expect(world.unread('ada')).toMatchObject([{ subject: 'bob changed src/api/a.ts' }]);
  });

  test('ends it by any way to write what was subscribed to', () => {
    for (const [begun, ended] of [
      ['lib/**', 'lib'],
      ['lib', './lib/'],
      ['src//*.ts', 'src/*.ts'],
    ] as const) {
      const world = new World();
      accepted(subscribe(world, 'ada', [begun, 'docs']));
      expect(accepted(subscribe(world, 'ada', [], [ended])).paths).toEqual(['docs']);
      expect(accepted(subscribe(world, 'ada', [], ['docs/a.md'])).paths).toEqual(['docs']);
    }
  });

  test('is told of nothing after leaving', () => {
    const world = new World();
    accepted(subscribe(world, 'ada', ['src/api']));
    accepted(world.decide('ada', decideLeave));
    grant(world, 'bob', 'src/api/a.ts');
    expect(world.unread('ada')).toEqual([]);
  });
});

test('subscribing adds, removing takes away, and what is so already writes nothing', () => {
  const world = new World();
  expect(accepted(subscribe(world, 'ada', ['b', 'a'])).paths).toEqual(['a', 'b']);
  expect(accepted(subscribe(world, 'ada', ['c'], ['a'])).paths).toEqual(['b', 'c']);
  accepted(subscribe(world, 'ada', ['c']));
  expect(world.edits).toEqual([]);
  expect(accepted(subscribe(world, 'ada', [], ['b', 'c'])).paths).toEqual([]);
  expect([...world.records.keys()]).not.toContain('subscriptions/ada');
});

test('a change that nobody is to be told of writes nothing', () => {
  const world = new World();
  accepted(change(world, 'bob', ['a']));
  expect(world.edits).toEqual([]);
});

test('a refused claim tells nobody', () => {
  const world = new World();
  grant(world, 'bob', 'a');
  accepted(subscribe(world, 'ada', ['a']));
  refusal(claim(world, 'cy', 'a'));
  expect(world.unread('ada')).toEqual([]);
});

test('what is no pattern, and too many paths, are refused', () => {
  const world = new World();
  expect(refusal(subscribe(world, 'ada', ['../x'])).code).toBe('bad-pattern');
  const many = Array.from({ length: 101 }, (_, n) => `f${n}`);
  expect(refusal(subscribe(world, 'ada', many)).code).toBe('too-many');
});
