/** `check` on claims whose branch came into the main branch in another form than its own commits. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentOf, Scene } from './scene.ts';

let scene: Scene;
let cwd: string;

beforeEach(() => {
  scene = new Scene();
  scene.commit('Auth', { 'src/auth.ts': lines() });
  cwd = scene.path('login');
  scene.git(['worktree', 'add', '--quiet', cwd, '-b', 'login']);
  scene.claim('bold-fox', ['src'], { cwd, minutes: 1 });
});
afterEach(() => scene.remove());

/** A file of which some lines are changed. */
function lines(changes: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 30 }, (_, n) => `${changes[n] ?? `line ${n}`}\n`).join('');
}

function work(): void {
  scene.commit('Split login', { 'src/auth.ts': lines({ 3: 'split' }) }, { cwd, minutes: 2 });
  scene.commit('Test it', { 'src/auth.ts': lines({ 3: 'split', 4: 'tested' }), 'test.ts': 'x' }, { cwd, minutes: 3 });
}

/** Elsewhere in the same file. */
function mainGoesOn(minutes: number, changes: Readonly<Record<number, string>> = {}): void {
  scene.commit('Elsewhere', { 'src/auth.ts': lines({ ...changes, 25: 'else' }) }, { minutes });
}

function squash(minutes: number): void {
  scene.git(['merge', '--quiet', '--squash', 'login'], { minutes });
  scene.git(['commit', '--quiet', '-m', 'Login (#1)'], { minutes });
}

function rebase(minutes: number): void {
  scene.git(['cherry-pick', 'main..login'], { minutes });
}

const landed: readonly [string, () => void][] = [
  ['was squashed', () => squash(5)],
  [
    'came in as other commits',
    () => {
      scene.commit('All but the test', { 'src/auth.ts': lines({ 3: 'split', 4: 'tested' }) }, { minutes: 4 });
      scene.commit('The test', { 'test.ts': 'x' }, { minutes: 5 });
    },
  ],
  [
    'was squashed after main went on in the same file',
    () => {
      mainGoesOn(4);
      squash(5);
    },
  ],
  [
    'was squashed, and main went on with the same lines',
    () => {
      squash(5);
      scene.commit('On top', { 'src/auth.ts': lines({ 3: 'split again' }) }, { minutes: 6 });
    },
  ],
  [
    'was squashed after main went on close by',
    () => {
      scene.commit('Close by', { 'src/auth.ts': lines({ 6: 'else' }) }, { minutes: 4 });
      squash(5);
    },
  ],
  [
    'was squashed and then reverted',
    () => {
      squash(5);
      scene.git(['revert', '--no-edit', 'HEAD'], { minutes: 6 });
    },
  ],
  [
    'was merged and then reverted',
    () => {
      scene.git(['merge', '--quiet', '--no-ff', 'login'], { minutes: 5 });
      scene.git(['revert', '--no-edit', '-m', '1', 'HEAD'], { minutes: 6 });
    },
  ],
  [
    'was rebased',
    () => {
      mainGoesOn(4);
      rebase(5);
    },
  ],
  [
    'was rebased, and main went on with the same lines',
    () => {
      mainGoesOn(4);
      rebase(5);
      scene.commit('On top', { 'src/auth.ts': lines({ 3: 'split again' }) }, { minutes: 6 });
    },
  ],
];

describe('a branch that', () => {
  test.each(landed)('%s is merged', (_how, land) => {
    work();
    expect(scene.check([], { minutes: 4 })).toMatchObject({ findings: [], unseen: [] });
    land();
    const before = contentOf(`${scene.dir}/.git/objects`);
    expect(scene.check([], { minutes: 7 }).findings).toMatchObject([
      { rule: 'branch-merged', what: 'bold-fox still claims src for the branch login, which is merged.' },
    ]);
    expect(contentOf(`${scene.dir}/.git/objects`)).toEqual(before);
  });

  test.each(landed.slice(0, 4))('%s is merged for a git that cannot merge trees, too', (how, land) => {
    const bin = scene.path('bin');
    mkdirSync(bin);
    const script = `#!/bin/sh\ncase " $* " in *" merge-tree "*) exit 129;; esac\nPATH=\${PATH#*:}\nexec git "$@"\n`;
    writeFileSync(`${bin}/git`, script);
    chmodSync(`${bin}/git`, 0o755);
    work();
    land();
    const env = { PATH: `${bin}:${process.env.PATH}` };
    expect(scene.rules([], { minutes: 7, env }), how).toEqual(['branch-merged']);
  });

  test('came in half is not merged', () => {
    work();
    scene.git(['cherry-pick', 'login~1'], { minutes: 5 });
    expect(scene.rules([], { minutes: 7 })).toEqual([]);
  });

  test('went on after it was squashed is not merged, and is when the rest has come in', () => {
    work();
    squash(5);
    scene.commit('And more', { 'src/more.ts': 'x' }, { cwd, minutes: 6 });
    expect(scene.rules([], { minutes: 7 })).toEqual([]);
    squash(8);
    expect(scene.rules([], { minutes: 9 })).toEqual(['branch-merged']);
  });

  test('was squashed before the claim was made is worked on again', () => {
    work();
    squash(5);
    mainGoesOn(6, { 3: 'split', 4: 'tested' });
    scene.intercom(['release', '--all', '--agent', 'bold-fox'], { cwd, minutes: 7 });
    scene.claim('bold-fox', ['src'], { cwd, minutes: 8 });
    scene.commit('Elsewhere', { 'docs.md': 'x' }, { minutes: 9 });
    expect(scene.rules([], { minutes: 10 })).toEqual([]);
  });

  test('has commits and changes nothing is not merged because main went on', () => {
    scene.git(['commit', '--quiet', '--allow-empty', '-m', 'Begin'], { cwd, minutes: 2 });
    mainGoesOn(4);
    expect(scene.check([], { minutes: 5 })).toMatchObject({ findings: [], unseen: [] });
  });

  test('took main in, and resolved what was in conflict, is not merged by what it took', () => {
    scene.commit('Split', { 'src/auth.ts': lines({ 3: 'split' }) }, { cwd, minutes: 2 });
    scene.commit('Both', { 'src/auth.ts': lines({ 3: 'main' }) }, { minutes: 3 });
    scene.git(['merge', '--quiet', '-X', 'ours', '--no-edit', 'main'], { cwd, minutes: 4 });
    mainGoesOn(5, { 3: 'main' });
    expect(scene.rules([], { minutes: 6 })).toEqual([]);
  });
});

test('in a clone whose history is cut, what was squashed is merged where the cut is older, and else uncertain', () => {
  scene.commit('Before', { 'old.md': 'x' }, { minutes: 1 });
  scene.git(['merge', '--quiet', '--ff-only', 'main'], { cwd });
  work();
  squash(5);
  const clone = (name: string, depth: number) => {
    const dir = scene.path(name);
    const options = ['--quiet', `--depth=${depth}`, '--no-single-branch'];
    scene.git(['clone', ...options, `file://${scene.dir}`, dir], { cwd: scene.top });
    return scene.check([], { cwd: dir, minutes: 7 });
  };
  expect(clone('deep', 4).findings).toMatchObject([{ rule: 'branch-merged' }]);
  expect(clone('flat', 1)).toMatchObject({
    findings: [],
    unseen: [
      'Whether login is merged cannot be seen: the history of the main branch is not here, or git cannot read it.',
    ],
  });
});
