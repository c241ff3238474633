import { expect, test } from 'vitest';
import { shownClaim, shownWaiting } from '../../../src/domain/claim/present.ts';
import { World } from '../world.ts';
import { grant, wait } from './acts.ts';

const none: ReadonlySet<string> = new Set();

test('a claim is shown with every key, and null where nothing is known', () => {
  const world = new World();
  const held = grant(world, 'ada', 'a');
  expect(shownClaim(held, world.nowMs, none)).toEqual({
    id: held.id,
    agent: 'ada',
    uid: 'uid-ada',
    paths: ['a'],
    mode: 'exclusive',
    why: null,
    branch: null,
    worktree: null,
    token: '1.1',
    since: '2026-03-01T09:00:00.000Z',
    expires: '2026-03-01T09:30:00.000Z',
    state: 'confirmed',
    lapsed: false,
    offeredUntil: null,
  });
});

test('a claim without a token is provisional, and one whose lease is over is lapsed', () => {
  const held = grant(new World(), 'ada', 'a');
  expect(shownClaim({ ...held, token: null }, 0, none).state).toBe('provisional');
  expect(shownClaim(held, Date.parse(held.expires) - 1, none).lapsed).toBe(false);
  expect(shownClaim(held, Date.parse(held.expires), none).lapsed).toBe(true);
});

test('a claim that the authority has not confirmed shows no token, for that may still change', () => {
  const held = grant(new World(), 'ada', 'a');
  const shown = shownClaim(held, 0, new Set([held.id]));
  expect(shown).toMatchObject({ state: 'provisional', token: null });
  expect(shownClaim(held, 0, new Set(['another']))).toMatchObject({ state: 'confirmed', token: held.token });
});

test('a claim says that a guard made it only where one did', () => {
  const held = grant(new World(), 'ada', 'a');
  expect(shownClaim({ ...held, auto: true }, 0, none)).toMatchObject({ auto: true });
  for (const auto of [false, undefined])
    expect(Object.keys(shownClaim({ ...held, auto }, 0, none))).not.toContain('auto');
});

test('a place in the queue is shown since when, and until when it is kept', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  const { id } = wait(world, 'bob', 'a', { why: 'tests' });
  expect(world.queue().map(shownWaiting)).toEqual([
    {
      id,
      agent: 'bob',
      uid: 'uid-bob',
      paths: ['a'],
      mode: 'exclusive',
      why: 'tests',
      branch: null,
      ticket: 2,
      since: '2026-03-01T09:00:00.000Z',
      expires: '2026-03-01T09:40:00.000Z',
    },
  ]);
});
