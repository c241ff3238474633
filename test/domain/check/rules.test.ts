import { describe, expect, test } from 'vitest';
import { branchOver } from '../../../src/domain/check/branch-over.ts';
import { claimedByOther } from '../../../src/domain/check/claimed-by-other.ts';
import { claimsOverlap } from '../../../src/domain/check/claims-overlap.ts';
import { holderGone } from '../../../src/domain/check/holder-gone.ts';
import { leaseOver } from '../../../src/domain/check/lease-over.ts';
import { tooOld } from '../../../src/domain/check/too-old.ts';
import { unreadableRecord } from '../../../src/domain/check/unreadable-record.ts';
import { unseenSentences } from '../../../src/domain/check/unseen.ts';
import { nowMs, seen, seenClaim } from './model.ts';

describe('a lease', () => {
  test.each([
    [20, undefined],
    [-1, undefined],
    [-1.999, undefined],
    [-2, 'The lease of ada on src/auth.ts ended 2m ago.'],
    [-90, 'The lease of ada on src/auth.ts ended 1h 30m ago.'],
  ])('of another machine that ends in %s minutes, with clocks two minutes apart: %s', (expires, what) => {
    expect(leaseOver(seenClaim({ expires }), seen())?.what).toBe(what);
  });

  test('of this machine is over when its time is, for the clock is the same', () => {
    const here = (expires: number) => leaseOver(seenClaim({ expires, host: 'here' }), seen())?.rule;
    expect([here(0.001), here(0)]).toEqual([undefined, 'lease-over']);
  });

  test('of an instant that is none is never over', () => {
    const odd = seenClaim();
    expect(leaseOver({ ...odd, claim: { ...odd.claim, expires: '2026-99-99T00:00:00Z' } }, seen())).toBeUndefined();
  });
});

test.each([
  [{ state: 'alive' } as const, undefined],
  [{ state: 'unknown' } as const, undefined],
  [
    { state: 'dead', pid: 42, leftChanges: false } as const,
    'ada, who claims src/auth.ts, is gone: its process 42 has ended.',
  ],
  [
    { state: 'dead', pid: 42, leftChanges: true } as const,
    'ada, who claims src/auth.ts, is gone: its process 42 has ended and left changes in /w/a that nobody committed.',
  ],
  [{ state: 'left', atMs: nowMs - 3_600_000 } as const, 'ada left 1h ago and still claims src/auth.ts.'],
])('of a holder who is %o it says: %s', (holder, what) => {
  expect(holderGone(seenClaim({ holder, worktree: '/w/a' }), seen())?.what).toBe(what);
});

test.each([
  ['live', 'feature/a', undefined],
  ['unknown', 'feature/a', undefined],
  ['merged', undefined, undefined],
  ['merged', 'feature/a', 'ada still claims src/auth.ts for the branch feature/a, which is merged.'],
  ['deleted', 'feature/a', 'ada still claims src/auth.ts for the branch feature/a, which is deleted.'],
] as const)('of a branch that is %s (%s) it says: %s', (state, branch, what) => {
  expect(branchOver(seenClaim({ state, branch }))?.what).toBe(what);
});

test.each([
  [-10, undefined, undefined],
  [-10, 600, undefined],
  [-11, 600, 'ada has claimed src/auth.ts for 11m, and 10m is allowed.'],
])('of a claim made in %s minutes, where %s seconds are allowed, it says: %s', (since, maxAgeSeconds, what) => {
  expect(tooOld(seenClaim({ since }), seen({ maxAgeSeconds }))?.what).toBe(what);
});

describe('claims that overlap', () => {
  const pair = (...fields: Parameters<typeof seenClaim>[0][]) =>
    claimsOverlap(seen({ claims: fields.map((each, n) => seenClaim({ id: `c${n}`, since: n - 10, ...each })) }));

  test('are told once, with all who hold the path', () => {
    const found = pair({ agent: 'ada' }, { agent: 'bob', paths: ['src/**'] }, { agent: 'carl', paths: ['src/*.ts'] });
    expect(found.map(({ id, what, paths }) => ({ id, what, paths }))).toEqual([
      { id: 'c1', what: 'bob (c1) and ada (c0) both hold src/auth.ts exclusively.', paths: ['src/auth.ts'] },
      {
        id: 'c2',
        what: 'carl (c2), ada (c0) and bob (c1) all hold src/auth.ts and src/*.ts exclusively.',
        paths: ['src/auth.ts', 'src/*.ts'],
      },
    ]);
  });

  test.each([
    ['of one agent', { agent: 'ada' }],
    ['that are shared', { agent: 'bob', mode: 'shared' as const }],
    ['whose lease is over', { agent: 'bob', expires: -5 }],
    ['on other paths', { agent: 'bob', paths: ['src/auth.tsx'] }],
    ['below a file, which were granted', { agent: 'bob', paths: ['src/auth.ts/in.ts'] }],
  ])('are not those %s', (_which, fields) => {
    expect(pair({ agent: 'ada', files: ['src/auth.ts'] }, fields)).toEqual([]);
  });
});

