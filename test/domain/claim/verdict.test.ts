import { describe, expect, test } from 'vitest';
import { type HeldPath, verdictOn } from '../../../src/domain/claim/verdict.ts';

const nowMs = Date.parse('2026-03-01T09:00:00.000Z');
const self = { uid: 'uid-ada', name: 'ada' };

function held(parts: Partial<HeldPath>): HeldPath {
  return {
    id: 'c',
    agent: 'bob',
    uid: 'uid-bob',
    pattern: 'src',
    mode: 'exclusive',
    expires: '2026-03-01T09:10:00.000Z',
    why: null,
    branch: null,
    ...parts,
  };
}

const ours = { id: 'o', agent: 'ada', uid: 'uid-ada' };

function verdict(paths: string[], claims: HeldPath[], by: { uid: string | undefined; name: string } = self) {
  return verdictOn(paths, claims, by, { nowMs, ignoreCase: false }).verdict;
}

describe('a path is', () => {
  test.each<[string, HeldPath[]]>([
    ['free', []],
    ['free', [held({ pattern: 'lib' })]],
    ['free', [held({ expires: '2026-03-01T09:00:00.000Z' })]],
    ['free', [held({ ...ours, expires: '2026-03-01T09:00:00.000Z' })]],
    ['free', [held({ pattern: 'port:5432' })]],
    ['ours', [held(ours)]],
    ['ours', [held({ ...ours, mode: 'shared' })]],
    ['ours', [held({ ...ours, mode: 'shared' }), held({ mode: 'shared' })]],
    ['conflict', [held({})]],
    ['conflict', [held({ mode: 'shared' })]],
    ['conflict', [held({ ...ours }), held({ mode: 'shared' })]],
    ['conflict', [held({ ...ours, mode: 'shared' }), held({})]],
    ['conflict', [held({ agent: 'unknown', uid: null, expires: null })]],
    ['conflict', [held({ pattern: '../no-pattern' })]],
    ['conflict', [held({ pattern: '**/*.ts' })]],
  ])('%s beside %j', (expected, claims) => {
    expect(verdict(['src/a.ts'], claims)).toBe(expected);
  });
});

test('paths are ours only together', () => {
  const claims = [held({ ...ours, pattern: 'src/a.ts' }), held({ pattern: 'lib' })];
  expect(verdict(['src/a.ts', 'docs/x'], claims)).toBe('free');
  expect(verdict(['src/a.ts', 'lib/x'], claims)).toBe('conflict');
  expect(verdict([], claims)).toBe('free');
});

test('without a uid the name tells whose a claim is; with one, the uid', () => {
  expect(verdict(['src/a.ts'], [held(ours)], { uid: undefined, name: 'ada' })).toBe('ours');
  expect(verdict(['src/a.ts'], [held({ ...ours, uid: 'earlier' })])).toBe('conflict');
  expect(verdict(['src/a.ts'], [held({ ...ours, agent: 'renamed' })])).toBe('ours');
});

test('each rival comes once, with those of its patterns that match and the paths they match', () => {
  const claims = [held({ pattern: 'src' }), held({ pattern: '**/*.ts' }), held({ pattern: 'lib' }), held({ id: 'a' })];
  const { rivals } = verdictOn(['src/a.ts', 'src/b.md'], claims, self, { nowMs, ignoreCase: false });
  expect(rivals.map(({ id, paths, overlap }) => ({ id, paths, overlap }))).toEqual([
    { id: 'a', paths: ['src'], overlap: ['src/a.ts', 'src/b.md'] },
    { id: 'c', paths: ['**/*.ts', 'src'], overlap: ['src/a.ts', 'src/b.md'] },
  ]);
  expect(rivals[0]).not.toHaveProperty('pattern');
});

test('case is ignored where the repository ignores it', () => {
  const claims = [held({ pattern: 'SRC' })];
  expect(verdictOn(['src/a.ts'], claims, self, { nowMs, ignoreCase: true }).verdict).toBe('conflict');
  expect(verdict(['src/a.ts'], claims)).toBe('free');
});
