/** What the rules may be given, at random and by hand. */
import fc from 'fast-check';
import type { Seen, SeenClaim } from '../../../src/domain/check/seen.ts';
import type { ClaimRecord } from '../../../src/domain/record/record.ts';
import { instantOf } from '../../../src/domain/time.ts';

export const nowMs = Date.UTC(2026, 5, 1, 12);
const minute = 60_000;

/** Minutes are before and after now. */
export function seenClaim({
  since = -10,
  expires = 20,
  holder = { state: 'unknown' },
  state = 'unknown',
  ...fields
}: Partial<Omit<ClaimRecord, 'since' | 'expires'>> & {
  since?: number;
  expires?: number;
  holder?: SeenClaim['holder'];
  state?: SeenClaim['branch'];
} = {}): SeenClaim {
  const { id = 'c1', agent = 'ada' } = fields;
  const claim: ClaimRecord = {
    v: 1,
    id,
    kind: 'claim',
    agent,
    at: instantOf(nowMs),
    uid: `u-${agent}`,
    paths: ['src/auth.ts'],
    mode: 'exclusive',
    host: 'elsewhere',
    since: instantOf(nowMs + since * minute),
    expires: instantOf(nowMs + expires * minute),
    leaseSeconds: 1800,
    token: '1.1',
    ...fields,
  };
  return { claim, file: `.intercom/claims/${id}.yaml`, holder, branch: state };
}

export function seen(fields: Partial<Seen> = {}): Seen {
  return {
    nowMs,
    host: 'here',
    clockDriftSeconds: 120,
    maxAgeSeconds: undefined,
    ignoreCase: false,
    claims: [],
    unreadable: [],
    range: undefined,
    ...fields,
  };
}

/** Few names, so that much meets. */
export const paths = ['a', 'b', 'a/x', 'a/y', 'b/x', 'a/x/1.ts', 'b/x/1.ts', 'A/x', 'port:1'] as const;
const patterns = [...paths, '**', 'a/*', '*/x', '**/1.ts', '{a,b}/x', '../up', './port:1'];
const names = ['ada', 'bob', 'Carl.X', 'carl-x'];
const branches = ['main', 'feature/a', 'feature/b'];
/** What somebody may write into a record, or name a file. */
const wild = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `x${text}`);

export const claims: fc.Arbitrary<SeenClaim[]> = fc
  .array(
    fc.record({
      agent: fc.constantFrom(...names),
      mode: fc.constantFrom('exclusive' as const, 'shared' as const),
      paths: fc.array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...patterns) }, wild), {
        minLength: 1,
        maxLength: 3,
      }),
      since: fc.integer({ min: -100, max: 0 }),
      expires: fc.integer({ min: -5, max: 30 }),
      why: fc.option(wild, { nil: undefined }),
      branch: fc.option(fc.oneof(fc.constantFrom(...branches), wild), { nil: undefined }),
      worktree: fc.option(wild, { nil: undefined }),
      state: fc.constantFrom('live' as const, 'merged' as const, 'deleted' as const, 'unknown' as const),
      holder: fc.oneof(
        fc.constantFrom({ state: 'alive' as const }, { state: 'unknown' as const }),
        fc.record({ state: fc.constant('dead' as const), pid: fc.nat(), leftChanges: fc.boolean() }),
        fc.record({ state: fc.constant('left' as const), atMs: fc.constant(nowMs - 5 * minute) }),
      ),
    }),
    { maxLength: 6 },
  )
  .map((all) => all.map((fields, n) => seenClaim({ ...fields, id: `c${n}` })));

export const anything: fc.Arbitrary<Seen> = fc.record({
  nowMs: fc.constant(nowMs),
  host: fc.constantFrom('here', 'elsewhere'),
  clockDriftSeconds: fc.constantFrom(0, 120),
  maxAgeSeconds: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
  ignoreCase: fc.boolean(),
  claims,
  unreadable: fc
    .array(fc.record({ folder: fc.constantFrom('claims', 'agents', 'rooms'), reason: wild, paths: fc.array(wild) }), {
      maxLength: 2,
    })
    .map((all) =>
      all.map(({ folder, reason, paths }, n) => ({
        record: { kind: 'unreadable' as const, id: `r${n}`, reason, paths },
        path: `${folder}/r${n}`,
        file: `.intercom/${folder}/r${n}.yaml`,
      })),
    ),
  range: fc.option(
    fc.record({
      paths: fc.uniqueArray(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...paths) }, wild), { maxLength: 5 }),
      makers: fc.array(fc.constantFrom(...names, 'Ada', 'Carl X', '日本'), { maxLength: 1 }),
      branches: fc.array(fc.constantFrom(...branches), { maxLength: 1 }),
      commits: fc.array(
        fc.record({
          oid: fc.constantFrom('1'.repeat(40), '2'.repeat(40)),
          atMs: fc.integer({ min: -100, max: 0 }).map((minutes) => nowMs + minutes * minute),
          claims: fc.array(fc.constantFrom('c0', 'c1', 'gone'), { minLength: 1, maxLength: 2 }),
          paths: fc.uniqueArray(fc.constantFrom(...paths), { maxLength: 3 }),
        }),
        { maxLength: 3 },
      ),
    }),
    { nil: undefined },
  ),
});
