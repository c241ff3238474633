import { expect, test } from 'vitest';
import { decideStay } from '../../../src/domain/agent/stay.ts';
import { claim } from '../claim/acts.ts';
import { accepted, World } from '../world.ts';

/** Leases are half an hour; ada was last seen when she claimed. */
function worldWithClaims(...paths: readonly string[]): World {
  const world = new World();
  for (const path of paths) accepted(claim(world, 'ada', [path]));
  return world;
}

function stay(world: World) {
  return world.decide('ada', decideStay);
}

function expiries(world: World): string[] {
  return world.claims().map(({ expires }) => expires.slice(11, 16));
}

test('leases past their half begin anew, and when the agent was last seen is written, in one commit', () => {
  const world = worldWithClaims('src/a.ts', 'src/b.ts');
  world.pass(15 * 60);
  const decision = stay(world);
  expect(accepted(decision).renewed.map(({ paths }) => paths[0])).toEqual(['src/a.ts', 'src/b.ts']);
  expect(decision).toMatchObject({ headline: { op: 'renew', subject: 'renew src/a.ts and src/b.ts (ada)' } });
  expect(expiries(world)).toEqual(['09:45', '09:45']);
  expect(world.agent('ada')?.lastSeen).toBe('2026-03-01T09:15:00.000Z');
  expect(world.edits.map(({ path }) => path.split('/')[0]).sort()).toEqual(['agents', 'claims', 'claims']);
});

test('a renewed claim keeps its id, its token and since when it is held', () => {
  const world = worldWithClaims('src/a.ts');
  const [before] = world.claims();
  world.pass(20 * 60);
  accepted(stay(world));
  expect(world.claims()[0]).toEqual({ ...before, at: '2026-03-01T09:20:00.000Z', expires: '2026-03-01T09:50:00.000Z' });
});

test('nothing is written while no lease is past its half and the agent was seen lately', () => {
  const world = worldWithClaims('src/a.ts');
  world.pass(5 * 60 - 1);
  expect(accepted(stay(world)).renewed).toEqual([]);
  expect(world.edits).toEqual([]);
});

test('an agent that was not seen for five minutes is written down, and its young leases are left', () => {
  const world = worldWithClaims('src/a.ts');
  world.pass(5 * 60);
  const decision = stay(world);
  expect(decision).toMatchObject({ headline: { subject: 'ada is still here', ids: ['uid-ada'] } });
  expect(world.edits.map(({ path }) => path)).toEqual(['agents/ada']);
});

test('a lease one instant before its half is left', () => {
  const world = worldWithClaims('src/a.ts');
  world.pass(15 * 60 - 1);
  accepted(stay(world));
  expect(expiries(world)).toEqual(['09:30']);
});

test('a claim that lapsed stays lapsed, beside one that is renewed', () => {
  const world = new World();
  accepted(claim(world, 'ada', ['src/a.ts'], { leaseSeconds: 600 }));
  accepted(claim(world, 'ada', ['src/b.ts'], { leaseSeconds: 1_200 }));
  world.pass(600);
  expect(accepted(stay(world)).renewed.map(({ paths }) => paths[0])).toEqual(['src/b.ts']);
  expect(expiries(world)).toEqual(['09:10', '09:30']);
});

test('an offer that was not taken is left: a sign of life does not take it', () => {
  const world = worldWithClaims('src/a.ts');
  const [held] = world.claims();
  world.putFile(`claims/${held?.id}`, { ...held, offeredUntil: '2026-03-01T09:20:30.000Z' });
  world.pass(20 * 60);
  expect(accepted(stay(world)).renewed).toEqual([]);
  expect(expiries(world)).toEqual(['09:30']);
});

test('the claims of others are left', () => {
  const world = worldWithClaims('src/a.ts');
  accepted(claim(world, 'eve', ['src/b.ts']));
  world.pass(20 * 60);
  accepted(stay(world));
  expect(world.claims().map(({ agent, expires }) => `${agent} ${expires.slice(11, 16)}`)).toEqual([
    'ada 09:50',
    'eve 09:30',
  ]);
});
