/** `check` in the checkouts of a CI: shallow, of one branch, detached, the coordination branch only fetched. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimRecord, contentOf, Scene } from './scene.ts';

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
  scene.git(['checkout', '--quiet', '-b', 'feature/cart']);
  scene.claim('bold-fox', ['src']);
  scene.git(['checkout', '--quiet', 'main']);
  scene.git(['checkout', '--quiet', '-b', 'feature/login']);
  scene.commit('Login', { 'src/auth.ts': 'x' });
  scene.git(['checkout', '--quiet', 'main']);
  scene.writeRecords({ 'claims/b2.yaml': claimRecord({ id: 'b2', agent: 'bob', paths: '[docs]', host: 'elsewhere' }) });
});
afterEach(() => scene.remove());

function clone(...options: string[]): string {
  const cwd = scene.path('clone');
  scene.git(['clone', '--quiet', ...options, `file://${scene.dir}`, cwd], { cwd: scene.top });
  return cwd;
}

const bobUnseen = 'Whether bob still runs cannot be seen from this machine; the lease is all there is to judge by.';

test('a shallow clone that fetched the branch by name sees the claims, says what it cannot see, and is left as it was', () => {
  const cwd = clone('--depth', '1');
  scene.git(['fetch', '--quiet', '--depth', '1', 'origin', 'intercom'], { cwd });
  expect(scene.git(['for-each-ref', '--format=%(refname)'], { cwd })).not.toContain('intercom');
  const before = contentOf(cwd);
  expect(scene.check([], { cwd })).toEqual({
    status: 0,
    ok: true,
    ref: 'FETCH_HEAD',
    findings: [],
    unseen: [
      bobUnseen,
      'Whether feature/cart is merged or deleted cannot be seen: this checkout does not have that branch.',
    ],
    counts: { claims: 2, records: 4 },
  });
  expect(scene.rules([], { cwd, minutes: 60 })).toEqual(['lease-over', 'lease-over']);
  const range = scene.check(['--base', 'main', '--head', 'feature/login'], { cwd });
  expect(range).toMatchObject({ status: 0, findings: [] });
  expect(range.unseen[0]).toBe(
    'The range was not looked at: feature/login is not in this checkout. Fetch it, or check the name.',
  );
  expect(contentOf(cwd)).toEqual(before);
});

test('a checkout as of a CI reads the branch of the remote, and is left as it was', () => {
  const cwd = scene.path('runner');
  scene.git(['init', '--quiet', cwd], { cwd: scene.top });
  scene.git(['remote', 'add', 'origin', `file://${scene.dir}`], { cwd });
  const refs = ['+refs/heads/*:refs/remotes/origin/*'];
  scene.git(['fetch', '--quiet', 'origin', ...refs], { cwd });
  scene.git(['checkout', '--quiet', '--detach', 'origin/feature/login'], { cwd });
  const before = contentOf(cwd);
  const { status, ref, findings, unseen } = scene.check(['--base', 'main'], { cwd });
  expect(findings.map(({ rule, agent, paths }) => [rule, agent, paths])).toEqual([
    ['claimed-by-other', 'bold-fox', ['src/auth.ts']],
  ]);
  expect({ status, ref, unseen }).toEqual({ status: 1, ref: 'refs/remotes/origin/intercom', unseen: [bobUnseen] });
  expect(contentOf(cwd)).toEqual(before);
  expect(scene.git(['for-each-ref', '--format=%(refname)', 'refs/heads'], { cwd })).toBe('');
});

test('a whole clone that fetched only the coordination branch shallowly still tells what is merged', () => {
  scene.git(['checkout', '--quiet', 'feature/cart']);
  scene.commit('Cart', { 'src/cart.ts': 'x' }, { minutes: 1 });
  scene.git(['checkout', '--quiet', 'main']);
  const cwd = clone('--single-branch', '--no-tags');
  scene.git(['config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*'], { cwd });
  scene.git(['fetch', '--quiet', '--depth', '1', 'origin', 'intercom'], { cwd });
  scene.git(['fetch', '--quiet', 'origin', 'main', 'feature/cart'], { cwd });
  expect(scene.git(['rev-parse', '--is-shallow-repository'], { cwd })).toBe('true');
  expect(scene.check([], { cwd })).toMatchObject({ findings: [], unseen: [bobUnseen] });
  scene.git(['merge', '--quiet', '--no-ff', 'feature/cart'], { minutes: 2 });
  scene.git(['fetch', '--quiet', 'origin', 'main'], { cwd });
  expect(scene.rules([], { cwd, minutes: 3 })).toEqual(['branch-merged']);
});

test('a local branch that went on after it was merged is not merged', () => {
  scene.git(['checkout', '--quiet', 'feature/cart']);
  scene.commit('Cart', { 'src/cart.ts': 'x' }, { minutes: 1 });
  scene.git(['checkout', '--quiet', 'main']);
  scene.git(['merge', '--quiet', '--no-ff', 'feature/cart'], { minutes: 2 });
  const cwd = clone();
  expect(scene.rules([], { cwd, minutes: 3 })).toEqual(['branch-merged']);
  scene.git(['checkout', '--quiet', 'feature/cart'], { cwd });
  scene.commit('More of it', { 'src/cart.ts': 'y' }, { cwd, minutes: 4 });
  expect(scene.rules([], { cwd, minutes: 5 })).toEqual([]);
});

test('a clone of one branch does not take the others for deleted, not even when their work trees are gone', () => {
  const linked = scene.path('linked');
  scene.git(['worktree', 'add', '--quiet', linked, '-b', 'feature/mail']);
  scene.claim('calm-owl', ['mail'], { cwd: linked });
  scene.git(['worktree', 'remove', linked]);
  const cwd = clone('--single-branch');
  scene.git(['fetch', '--quiet', 'origin', 'intercom:refs/remotes/origin/intercom'], { cwd });
  const { findings, unseen } = scene.check([], { cwd });
  expect(findings).toEqual([]);
  expect(unseen).toContain(
    'Whether feature/cart and feature/mail are merged or deleted cannot be seen: this checkout does not have those branches.',
  );
});

test('a clone of everything does not take a branch for deleted that was never pushed, here or elsewhere', () => {
  const unpushed = (name: string) => ({ id: name, agent: name, paths: `[${name}]`, branch: `of/${name}` });
  scene.writeRecords({
    'claims/carl.yaml': claimRecord({ ...unpushed('carl'), host: 'elsewhere' }),
    'claims/dora.yaml': claimRecord({ ...unpushed('dora'), worktree: scene.dir }),
  });
  const { findings, unseen } = scene.check([], { cwd: clone() });
  expect(findings).toEqual([]);
  expect(unseen).toEqual([
    'Whether bob and carl still run cannot be seen from this machine; the lease is all there is to judge by.',
    'Whether of/carl and of/dora are merged or deleted cannot be seen: this checkout does not have those branches.',
  ]);
});

test('a shallow history that hides the common ancestor is said, and what differs is looked at', () => {
  for (const branch of ['main', 'feature/login']) {
    scene.git(['checkout', '--quiet', branch]);
    scene.commit('On', { [`${branch}.md`]: 'x' }, { minutes: 1 });
  }
  const cwd = clone('--depth', '1', '--no-single-branch');
  const { findings, unseen } = scene.check(['--base', 'main', '--head', 'feature/login'], { cwd });
  expect(findings.map(({ rule }) => rule)).toEqual(['claimed-by-other']);
  expect(unseen[0]).toBe(
    'The history between main and feature/login is cut short in this checkout, so everything in which the two differ counted as changed.',
  );
  expect(unseen).toContain(
    'Whether feature/cart is merged cannot be seen: the history of the main branch is not here, or git cannot read it.',
  );
});

test('without any coordination branch all is well, and it is said that nothing was looked at', () => {
  const cwd = clone('--depth', '1');
  const before = contentOf(cwd);
  expect(scene.check(['--base', 'nowhere'], { cwd })).toEqual({
    status: 0,
    ok: true,
    ref: 'refs/heads/intercom',
    findings: [],
    unseen: [
      'No claims were looked at: there is no branch intercom here. Where the team has one, run git fetch --depth 1 origin intercom first.',
    ],
    counts: { claims: 0, records: 0 },
  });
  expect(scene.intercom(['check'], { cwd }).stdout).toMatch(
    /^Not looked at\n {2}No claims .+\n\nNothing was found\.\n$/,
  );
  expect(contentOf(cwd)).toEqual(before);
});

test('where the branch is to be had is said by the name that the remote has here, and found where its fetch keeps it', () => {
  const cwd = clone('--depth', '1');
  scene.git(['remote', 'rename', 'origin', 'upstream'], { cwd });
  expect(scene.check([], { cwd }).unseen).toEqual([
    'No claims were looked at: there is no branch intercom here. Where the team has one, run git fetch --depth 1 upstream intercom first.',
  ]);
  mkdirSync(join(cwd, '.intercom'), { recursive: true });
  writeFileSync(join(cwd, '.intercom/config.yaml'), 'remote: upstream\n');
  scene.git(['fetch', '--quiet', 'upstream', '+refs/heads/intercom:refs/remotes/upstream/intercom'], { cwd });
  rmSync(join(cwd, '.git/FETCH_HEAD'));
  expect(scene.check([], { cwd })).toMatchObject({ ref: 'refs/remotes/upstream/intercom', counts: { claims: 2 } });
});

test('what was only fetched is read by the check alone: nothing else begins there', () => {
  const cwd = clone('--depth', '1');
  scene.git(['fetch', '--quiet', '--depth', '1', 'origin', 'intercom'], { cwd });
  const claims = JSON.parse(scene.intercom(['claims', '--json'], { cwd }).stdout);
  expect(claims.claims).toEqual([]);
});

test('the branch may have the name that the policy gives it', () => {
  const cwd = clone('--depth', '1');
  scene.git(['branch', 'coordination', 'intercom']);
  scene.git(['fetch', '--quiet', '--depth', '1', 'origin', 'coordination'], { cwd });
  expect(scene.check([], { cwd }).counts.claims).toBe(0);
  scene.commit('Policy', { '.intercom/config.yaml': 'branch: coordination\n' }, { cwd });
  expect(scene.check([], { cwd }).counts.claims).toBe(2);
});
