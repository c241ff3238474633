/** `check` on claims whose branch is merged or deleted, or only looks so. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimRecord, Scene } from './scene.ts';

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.remove());

/** A branch in a linked work tree, with a claim that was made on it. */
function branchOff(branch: string): string {
  const cwd = scene.path(branch.replace('/', '-'));
  scene.git(['worktree', 'add', '--quiet', cwd, '-b', branch]);
  scene.claim('bold-fox', ['src/auth.ts'], { cwd, minutes: 1 });
  return cwd;
}

test.each([
  ['by a merge', '--no-ff'],
  ['by fast-forward', '--ff-only'],
])('a branch that was merged %s after the claim was made is a finding', (_how, option) => {
  const cwd = branchOff('feature/login');
  scene.commit('Split login', { 'src/auth.ts': 'x' }, { cwd, minutes: 2 });
  expect(scene.rules([], { minutes: 3 })).toEqual([]);
  scene.git(['merge', '--quiet', option, 'feature/login'], { minutes: 3 });
  const { findings } = scene.check([], { minutes: 4 });
  expect(findings.map(({ rule, what }) => [rule, what])).toEqual([
    ['branch-merged', 'bold-fox still claims src/auth.ts for the branch feature/login, which is merged.'],
  ]);
});

test('a branch without commits of its own is not merged because main went on', () => {
  branchOff('feature/login');
  scene.commit('Elsewhere', { 'docs/a.md': 'x' }, { minutes: 2 });
  scene.commit('And on', { 'docs/a.md': 'y' }, { minutes: 3 });
  expect(scene.check([], { minutes: 4 })).toMatchObject({ findings: [], unseen: [] });
});

test('a branch that only followed main is not merged', () => {
  const cwd = branchOff('feature/login');
  scene.commit('Elsewhere', { 'docs/a.md': 'x' }, { minutes: 2 });
  scene.git(['merge', '--quiet', '--ff-only', 'main'], { cwd, minutes: 3 });
  scene.commit('And on', { 'docs/a.md': 'y' }, { minutes: 4 });
  expect(scene.rules([], { minutes: 5 })).toEqual([]);
});

test('a branch that was merged before the claim was made is worked on again', () => {
  scene.git(['checkout', '--quiet', '-b', 'develop']);
  scene.commit('First', { 'src/a.ts': 'x' }, { minutes: 1 });
  scene.git(['checkout', '--quiet', 'main']);
  scene.git(['merge', '--quiet', '--no-ff', 'develop'], { minutes: 2 });
  scene.git(['checkout', '--quiet', 'develop']);
  scene.claim('ada', ['src/a.ts'], { minutes: 5 });
  expect(scene.rules([], { minutes: 6 })).toEqual([]);
});

test('a branch that was merged by fast-forward before the claim was made, and then followed main, is worked on again', () => {
  scene.git(['checkout', '--quiet', '-b', 'develop']);
  scene.commit('First', { 'src/a.ts': 'x' }, { minutes: 1 });
  const mergeInto = (branch: string, other: string, minutes: number) => {
    scene.git(['checkout', '--quiet', branch]);
    scene.git(['merge', '--quiet', '--ff-only', other], { minutes });
  };
  mergeInto('main', 'develop', 2);
  scene.git(['checkout', '--quiet', 'develop']);
  scene.claim('ada', ['src/a.ts'], { minutes: 5 });
  scene.git(['checkout', '--quiet', 'main']);
  scene.commit('Elsewhere', { 'docs/a.md': 'x' }, { minutes: 6 });
  mergeInto('develop', 'main', 7);
  scene.git(['checkout', '--quiet', 'main']);
  scene.commit('And on', { 'docs/a.md': 'y' }, { minutes: 8 });
  expect(scene.rules([], { minutes: 9 })).toEqual([]);
});

test('a branch that is the main branch is never merged', () => {
  scene.claim('ada', ['src/a.ts']);
  scene.commit('On main', { 'src/a.ts': 'x' }, { minutes: 1 });
  expect(scene.check([], { minutes: 2 })).toMatchObject({ findings: [], unseen: [] });
});

test.each([
  ['and its work tree too', true],
  ['and its work tree is left', false],
])('a branch that was deleted, %s, is a finding', (_how, isRemoved) => {
  const cwd = branchOff('feature/login');
  if (isRemoved) scene.git(['worktree', 'remove', cwd]);
  else scene.git(['checkout', '--quiet', '--detach'], { cwd });
  scene.git(['branch', '--quiet', '-D', 'feature/login']);
  const { findings } = scene.check([], { minutes: 2 });
  expect(findings.map(({ rule, what }) => [rule, what])).toEqual([
    ['branch-deleted', 'bold-fox still claims src/auth.ts for the branch feature/login, which is deleted.'],
  ]);
});

test('a branch that is not here is not deleted if the claim was made on another machine, whatever the work tree was', () => {
  scene.claim('ada', ['docs']);
  const fields = { id: 'b2', agent: 'bob', host: 'elsewhere', branch: 'unpushed', worktree: scene.dir };
  scene.writeRecords({ 'claims/b2.yaml': claimRecord(fields) });
  const { findings, unseen } = scene.check();
  expect(findings).toEqual([]);
  expect(unseen).toHaveLength(2);
});

test('a branch that has no commit yet is not deleted', () => {
  scene.git(['checkout', '--quiet', '--orphan', 'fresh']);
  scene.claim('ada', ['src/a.ts']);
  expect(scene.check()).toMatchObject({ findings: [], unseen: [] });
});
