/** Clones that part, act and meet again, in whatever order: what holds after every commit that arrives. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settle } from '../../../src/domain/claim/settle.ts';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import { parsePattern } from '../../../src/domain/pattern/parse.ts';
import type { ClaimRecord } from '../../../src/domain/record/record.ts';
import type { Past } from '../../../src/domain/replay/past.ts';
import { claim, handoff, release, renew, take } from '../claim/acts.ts';
import { ack, reply, send, tidy } from '../message/acts.ts';
import { World } from '../world.ts';
import { arrive, type Clone, cloneOf } from './clones.ts';

const names = ['ada', 'bob', 'cy'] as const;
const paths = ['src', 'src/a.ts', 'src/*.ts', 'lib', 'port:1'] as const;
const who = fc.constantFrom(...names);
const which = fc.nat(12);

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      who,
      path: fc.constantFrom(...paths),
      mode: fc.constantFrom('exclusive' as const, 'shared' as const),
      lease: fc.constantFrom(60, 3600),
      wait: fc.constantFrom(undefined, 600),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('take', 'renew', 'release', 'force', 'handoff', 'send', 'all', 'ack', 'reply'),
      who,
      which,
      to: who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 61, 700) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tidy' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function run(world: World, each: Step): void {
  switch (each.do) {
    case 'pass':
      world.pass(each.seconds);
      return;
    case 'tidy':
      tidy(world);
      return;
    case 'claim': {
      const { mode, lease: leaseSeconds, wait: waitSeconds } = each;
      claim(world, each.who, each.path, { mode, leaseSeconds, waitSeconds });
      return;
    }
  }
  const own = [...world.claims(), ...world.queue()].filter(({ agent }) => agent === each.who);
  const mine = own[each.which % Math.max(own.length, 1)]?.id ?? 'nothing';
  const anyones = world.claims()[each.which % Math.max(world.claims().length, 1)]?.id ?? 'nothing';
  const unread = world.unread(each.who);
  const letter = unread[each.which % Math.max(unread.length, 1)]?.id ?? 'nothing';
  switch (each.do) {
    case 'take':
      take(world, each.who, mine, 60);
      return;
    case 'renew':
      renew(world, each.who, mine);
      return;
    case 'release':
      release(world, each.who, mine);
      return;
    case 'force':
      release(world, each.who, anyones, { why: 'because', evidence: 'none' });
      return;
    case 'handoff':
      if (each.to !== each.who) handoff(world, each.who, each.to, mine);
      return;
    case 'send':
      send(world, each.who, each.to, 'hello');
      return;
    case 'all':
      send(world, each.who, 'all', 'hello all');
      return;
    case 'ack':
      ack(world, each.who, letter);
      return;
    case 'reply':
      reply(world, each.who, 'yes', { reference: letter });
      return;
  }
}

const walk = fc.array(step, { maxLength: 20, size: 'max' });

/** An authority on which something has happened already. */
function begun(steps: readonly Step[]): World {
  const world = new World();
  world.greet(...names);
  for (const each of steps) run(world, each);
  return world;
}

function excluding(claims: readonly ClaimRecord[]): string[] {
  const found: string[] = [];
  for (const [n, one] of claims.entries()) {
    for (const other of claims.slice(n + 1)) {
      if (one.uid === other.uid || (one.mode === 'shared' && other.mode === 'shared')) continue;
      if (one.paths.some((a) => other.paths.some((b) => meet(a, b)))) found.push(`${one.agent} and ${other.agent}`);
    }
  }
  return found;
}

function meet(one: string, other: string): boolean {
  const [a, b] = [parsePattern(one), parsePattern(other)];
  return a.ok && b.ok && overlaps(a.pattern, b.pattern);
}

/** Of messages that agents sent; notices of what is decided again come anew. */
function written(commits: readonly Past[]): string[] {
  return commits.flatMap(({ edits }) =>
    edits.flatMap(({ path, before, after }) =>
      before === undefined &&
      after?.kind === 'message' &&
      after.purpose === 'message' &&
      path === `messages/${after.id}`
        ? [after.id]
        : [],
    ),
  );
}

/** The folders whose records a replay at the same instant must make again as they were. */
const made = ['agents', 'claims', 'waiting', 'receipts', 'keys', 'subscriptions', 'fence'];

function stateOf(world: World): object {
  const records = [...world.records].filter(([path]) => made.includes(path.split('/', 1)[0] as string));
  const letters = [...world.records].filter(([, record]) => record.kind === 'message' && record.purpose === 'message');
  const notices = Object.fromEntries(names.map((name) => [name, world.notices(name).sort()]));
  return { records: Object.fromEntries([...records, ...letters].sort()), notices };
}

test('on a base that nobody moved, each commit comes out as it was', () => {
  fc.assert(
    fc.property(walk, walk, (before, steps) => {
      const authority = begun(before);
      const clone = cloneOf(authority);
      for (const each of steps) {
        const count = clone.commits.length;
        run(clone, each);
        authority.nowMs = clone.nowMs;
        arrive(authority, clone.commits.slice(count));
      }
      expect(stateOf(authority)).toEqual(stateOf(clone));
    }),
    { numRuns: 200 },
  );
});

test('whatever two clones did, no two claims exclude each other, no message is lost, and nothing is written twice', () => {
  fc.assert(
    fc.property(walk, walk, walk, fc.array(fc.boolean(), { maxLength: 40 }), (before, some, others, turns) => {
      const authority = begun(before);
      const clones: [Clone, Clone] = [cloneOf(authority), cloneOf(authority)];
      for (const each of some) run(clones[0], each);
      for (const each of others) run(clones[1], each);
      authority.nowMs = Math.max(clones[0].nowMs, clones[1].nowMs);
      const left = [[...clones[0].commits], [...clones[1].commits]] as [Past[], Past[]];
      const arrived: Past[] = [];
      const merge = [...turns, ...left[0].map(() => false), ...left[1].map(() => true)];
      for (const isSecond of merge) {
        const past = left[isSecond ? 1 : 0].shift();
        if (past === undefined) continue;
        const counter = counterOf(authority);
        arrive(authority, [past]);
        arrived.push(past);
        expect(excluding(authority.claims())).toEqual([]);
        expect(counterOf(authority)).toBeGreaterThanOrEqual(counter);
        settled(authority);
        const [again] = arrive(authority, [past]);
        expect(again?.edits, `${past.op} a second time`).toEqual([]);
      }
      expect(written(arrived).filter((id) => authority.message(id) === undefined)).toEqual([]);
      expect(new Set(authority.claims().map(({ token }) => token)).size).toBe(authority.claims().length);
    }),
    { numRuns: 200 },
  );
});

/** The queue moves as far as it can, as it does with whatever comes next. */
function settled(world: World): void {
  world.decide('nobody', (draft, context) => {
    settle(draft, context);
    return { ok: true, result: undefined, headline: { op: 'settle', subject: '', ids: [] } };
  });
}

function counterOf(world: World): number {
  const fence = world.records.get('fence');
  return fence?.kind === 'fence' ? fence.counter : 0;
}
