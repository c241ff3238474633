/** Agents on two hosts do what they like, time passes, processes die: what holds after every step. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Decision } from '../../../src/domain/decision.ts';
import { matches } from '../../../src/domain/pattern/match.ts';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import type { ClaimRecord, WaitingRecord } from '../../../src/domain/record/record.ts';
import { parsed, pathsUpTo } from '../pattern/model.ts';
import { accepted, World } from '../world.ts';
import { claim, handoff, release, renew, take } from './acts.ts';

const names = ['ada', 'bob', 'cy', 'dan', 'eve'] as const;
const hostOf = (name: string) => (name === 'dan' || name === 'eve' ? 'there' : 'here');
const paths = ['src', 'src/a.ts', 'src/b.ts', 'src/*.ts', '**/a.ts', 'lib', '{src,lib}/c', 'port:1', 'port:2'];

type Step =
  | { do: 'claim'; who: string; paths: string[]; mode: 'exclusive' | 'shared'; lease: number; wait: number | undefined }
  | { do: 'take' | 'renew' | 'release' | 'force'; who: string; which: number }
  | { do: 'handoff'; who: string; to: string; which: number }
  | { do: 'release all' | 'die' | 'change'; who: string }
  | { do: 'pass'; seconds: number };

const who = fc.constantFrom(...names);
const which = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      who,
      paths: fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 3 }),
      mode: fc.constantFrom('exclusive' as const, 'shared' as const),
      lease: fc.constantFrom(30, 600, 3600),
      wait: fc.constantFrom(undefined, 60, 3600),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('take', 'take', 'renew', 'release', 'force'), who, which }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('handoff' as const), who, to: who, which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('release all', 'die', 'change'), who }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 30, 61, 700, 4000, 90_000) }),
  },
);

const skew = fc.constantFrom(0, 0, 90, -90, 10_800, -10_800);

function open(skewSeconds: number): World {
  const world = new World();
  world.skewSecondsByHost.set('there', skewSeconds);
  for (const name of names) {
    const host = hostOf(name);
    world.actor(name, { host, process: { pid: 1, startTime: name, bootId: null, pidNamespace: null, host } });
  }
  world.greet(...names);
  return world;
}

function run(world: World, each: Step): Decision<unknown> | undefined {
  switch (each.do) {
    case 'pass':
      world.pass(each.seconds);
      return undefined;
    case 'die':
      world.dead.add(each.who);
      return undefined;
    case 'change':
      world.changed.add(each.who);
      return undefined;
  }
  world.dead.delete(each.who);
  const own = world.claims().filter(({ agent }) => agent === each.who);
  switch (each.do) {
    case 'claim':
      return claim(world, each.who, each.paths, { mode: each.mode, leaseSeconds: each.lease, waitSeconds: each.wait });
    case 'take': {
      const places = [...world.queue(), ...world.claims()].filter(({ agent }) => agent === each.who);
      const place = places[each.which % Math.max(places.length, 1)];
      return place === undefined ? undefined : take(world, each.who, place.id, 60);
    }
    case 'renew':
      return renew(world, each.who, own.length > 0 ? chosen(own, each.which) : []);
    case 'release':
      return release(world, each.who, chosen([...own, ...world.queue()], each.which));
    case 'release all':
      return release(world, each.who, 'all');
    case 'force':
      return release(world, each.who, chosen(world.claims(), each.which), { why: 'because', evidence: 'none' });
    case 'handoff':
      return handoff(world, each.who, each.to, own.length > 0 ? chosen(own, each.which) : []);
  }
}

/** An id, or one path of it. */
function chosen(records: readonly (ClaimRecord | WaitingRecord)[], which: number): string {
  const record = records[which % Math.max(records.length, 1)];
  if (record === undefined) return 'nothing';
  return which > 10 ? (record.paths[which % record.paths.length] as string) : record.id;
}

type Wanted = Pick<ClaimRecord, 'uid' | 'mode' | 'paths'>;

function exclude(a: Wanted, b: Wanted): boolean {
  if (a.uid === b.uid || (a.mode === 'shared' && b.mode === 'shared')) return false;
  return a.paths.some((one) => b.paths.some((other) => meeting.has(`${one} ${other}`)));
}

const meeting = new Set(
  paths.flatMap((one) =>
    paths.filter((other) => overlaps(parsed(one), parsed(other))).map((other) => `${one} ${other}`),
  ),
);

/** Of the paths above, told by everything that they tell apart. */
const witnesses = pathsUpTo({ segmentsMax: 3, charsMax: 1, letters: 'slabcx' }).map((path) =>
  path.replaceAll(/[slab]/g, (letter) => ({ s: 'src', l: 'lib', a: 'a.ts', b: 'b.ts' })[letter] as string),
);
const isFile = (path: string) => !path.startsWith('port:');
const lying = new Set(
  paths.flatMap((one) => {
    const met = witnesses.filter((path) => matches(parsed(one), path));
    const outer = paths.filter((other) =>
      isFile(one) ? met.every((path) => matches(parsed(other), path)) : one === other,
    );
    return outer.map((other) => `${one} ${other}`);
  }),
);

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, n) => items.slice(n + 1).map((other): [T, T] => [one, other]));
}

function counterOf({ token }: ClaimRecord): number {
  return Number(token?.split('.')[1]);
}

