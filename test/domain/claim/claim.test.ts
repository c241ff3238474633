import { describe, expect, test } from 'vitest';
import { pathsPerClaimMax } from '../../../src/domain/limits.ts';
import { accepted, refusal, World } from '../world.ts';
import { claim, grant, granted, rehearseClaim, release, wait } from './acts.ts';

test('free paths are granted, with everything that others need to know', () => {
  const world = new World();
  world.actor('ada', { branch: 'feature', worktree: '/w/feature' });
  const held = grant(world, 'ada', ['src/auth.ts', 'src/db/'], { why: 'split  login\n', leaseSeconds: 600 });
  expect(world.claim(held.id)).toEqual({
    v: 1,
    id: held.id,
    kind: 'claim',
    agent: 'ada',
    at: '2026-03-01T09:00:00.000Z',
    uid: 'uid-ada',
    paths: ['src/auth.ts', 'src/db'],
    mode: 'exclusive',
    why: 'split login',
    branch: 'feature',
    worktree: '/w/feature',
    host: 'here',
    since: '2026-03-01T09:00:00.000Z',
    expires: '2026-03-01T09:10:00.000Z',
    leaseSeconds: 600,
    token: '1.1',
  });
});

test('the commit of a claim says who claims what, for how long and why', () => {
  const world = new World();
  const decision = claim(world, 'ada', ['a', 'b', 'c'], { mode: 'shared', leaseSeconds: 600, why: 'read it' });
  const headline = decision.ok ? decision.headline : undefined;
  expect(headline).toMatchObject({
    op: 'claim',
    subject: 'claim a, b and 1 more (ada, 10m, shared): read it',
    paths: ['a', 'b', 'c'],
  });
});

test('overlapping paths of another are refused with the rivals, and nothing is written', () => {
  const world = new World();
  world.actor('ada', { branch: 'feature' });
  const held = grant(world, 'ada', ['src/**/*.ts', 'docs'], { why: 'split login', leaseSeconds: 600 });
  const before = new Map(world.records);
  world.pass(60);
  const refused = refusal(claim(world, 'bob', ['lib', 'src/auth.ts']));
  expect(refused.code).toBe('claim-conflict');
  expect(refused.data).toEqual({
    rivals: [
      {
        id: held.id,
        agent: 'ada',
        uid: 'uid-ada',
        paths: ['src/**/*.ts', 'docs'],
        overlap: ['src/auth.ts'],
        mode: 'exclusive',
        why: 'split login',
        branch: 'feature',
        expires: held.expires,
        state: 'holds',
      },
    ],
  });
  expect(refused.message).toBe('src/auth.ts is claimed by ada on feature for 9m more: split login.');
  expect(refused.next).toContain('git intercom claim lib src/auth.ts --wait');
  expect(world.records).toEqual(before);
});

test('it is all or nothing: one taken path refuses the free ones too', () => {
  const world = new World();
  grant(world, 'ada', 'b');
  refusal(claim(world, 'bob', ['a', 'b', 'c']));
  expect(world.held()).toEqual(['ada: b']);
});

test('every rival is named, also a waiter and a record that cannot be read', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  wait(world, 'bob', ['a', 'b']);
  world.putFile('claims/damaged', { v: 1, id: 'damaged', kind: 'claim', paths: ['c'] });
  const { data } = refusal(claim(world, 'cy', ['a', 'b', 'c']));
  expect(data.rivals).toMatchObject([
    { agent: 'ada', state: 'holds', overlap: ['a'] },
    { agent: 'bob', state: 'waits', overlap: ['a', 'b'] },
    { agent: 'unknown', state: 'unreadable', uid: null, expires: null },
  ]);
});

