import { expect, test } from 'vitest';
import { runGitHook } from '../../src/hooks/command.ts';
import type { GitHookSurface } from '../../src/hooks/world.ts';

function surface(changes: Partial<GitHookSurface>): { surface: GitHookSurface; told: string[] } {
  const told: string[] = [];
  const plain: GitHookSurface = {
    env: {},
    tell: (text) => told.push(text),
    readStdin: () => '',
    open: () => Promise.resolve(undefined),
    isStrict: () => false,
    deadlineMs: 60_000,
  };
  return { surface: { ...plain, ...changes }, told };
}

test('INTERCOM_SKIP=1 looks at nothing', async () => {
  const open = () => Promise.reject(new Error('opened'));
  const { surface: skipping, told } = surface({ env: { INTERCOM_SKIP: '1' }, open });
  expect(await runGitHook('pre-commit', [], skipping)).toEqual({ code: 0, isLate: false });
  expect(told).toEqual([]);
});

test.each([
  ['pre-commit', new Error('disk\nfull'), 'git intercom: pre-commit looked at nothing, and git goes on: disk full'],
  ['pre-commit', 'thrown', 'git intercom: pre-commit looked at nothing, and git goes on: thrown'],
  ['toString', undefined, 'git intercom: toString looked at nothing, and git goes on: there is no hook "toString"'],
])('%s that fails is one line, and git goes on', async (name, reason, line) => {
  const { surface: failing, told } = surface({ open: () => Promise.reject(reason) });
  expect(await runGitHook(name, [], failing)).toEqual({ code: 0, isLate: false });
  expect(told).toEqual([line]);
});

test.each([
  ['pre-commit', 1],
  ['pre-push', 1],
  ['commit-msg', 0],
])('%s that fails ends with %i where the policy lets nothing through', async (name, code) => {
  const { surface: failing } = surface({ open: () => Promise.reject(new Error('disk full')), isStrict: () => true });
  expect(await runGitHook(name, [], failing)).toEqual({ code, isLate: false });
});

test('one that takes too long gives way', async () => {
  const { surface: stuck, told } = surface({ open: () => new Promise(() => {}), deadlineMs: 20 });
  expect(await runGitHook('pre-push', [], stuck)).toEqual({ code: 0, isLate: true });
  expect(told).toEqual(['git intercom: pre-push looked at nothing, and git goes on: it took longer than 0.02s']);
});