/** What was true before a step, to compare with. */
interface Before {
  readonly claims: readonly ClaimRecord[];
  readonly queue: readonly WaitingRecord[];
  readonly nowByHost: ReadonlyMap<string, number>;
  readonly counterMax: number;
}

function look(world: World, counterMax: number): Before {
  const nowByHost = new Map(['here', 'there'].map((host) => [host, world.nowOf(host)]));
  return { claims: world.claims(), queue: world.queue(), nowByHost, counterMax };
}

function checkLaws(world: World, each: Step, decision: Decision<unknown> | undefined, before: Before): number {
  const [claims, queue] = [world.claims(), world.queue()];
  expect(pairs(claims).filter(([one, other]) => exclude(one, other))).toEqual([]);
  const held = new Set(claims.map(({ id }) => id));
  expect(queue.filter(({ id }) => held.has(id))).toEqual([]);
  expect(new Set(queue.map(({ ticket }) => ticket)).size).toBe(queue.length);

  const known = new Map(before.claims.map((record) => [record.id, record]));
  const granted = claims.filter((record) => record.token !== known.get(record.id)?.token);
  for (const record of granted) expect(counterOf(record)).toBeGreaterThan(before.counterMax);
  expect(new Set(claims.map(({ token }) => token)).size).toBe(claims.length);

  if (decision === undefined || !decision.ok) {
    expect({ claims, queue }).toEqual({ claims: before.claims, queue: before.queue });
    return before.counterMax;
  }
  if (each.do !== 'handoff') {
    for (const record of granted) if (!liesInOwn(record, claims)) checkTurn(record, queue, before);
  }
  if ('who' in each) for (const lost of before.claims) if (!held.has(lost.id)) checkLoss(lost, each, before);
  const numbers = [...claims.map(counterOf), ...queue.map(({ ticket }) => ticket)];
  return Math.max(before.counterMax, ...numbers);
}

/** Inside of what the same agent holds, it takes nothing from those who wait. */
function liesInOwn({ id, uid, mode, paths }: ClaimRecord, claims: readonly ClaimRecord[]): boolean {
  const own = claims.filter(
    (other) => other.id !== id && other.uid === uid && (other.mode === 'exclusive' || mode === 'shared'),
  );
  const outer = own.flatMap((other) => other.paths);
  return paths.every((path) => outer.some((each) => lying.has(`${path} ${each}`)));
}

/** Nobody was passed over who came earlier and still waits for some of it. */
function checkTurn(record: ClaimRecord, queue: readonly WaitingRecord[], before: Before): void {
  const ticket = before.queue.find(({ id }) => id === record.id)?.ticket ?? Number.POSITIVE_INFINITY;
  const passedOver = queue.filter((waiting) => waiting.ticket < ticket && exclude(waiting, record));
  expect(passedOver, `${record.agent} passed`).toEqual([]);
}

/** A claim went by its holder's will, by force, as an offer, or after its lease by the clock that set it. */
function checkLoss(lost: ClaimRecord, each: Step & { who: string }, before: Before): void {
  if (lost.uid === `uid-${each.who}` || each.do === 'force') return;
  const ends = lost.offeredUntil === undefined ? lost.expires : [lost.expires, lost.offeredUntil].sort()[0];
  const now = before.nowByHost.get(lost.host ?? '') as number;
  expect(Date.parse(ends ?? ''), `${each.who} took ${lost.id} of ${lost.agent}`).toBeLessThanOrEqual(now);
}

/** Everybody lets go and takes what is his turn, until nobody waits whose place is not over by his own clock. */
function drain(world: World): void {
  for (const name of names) world.dead.delete(name);
  const live = world.queue().filter(({ agent, expires }) => Date.parse(expires) > world.nowOf(hostOf(agent)));
  const waiting = new Set(live.map(({ id }) => id));
  for (let round = 0; waiting.size > 0; round += 1) {
    expect(round, `no turn for ${[...waiting]}`).toBeLessThan(20);
    for (const { id, agent } of world.claims()) if (!waiting.has(id)) release(world, agent, id);
    for (const { id, agent } of world.claims()) {
      if (waiting.has(id) && 'claim' in accepted(take(world, agent, id, 3600))) waiting.delete(id);
    }
  }
}

test('no walk breaks a law, and in the end everybody who waits gets a turn', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(skew, fc.array(step, { maxLength: 60, size: 'max' }), (skewSeconds, steps) => {
      const world = open(skewSeconds);
      let counterMax = 0;
      for (const each of steps) {
        const before = look(world, counterMax);
        const decision = run(world, each);
        counterMax = checkLaws(world, each, decision, before);
        const outcome = decision === undefined ? '' : decision.ok ? decision.headline.op : decision.refusal.code;
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }
      drain(world);
    }),
    { numRuns: 120 },
  );
  // A walk that never gets anywhere proves nothing.
  for (const outcome of ['claim', 'renew', 'wait', 'release', 'force-release', 'handoff', 'claim-conflict']) {
    expect(seen.get(outcome), outcome).toBeGreaterThan(5);
  }
  for (const outcome of ['wait-cycle', 'not-holder', 'unknown-claim'])
    expect(seen.get(outcome), outcome).toBeGreaterThan(0);
}, 300_000);
