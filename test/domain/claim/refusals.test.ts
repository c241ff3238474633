import { describe, expect, test } from 'vitest';
import type { Rival } from '../../../src/domain/claim/conflict.ts';
import { sentence } from '../../../src/domain/claim/refusals.ts';
import { refusal, World } from '../world.ts';
import { claim, grant, wait } from './acts.ts';

const nowMs = Date.parse('2026-03-01T09:00:00.000Z');
const rival: Rival = {
  id: 'c',
  agent: 'ada',
  uid: 'u',
  paths: ['src'],
  overlap: ['src/a.ts'],
  mode: 'exclusive',
  why: null,
  branch: null,
  expires: '2026-03-01T09:12:00.000Z',
  state: 'holds',
};

describe('a sentence about a rival', () => {
  test.each<[string, Partial<Rival>]>([
    ['src/a.ts is claimed by ada for 12m more', {}],
    ['src/a.ts is claimed by ada on feature for 12m more: split login', { branch: 'feature', why: 'split\nlogin' }],
    ['src/a.ts is claimed by ada, lapsed 1h ago', { expires: '2026-03-01T08:00:00.000Z' }],
    ['a, b and 1 more are claimed by ada for 12m more', { overlap: ['a', 'b', 'c'] }],
    ['ada on feature already waits for src/a.ts: tests', { state: 'waits', branch: 'feature', why: 'tests' }],
    ['src/a.ts is held by claim c, and it is broken', { state: 'unreadable', why: 'it is broken', expires: null }],
    ['src/a.ts is claimed by ada', { expires: null }],
  ])('%s', (text, parts) => {
    expect(sentence({ ...rival, ...parts }, { nowMs })).toBe(text);
  });
});

test('a refusal by several counts the others', () => {
  const world = new World();
  grant(world, 'ada', 'a');
  wait(world, 'bob', 'a');
  expect(refusal(claim(world, 'cy', 'a')).message).toContain('(and 1 more rival)');
  wait(world, 'dan', 'a');
  expect(refusal(claim(world, 'cy', 'a')).message).toContain('(and 2 more rivals)');
});

test('a refusal names commands that work', () => {
  const world = new World();
  grant(world, 'ada', 'src/**/*.ts');
  expect(refusal(claim(world, 'bob', ['src/*.ts', 'b'])).next).toBe(
    `Run git intercom claim 'src/*.ts' b --wait to stand in line, or git intercom send ada "…", or claim another path.`,
  );
});
