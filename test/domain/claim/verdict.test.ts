import { describe, expect, test } from 'vitest';
import { type HeldPath, verdictOn } from '../../../src/domain/claim/verdict.ts';

const nowMs = Date.parse('2026-03-01T09:00:00.000Z');
const world = { nowMs, ignoreCase: false, isFolder: (path: string) => path === 'src' || path === '.' };
const self = { uid: 'uid-ada', name: 'ada' };

function held(parts: Partial<HeldPath>): HeldPath {
  return {
    id: 'c',
    agent: 'bob',
    uid: 'uid-bob',
    pattern: 'src',
    isFile: false,
    mode: 'exclusive',
    expires: '2026-03-01T09:10:00.000Z',
    why: null,
    branch: null,
    ...parts,
  };
}

const ours = { id: 'o', agent: 'ada', uid: 'uid-ada' };

function verdict(paths: string[], claims: HeldPath[], by: { uid: string | undefined; name: string } = self) {
  return verdictOn(paths, claims, by, world).verdict;
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

test('below a claimed file nothing is held, as claims are decided', () => {
  const claims = [held({ pattern: 'src/a.ts', isFile: true })];
  expect(verdict(['src/a.ts/in.ts'], claims)).toBe('free');
  expect(verdict(['src/a.ts'], claims)).toBe('conflict');
  expect(verdict(['src'], claims)).toBe('conflict');
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
  const { rivals } = verdictOn(['src/a.ts', 'src/b.md'], claims, self, world);
  expect(rivals.map(({ id, paths, overlap }) => ({ id, paths, overlap }))).toEqual([
    { id: 'a', paths: ['src'], overlap: ['src/a.ts', 'src/b.md'] },
    { id: 'c', paths: ['**/*.ts', 'src'], overlap: ['src/a.ts', 'src/b.md'] },
  ]);
  expect(rivals[0]).not.toHaveProperty('pattern');
});

test('case is ignored where the repository ignores it', () => {
  const claims = [held({ pattern: 'SRC' })];
  expect(verdictOn(['src/a.ts'], claims, self, { ...world, ignoreCase: true }).verdict).toBe('conflict');
  expect(verdict(['src/a.ts'], claims)).toBe('free');
});

describe('a folder is', () => {
  test.each<[string, string, HeldPath[]]>([
    ['conflict', 'src', [held({ pattern: 'src/a.ts' })]],
    ['conflict', 'src', [held({ pattern: '**/*.md' })]],
    ['conflict', 'src', [held({ ...ours }), held({ pattern: 'src/a.ts', mode: 'shared' })]],
    ['conflict', 'lib/', [held({ pattern: 'lib/a.ts' })]],
    ['conflict', '.', [held({ pattern: 'lib/a.ts' })]],
    ['free', 'src', [held({ pattern: 'lib/a.ts' })]],
    ['free', 'src', [held({ pattern: 'src/a.ts', expires: '2026-03-01T09:00:00.000Z' })]],
    ['free', 'src', [held({ ...ours, pattern: 'src/a.ts' })]],
    ['free', 'src', [held({ pattern: 'port:5432' })]],
    ['free', 'lib', [held({ pattern: 'lib/a.ts' })]],
    ['ours', 'src', [held({ ...ours }), held({ ...ours, pattern: 'src/a.ts' })]],
  ])('%s: %s beside %j', (expected, path, claims) => {
    expect(verdict([path], claims)).toBe(expected);
  });
});

test('of a folder the part that a rival holds is named', () => {
  const claims = [held({ pattern: 'src/a.ts' }), held({ pattern: 'src' }), held({ pattern: 'lib' })];
  const [rival] = verdictOn(['src'], claims, self, world).rivals;
  expect(rival?.overlap).toEqual(['src', 'src/a.ts']);
});

test('nobody is asked whether a path is a folder unless a claim lies below it', () => {
  const claims = [held({ pattern: 'src/a.ts' }), held({ pattern: 'lib/b.ts' }), held(ours)];
  const isFolder = () => {
    throw new Error('the disk was asked');
  };
  expect(verdictOn(['src/a.ts'], claims, self, { ...world, isFolder }).verdict).toBe('conflict');
});