test('many changed files are summed up in the sentence and listed in the finding', () => {
  const files = ['src/1.ts', 'src/2.ts', 'src/3.ts', 'src/4.ts', 'src/5.ts'];
  const [found] = claimedByOther(
    seen({ claims: [seenClaim({ paths: ['src'] })], range: { paths: files, makers: [], branches: [], commits: [] } }),
  );
  expect(found?.what).toBe(
    'src/1.ts, src/2.ts, src/3.ts and 2 more are changed here, and ada claims them for 20m more.',
  );
  expect(found?.paths).toEqual(files);
});

describe('of agents on one branch, a claim of another is told', () => {
  const branch = 'feature/login';
  const madeAt = (minutes: number, claims: readonly string[], paths = ['src/auth.ts']) =>
    ({ oid: `${'a'.repeat(12)}${'0'.repeat(28)}`, atMs: nowMs + minutes * 60_000, claims, paths }) as const;
  const found = (...commits: ReturnType<typeof madeAt>[]) =>
    claimedByOther(
      seen({
        claims: [seenClaim({ id: 'c1', agent: 'ada', branch, since: -10 })],
        range: { paths: ['src/auth.ts', 'src/cart.ts'], makers: ['Team', 'ada'], branches: [branch], commits },
      }),
    ).map(({ what }) => what);

  test('by a commit that was made under another claim alone while it was there', () => {
    expect(found(madeAt(-5, ['c2']))).toEqual([
      'src/auth.ts is changed here, and ada claims it on feature/login for 20m more; the commit aaaaaaaaaaaa was made under another claim.',
    ]);
  });

  test.each([
    ['names none', []],
    ['names it', [madeAt(-5, ['c2', 'c1'])]],
    ['is followed by one that names it', [madeAt(-5, ['c2']), madeAt(-4, ['c1'])]],
    ['was made before the claim', [madeAt(-15, ['c2'])]],
    ['was made at a time that two clocks may differ by', [madeAt(-9, ['c2'])]],
    ['changes other paths', [madeAt(-5, ['c2'], ['src/cart.ts'])]],
  ])('not where the commit %s', (_which, commits) => {
    expect(found(...commits)).toEqual([]);
  });
});

test('a commit that names the claim is its holder’s, whatever the branch and the author are', () => {
  const commit = { oid: 'a'.repeat(40), atMs: nowMs, claims: ['c1'], paths: ['src/auth.ts'] };
  const range = { paths: ['src/auth.ts', 'src/cart.ts'], makers: ['Team'], branches: [], commits: [commit] };
  const claims = [seenClaim({ id: 'c1', paths: ['src'], branch: 'feature/login' })];
  expect(claimedByOther(seen({ claims, range }))).toMatchObject([{ paths: ['src/cart.ts'] }]);
});

test('a record that cannot be read holds paths only if it is a claim', () => {
  const about = (path: string) =>
    unreadableRecord({
      record: { kind: 'unreadable', id: 'x1', reason: 'v: must be 1.\u001b[31m', paths: ['**'] },
      path,
      file: `.intercom/${path}.yaml`,
    });
  expect(about('claims/x1')).toMatchObject({
    what: 'The record claims/x1 cannot be read (v: must be 1), and it goes on holding **.',
    paths: ['**'],
    agent: null,
    record: '.intercom/claims/x1.yaml',
  });
  expect(about('inbox/ada/x1')).toMatchObject({
    what: 'The record inbox/ada/x1 cannot be read (v: must be 1).',
    paths: [],
  });
});

test('what was seen needs no sentence, and each thing unseen gets one', () => {
  expect(unseenSentences({})).toEqual([]);
  expect(unseenSentences({ isBaseMissing: false, revisions: [], holders: [], absentBranches: [] })).toEqual([]);
  expect(
    unseenSentences({
      branch: 'intercom',
      isBaseMissing: true,
      revisions: ['a\u001bb'],
      cutRange: ['main', 'HEAD'],
      holders: ['ada', 'bob', 'carl', 'dora'],
      absentBranches: ['feature/a', 'feature/b'],
      uncertainBranches: ['feature/c'],
    }),
  ).toEqual([
    'No claims were looked at: there is no branch intercom here. Where the team has one, run git fetch --depth 1 origin intercom first.',
    'No range was looked at: --head was given without --base.',
    'The range was not looked at: a b is not in this checkout. Fetch it, or check the name.',
    'The history between main and HEAD is cut short in this checkout, so everything in which the two differ counted as changed.',
    'Whether ada, bob, carl and 1 more still run cannot be seen from this machine; the lease is all there is to judge by.',
    'Whether feature/a and feature/b are merged or deleted cannot be seen: this checkout does not have those branches.',
    'Whether feature/c is merged cannot be seen: the history of the main branch is not here, or git cannot read it.',
  ]);
});
