import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HeldPath } from '../../../src/domain/claim/verdict.ts';
import { editStep } from '../../../src/domain/guard/edit.ts';
import { defaultGuardPolicy, type Strictness } from '../../../src/domain/guard/policy.ts';
import { instantOf } from '../../../src/domain/time.ts';

const nowMs = Date.parse('2026-03-01T09:00:00.000Z');
const world = { nowMs, ignoreCase: false, isFolder: () => false };
const self = { uid: 'u1', name: 'ada' };
const leaseSeconds = 1800;

function held(part: Partial<HeldPath> & { leftMs?: number }): HeldPath {
  const { leftMs = leaseSeconds * 1000, ...rest } = part;
  const expires = instantOf(nowMs + leftMs);
  return {
    id: 'c1',
    agent: 'bob',
    uid: 'u2',
    pattern: 'a.ts',
    isFile: false,
    mode: 'exclusive',
    why: null,
    branch: null,
    expires,
    ...rest,
  };
}

function step(paths: readonly string[], claims: readonly HeldPath[], policy = {}) {
  return editStep({ paths, held: claims, self, policy: { ...defaultGuardPolicy, ...policy }, leaseSeconds }, world);
}

describe('an edit', () => {
  test('of a free file claims it', () => {
    expect(step(['a.ts'], [])).toEqual({ step: 'claim', paths: ['a.ts'] });
  });

  test('of a free file is left alone where the policy claims nothing by itself', () => {
    expect(step(['a.ts'], [], { autoClaim: false })).toEqual({ step: 'nothing' });
  });

  test('of an own file is left alone in the first half of its lease, and renews it in the second', () => {
    const own = { agent: 'ada', uid: 'u1' };
    expect(step(['a.ts'], [held(own)])).toEqual({ step: 'nothing' });
    expect(step(['a.ts'], [held({ ...own, leftMs: 899_000 })])).toEqual({ step: 'renew' });
  });

  test('of an own file whose lease others know to be over claims nothing anew, and is told of', () => {
    const asked = { paths: ['a.ts'], self, policy: defaultGuardPolicy, leaseSeconds };
    const own = held({ agent: 'ada', uid: 'u1' });
    const over = { ...world, ownEndMs: () => nowMs };
    expect(editStep({ ...asked, held: [own] }, over)).toEqual({ step: 'unsure', ids: ['c1'] });
    expect(editStep({ ...asked, held: [own] }, { ...world, ownEndMs: () => nowMs + 1 })).toEqual({ step: 'nothing' });
    const both = { ...asked, paths: ['a.ts', 'b.ts'], held: [own] };
    expect(editStep(both, over)).toEqual({ step: 'claim', paths: ['b.ts'] });
  });

  test('of two files, one of which is free, claims that one alone', () => {
    expect(step(['a.ts', 'b.ts'], [held({ agent: 'ada', uid: 'u1' })])).toEqual({ step: 'claim', paths: ['b.ts'] });
  });

  test('of what somebody held until just now is free', () => {
    expect(step(['a.ts'], [held({ leftMs: 0 })])).toEqual({ step: 'claim', paths: ['a.ts'] });
  });

  test.each<Strictness>(['refuse', 'warn', 'ask'])('of what another holds is met as the policy says: %s', (edits) => {
    expect(step(['a.ts'], [held({})], { edits })).toMatchObject({ step: edits, rivals: [{ agent: 'bob' }] });
  });

  test('of what another holds is claimed by nobody where guards are off', () => {
    expect(step(['a.ts'], [held({})], { edits: 'off' })).toEqual({ step: 'nothing' });
  });
});

test('one path that another holds stops the whole edit, whatever else is in it', () => {
  const name = fc.constantFrom('a.ts', 'b.ts', 'c.ts', 'd.ts');
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1 }), fc.uniqueArray(name), (paths, taken) => {
      const claims = taken.map((pattern, n) => held({ id: `c${n}`, pattern }));
      const met = paths.filter((path) => taken.includes(path));
      const result = step(paths, claims);
      if (met.length === 0) expect(result).toEqual({ step: 'claim', paths });
      else
        expect(result.step === 'refuse' && result.rivals.flatMap(({ overlap }) => overlap).sort()).toEqual(met.sort());
    }),
  );
});
