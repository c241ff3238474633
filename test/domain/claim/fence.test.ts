import { expect, test } from 'vitest';
import { nextNumber } from '../../../src/domain/claim/fence.ts';
import { accepted, World } from '../world.ts';
import { grant, handoff, release, renew, take, wait } from './acts.ts';

test('every grant has a larger token than all before it, however it comes about', () => {
  const world = new World();
  world.greet('bob', 'cy');
  const tokens: (string | null | undefined)[] = [];
  tokens.push(grant(world, 'ada', 'a').token);
  const place = wait(world, 'bob', 'a');
  accepted(release(world, 'ada', 'a'));
  tokens.push(world.claim(place.id)?.token);
  accepted(take(world, 'bob', place.id));
  expect(world.claim(place.id)?.token).toBe(tokens[1]);
  tokens.push(accepted(handoff(world, 'bob', 'cy')).claims[0]?.token);
  accepted(renew(world, 'cy'));
  expect(world.claims()[0]?.token).toBe(tokens[2]);
  world.pass(86_400);
  tokens.push(grant(world, 'ada', 'a').token);
  const counters = tokens.map((token) => Number(/^1\.(\d+)$/.exec(token ?? '')?.[1]));
  expect(counters).toEqual([...new Set(counters)].sort((a, b) => a - b));
  expect(counters).toHaveLength(4);
});

test('tickets and tokens are numbers of one row', () => {
  const world = new World();
  expect(grant(world, 'ada', 'a').token).toBe('1.1');
  expect(wait(world, 'bob', 'a').ticket).toBe(2);
  expect(grant(world, 'ada', 'b').token).toBe('1.3');
});

test('fields of the fence that this version does not know stay', () => {
  const world = new World();
  const fence = { v: 1, id: 'fence', kind: 'fence', agent: 'ada', at: '2026-01-01T00:00:00Z', epoch: 4, counter: 9 };
  world.putFile('fence', { ...fence, since: 'later' });
  expect(grant(world, 'bob', 'a').token).toBe('4.10');
  expect(world.records.get('fence')).toMatchObject({ agent: 'bob', epoch: 4, counter: 10, since: 'later' });
});

test.each([
  ['gone', undefined],
  ['damaged', { counter: 'many' }],
])('when the fence is %s, an epoch begins that is later than what live records tell of', (_, fields) => {
  const world = new World();
  grant(world, 'ada', 'a');
  const place = wait(world, 'bob', 'a');
  if (fields === undefined) world.put('fence', undefined);
  else world.putFile('fence', fields);
  const [epoch, counter] = String(grant(world, 'cy', 'c').token)
    .split('.')
    .map(Number);
  expect({ isLater: Number(epoch) > 1, counter }).toEqual({ isLater: true, counter: 3 });
  expect(wait(world, 'cy', 'a').ticket).toBeGreaterThan(place.ticket);
  expect(grant(world, 'cy', 'd').token).toBe(`${epoch}.5`);
});

test('a damaged fence is never taken for the first epoch', () => {
  const world = new World();
  world.putFile('fence', { counter: 'many' });
  const { epoch } = accepted(
    world.decide('ada', (draft, context) => ({
      ok: true,
      result: nextNumber(draft, context),
      headline: { op: 'test', subject: '', ids: [] },
    })),
  );
  expect(epoch).toBeGreaterThan(1);
});