describe.each([
  ['exclusive', 'exclusive', 'refused'],
  ['exclusive', 'shared', 'refused'],
  ['shared', 'exclusive', 'refused'],
  ['shared', 'shared', 'granted'],
] as const)('beside an %s claim', (held, wanted, verdict) => {
  test(`a ${wanted} one of another is ${verdict}`, () => {
    const world = new World();
    grant(world, 'ada', 'src', { mode: held });
    expect(claim(world, 'bob', 'src/a.ts', { mode: wanted }).ok).toBe(verdict === 'granted');
  });

  test(`a ${wanted} one of the same agent is granted`, () => {
    const world = new World();
    grant(world, 'ada', 'src', { mode: held });
    expect(claim(world, 'ada', 'src/a.ts', { mode: wanted }).ok).toBe(true);
  });
});

test('two names of one uid do not stand in each other’s way', () => {
  const world = new World();
  world.actor('ada', { uid: 'person' });
  world.actor('ada-laptop', { uid: 'person' });
  grant(world, 'ada', 'src');
  grant(world, 'ada-laptop', 'src');
});

describe('asking again for exactly what one holds', () => {
  test('renews it and keeps id, token and since', () => {
    const world = new World();
    const first = grant(world, 'ada', ['a', 'b']);
    world.pass(600);
    const second = grant(world, 'ada', ['b', 'a', 'a']);
    expect(second).toMatchObject({ id: first.id, token: first.token, since: first.since });
    expect(second.expires).toBe('2026-03-01T09:40:00.000Z');
    expect(world.claims()).toHaveLength(1);
  });

  test('is the same claim with and without the stars behind a folder, and so is a place in the queue', () => {
    const world = new World();
    const first = grant(world, 'ada', ['lib/**', 'a']);
    expect(grant(world, 'ada', ['a', 'lib'])).toMatchObject({ id: first.id, paths: ['a', 'lib'] });
    const place = wait(world, 'bob', 'lib');
    expect(wait(world, 'bob', 'lib/**')).toMatchObject({ id: place.id, ticket: place.ticket });
    expect(grant(world, 'cy', ['docs/', 'docs/**', 'docs']).paths).toEqual(['docs']);
  });

  test('keeps the reason and the length of the lease unless others are given', () => {
    const world = new World();
    grant(world, 'ada', 'a', { why: 'split login', leaseSeconds: 7200 });
    expect(grant(world, 'ada', 'a')).toMatchObject({ why: 'split login', leaseSeconds: 7200 });
    expect(grant(world, 'ada', 'a', { why: 'more', leaseSeconds: 60 })).toMatchObject({
      why: 'more',
      leaseSeconds: 60,
    });
  });

  test('is granted although another waits for it by now', () => {
    const world = new World();
    const { id } = grant(world, 'ada', 'a');
    wait(world, 'bob', 'a');
    expect(grant(world, 'ada', 'a').id).toBe(id);
  });

  test('does not renew a claim on more or fewer paths', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    grant(world, 'ada', ['a', 'b']);
    expect(world.held()).toEqual(['ada: a', 'ada: a, b']);
  });
});

describe('shared to exclusive', () => {
  test('is granted to the only holder, and binds the next one', () => {
    const world = new World();
    const shared = grant(world, 'ada', 'a', { mode: 'shared' });
    const exclusive = grant(world, 'ada', 'a');
    expect(exclusive.id).not.toBe(shared.id);
    refusal(claim(world, 'bob', 'a', { mode: 'shared' }));
  });

  test('is refused beside another who shares it', () => {
    const world = new World();
    grant(world, 'ada', 'a', { mode: 'shared' });
    grant(world, 'bob', 'a', { mode: 'shared' });
    const { data } = refusal(claim(world, 'ada', 'a'));
    expect(data.rivals).toMatchObject([{ agent: 'bob', mode: 'shared' }]);
  });
});

describe('virtual resources', () => {
  test('are claimed like paths', () => {
    const world = new World();
    grant(world, 'ada', ['port:5432', 'src']);
    expect(refusal(claim(world, 'bob', 'port:5432')).message).toContain('port:5432 is claimed by ada');
    grant(world, 'bob', 'port:5433');
  });

  test('stand in the way of no file, and no file in theirs', () => {
    const world = new World();
    grant(world, 'ada', '**');
    grant(world, 'bob', 'port:5432');
    refusal(claim(world, 'bob', './port:5432'));
  });
});

