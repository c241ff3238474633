import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameFrom } from '../../../src/domain/agent/name.ts';
import { claimedByOther } from '../../../src/domain/check/claimed-by-other.ts';
import { claimsOverlap } from '../../../src/domain/check/claims-overlap.ts';
import { checkRules, gravities } from '../../../src/domain/check/finding.ts';
import { judge } from '../../../src/domain/check/judge.ts';
import { isLeaseOver } from '../../../src/domain/check/lease-over.ts';
import type { SeenClaim } from '../../../src/domain/check/seen.ts';
import { escapePath } from '../../../src/domain/pattern/escape.ts';
import { matches } from '../../../src/domain/pattern/match.ts';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import { parsePattern } from '../../../src/domain/pattern/parse.ts';
import { anything } from './model.ts';

const runs = { numRuns: 1000 };
const told = { failOn: 'stale', unseen: [], counts: { claims: 0, records: 0 } } as const;

test('each cause is told once for each claim, under its own gravity', () => {
  fc.assert(
    fc.property(anything, (seen) => {
      const { findings } = judge(seen, told);
      const keys = findings.map(({ rule, record }) => `${rule} ${record}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { rule, gravity } of findings) expect(gravity).toBe(checkRules[rule].gravity);
    }),
    runs,
  );
});

test('the order is by gravity and then by age, whatever the order of the records was', () => {
  fc.assert(
    fc.property(
      anything.chain((seen) =>
        fc.tuple(
          fc.constant(seen),
          fc.shuffledSubarray([...seen.claims], { minLength: seen.claims.length }),
          fc.shuffledSubarray([...seen.unreadable], { minLength: seen.unreadable.length }),
        ),
      ),
      ([seen, claims, unreadable]) => {
        const { findings } = judge(seen, told);
        expect(judge({ ...seen, claims, unreadable }, told).findings).toEqual(findings);
        const sinceOf = (record: string) => seen.claims.find(({ file }) => file === record)?.claim.since ?? '';
        for (const [n, later] of findings.entries()) {
          const before = findings[n - 1];
          if (before === undefined) continue;
          const step = gravities.indexOf(before.gravity) - gravities.indexOf(later.gravity);
          expect(step).toBeGreaterThanOrEqual(0);
          if (step === 0) expect(sinceOf(before.record) <= sinceOf(later.record)).toBe(true);
        }
      },
    ),
    runs,
  );
});

test('it is ok when nothing is as grave as what it fails on', () => {
  fc.assert(
    fc.property(anything, (seen) => {
      for (const [n, failOn] of gravities.entries()) {
        const { ok, findings } = judge(seen, { ...told, failOn });
        expect(ok).toBe(findings.every(({ gravity }) => gravities.indexOf(gravity) < n));
      }
      expect(judge(seen, { ...told, failOn: 'never' }).ok).toBe(true);
    }),
    runs,
  );
});

test('whatever stands in a record, its sentences are lines that can be printed', () => {
  fc.assert(
    fc.property(anything, (seen) => {
      for (const { what, next } of judge(seen, told).findings) {
        for (const sentence of [what, next]) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
          expect(sentence).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
          expect(sentence).toMatch(/^\S.*\.$/su);
          expect(sentence.length).toBeLessThan(1500);
        }
      }
    }),
    runs,
  );
});

/** A path that is no pattern holds everything. */
const holds = ({ claim }: SeenClaim, path: string, ignoreCase: boolean) =>
  claim.paths.some((text) => {
    const parsed = parsePattern(text, { ignoreCase });
    return !parsed.ok || matches(parsed.pattern, path);
  });

test('the claims of others that a range touches are those that one would find one by one', () => {
  fc.assert(
    fc.property(anything, (seen) => {
      const { paths = [], makers = [], branches = [], commits = [] } = seen.range ?? {};
      const isOwn = ({ claim }: SeenClaim, path: string) => {
        const there = commits.filter((commit) => commit.paths.includes(path));
        if (there.some((commit) => commit.claims.includes(claim.id))) return true;
        const fromMs = Date.parse(claim.since) + seen.clockDriftSeconds * 1000;
        if (there.some((commit) => commit.atMs > fromMs)) return false;
        if (branches.includes(claim.branch ?? '')) return true;
        return makers.some((maker) => maker === claim.agent || nameFrom(maker) === nameFrom(claim.agent));
      };
      const live = seen.claims.filter(({ claim }) => !isLeaseOver(claim, seen));
      const expected = live.flatMap((each) => {
        const touched = paths.filter(
          (path) =>
            !isOwn(each, path) &&
            holds(each, path, seen.ignoreCase) &&
            !(
              each.claim.mode === 'shared' &&
              live.some((own) => isOwn(own, path) && own.claim.mode === 'shared' && holds(own, path, seen.ignoreCase))
            ),
        );
        return touched.length === 0 ? [] : [[each.claim.id, touched.map(escapePath)]];
      });
      const found = claimedByOther(seen).map(({ id, paths }) => [id, paths]);
      expect(found.sort()).toEqual(expected.sort());
    }),
    runs,
  );
});

test('overlapping claims are found as one would find them pair by pair, at the later of the two', () => {
  fc.assert(
    fc.property(anything, (seen) => {
      const parsed = (claim: SeenClaim) =>
        claim.claim.paths.flatMap((text) => {
          const pattern = parsePattern(text, seen);
          const all = parsePattern('**', seen);
          return pattern.ok ? [pattern.pattern] : all.ok ? [all.pattern] : [];
        });
      const live = seen.claims.filter(({ claim }) => claim.mode === 'exclusive' && !isLeaseOver(claim, seen));
      const isBefore = ({ claim: a }: SeenClaim, { claim: b }: SeenClaim) =>
        a.since < b.since || (a.since === b.since && a.id < b.id);
      const expected = live.filter((later) =>
        live.some(
          (earlier) =>
            isBefore(earlier, later) &&
            earlier.claim.uid !== later.claim.uid &&
            parsed(earlier).some((a) => parsed(later).some((b) => overlaps(a, b))),
        ),
      );
      const found = claimsOverlap(seen).map(({ id }) => id);
      expect(found.sort()).toEqual(expected.map(({ claim }) => claim.id).sort());
    }),
    runs,
  );
});
