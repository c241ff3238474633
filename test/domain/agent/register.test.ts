import { describe, expect, test } from 'vitest';
import { register } from '../../../src/domain/agent/register.ts';
import type { Actor } from '../../../src/domain/decision.ts';
import { accepted, refusal, World } from '../world.ts';

const process = { pid: 7, startTime: '1', bootId: 'b', pidNamespace: 'n', host: 'here' };

function act(world: World, name: string, parts: Partial<Actor> = {}) {
  world.actor(name, parts);
  return world.decide(name, (draft, context) => {
    const refused = register(draft, context);
    if (refused !== undefined) return { ok: false, refusal: refused };
    return { ok: true, result: undefined, headline: { op: 'test', subject: '', ids: [] } };
  });
}

test('the first use of a name registers it, with what is known of its agent', () => {
  const world = new World();
  accepted(act(world, 'ada', { cwd: '/w/src', worktree: '/w', branch: 'b', harness: 'pi', model: 'm', process }));
  expect(world.agent('ada')).toEqual({
    v: 1,
    id: 'uid-ada',
    kind: 'agent',
    agent: 'ada',
    at: '2026-03-01T09:00:00.000Z',
    uid: 'uid-ada',
    state: 'active',
    cwd: '/w/src',
    worktree: '/w',
    branch: 'b',
    harness: 'pi',
    model: 'm',
    host: 'here',
    process,
    lastSeen: '2026-03-01T09:00:00.000Z',
  });
});

test.each([
  ['forgotten once it has ended', 'dead', undefined],
  ['kept while it runs', 'alive', process],
  ['kept where nobody can tell', 'unknown', process],
] as const)('by an act whose own process is not known, the one before is %s', (_, state, left) => {
  const world = new World();
  accepted(act(world, 'ada', { process }));
  world.processState = () => state;
  accepted(act(world, 'ada', { process: undefined }));
  expect(world.agent('ada')?.process).toEqual(left);
  accepted(act(world, 'ada', { process: undefined }));
  expect(world.edits).toEqual([]);
});

describe('the next use', () => {
  test('writes nothing while nothing is new', () => {
    const world = new World();
    accepted(act(world, 'ada', { worktree: '/w', branch: 'b', process }));
    world.pass(3600);
    accepted(act(world, 'ada'));
    expect(world.edits).toEqual([]);
    accepted(act(world, 'ada', { worktree: undefined, branch: undefined, process: undefined }));
    expect(world.edits).toEqual([]);
  });

  test.each<[string, Partial<Actor>]>([
    ['another host', { host: 'there' }],
    ['another work tree', { worktree: '/w2' }],
    ['another branch', { branch: 'b2' }],
    ['another process', { process: { ...process, pid: 8 } }],
    ['another process of the same number', { process: { ...process, startTime: '2' } }],
  ])('from %s is written down; the rest stays as it was', (_, parts) => {
    const world = new World();
    accepted(act(world, 'ada', { worktree: '/w', branch: 'b', process }));
    world.put('agents/ada', { ...world.agent('ada'), state: 'busy', activity: 'tests', future: 1 } as never);
    world.pass(3600);
    accepted(act(world, 'ada', parts));
    expect(world.agent('ada')).toMatchObject({
      worktree: '/w',
      branch: 'b',
      process,
      at: '2026-03-01T09:00:00.000Z',
      state: 'busy',
      activity: 'tests',
      future: 1,
      lastSeen: '2026-03-01T10:00:00.000Z',
      ...parts,
    });
  });

  test('of one who had left brings it back', () => {
    const world = new World();
    accepted(act(world, 'ada'));
    world.put('agents/ada', { ...world.agent('ada'), left: '2026-03-01T09:00:00Z' } as never);
    accepted(act(world, 'ada'));
    expect(world.agent('ada')).not.toHaveProperty('left');
  });
});

describe('a name belongs to one uid', () => {
  test('another uid under it is refused, and nothing of its act is written', () => {
    const world = new World();
    accepted(act(world, 'ada'));
    const refused = refusal(act(world, 'ada', { uid: 'other' }));
    expect(refused).toMatchObject({ code: 'name-taken', data: { name: 'ada', by: 'ada' } });
    expect(refused.message).toBe('The name ada is taken by another agent.');
    expect(world.agent('ada')?.uid).toBe('uid-ada');
  });

  test('names that differ only in case are one', () => {
    const world = new World();
    accepted(act(world, 'Ada'));
    expect(refusal(act(world, 'ada')).message).toBe('The name ada is taken: an agent is called Ada.');
    expect(refusal(act(world, 'ADA', { uid: 'uid-Ada' })).code).toBe('name-taken');
  });

  test('one person may have a name in each clone', () => {
    const world = new World();
    accepted(act(world, 'ada', { uid: 'person' }));
    accepted(act(world, 'ada-laptop', { uid: 'person' }));
    expect([world.agent('ada')?.uid, world.agent('ada-laptop')?.uid]).toEqual(['person', 'person']);
  });

  test('a record that cannot be read keeps its name', () => {
    const world = new World();
    world.putFile('agents/ada', { v: 1, kind: 'agent', agent: 'ada' });
    expect(refusal(act(world, 'ada')).code).toBe('name-taken');
    expect(world.records.get('agents/ada')?.kind).toBe('unreadable');
  });
});