test('where the repository ignores case, so do claims', () => {
  const world = new World({ ignoreCase: true });
  grant(world, 'ada', 'Src/Auth.ts');
  refusal(claim(world, 'bob', 'src/auth.ts'));
});

test('a rehearsal answers the same, and changes nothing', () => {
  const world = new World();
  world.greet('ada', 'bob');
  const before = new Map(world.records);
  const rehearsed = granted(rehearseClaim(world, 'ada', 'a', { key: 'k' }));
  expect(world.records).toEqual(before);
  expect(granted(claim(world, 'ada', 'a', { key: 'k' }))).toEqual(rehearsed);
  const held = new Map(world.records);
  expect(rehearseClaim(world, 'bob', 'a')).toEqual(claim(world, 'bob', 'a'));
  accepted(rehearseClaim(world, 'bob', 'a', { waitSeconds: 60 }));
  expect(world.records).toEqual(held);
});

describe('bounds', () => {
  test('a claim names at least one path', () => {
    expect(refusal(claim(new World(), 'ada', [])).code).toBe('bad-pattern');
  });

  test('a claim names so many paths and no more', () => {
    const paths = Array.from({ length: pathsPerClaimMax }, (_, n) => `f${n}`);
    grant(new World(), 'ada', paths);
    expect(refusal(claim(new World(), 'ada', [...paths, 'one-more'])).code).toBe('too-many');
  });

  test('long paths are refused before their record gets too large to be read', () => {
    const paths = Array.from({ length: pathsPerClaimMax }, (_, n) => `${n}${'路'.repeat(1000)}`);
    expect(refusal(claim(new World(), 'ada', paths)).code).toBe('too-large');
    grant(new World(), 'ada', paths.slice(0, 10), { key: 'k' });
  });

  test.each(['', '..', '../x', 'http://x.org', 'a\u0007b', `${'x'.repeat(1025)}`])('%j is no pattern', (path) => {
    const refused = refusal(claim(new World(), 'ada', ['fine', path]));
    expect(refused.code).toBe('bad-pattern');
    expect(refused.message).not.toContain('\u0007');
  });

  test('a long reason is cut to what a record may hold, whatever it is written in', () => {
    const { why } = grant(new World(), 'ada', 'a', { why: '🔒'.repeat(900) });
    expect(why).toMatch(/^(🔒)+…$/u);
  });

  test('an empty reason is none', () => {
    expect(grant(new World(), 'ada', 'a', { why: ' \n ' }).why).toBeUndefined();
  });
});

test('release and claim again is a new claim with a larger token', () => {
  const world = new World();
  const first = grant(world, 'ada', 'a');
  accepted(release(world, 'ada', 'a'));
  const second = grant(world, 'ada', 'a');
  expect([first.token, second.token]).toEqual(['1.1', '1.2']);
  expect(second.id).not.toBe(first.id);
});

test.each(['a', 'a/**'])(
  'a file that is claimed again as the folder %s is refused where another holds what is below it',
  (again) => {
    const world = new World();
    const file = grant(world, 'ada', 'a', { files: ['a'] });
    const below = grant(world, 'bob', 'a/b');
    expect(refusal(claim(world, 'ada', again))).toMatchObject({
      code: 'claim-conflict',
      data: { rivals: [{ id: below.id }] },
    });
    expect(world.claim(file.id)?.files).toEqual(['a']);
    expect(grant(world, 'ada', 'a', { files: ['a'] }).id).toBe(file.id);
    accepted(release(world, 'bob', [below.id]));
    wait(world, 'bob', 'a');
    expect(grant(world, 'ada', again).id).toBe(file.id);
  },
);
