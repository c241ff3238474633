/** `check --base`: what a range of commits changes, held against the claims of others. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, claimRecord, Scene } from './scene.ts';

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
  scene.git(['checkout', '--quiet', '-b', 'feature/login']);
});
afterEach(() => scene.remove());

/** A claim that was made on another branch. */
function claimElsewhere(agent: string, paths: readonly string[], options: readonly string[] = [], minutes = 0): string {
  scene.git(['checkout', '--quiet', '-B', 'feature/cart', 'main']);
  const id = scene.claim(agent, paths, { minutes }, options);
  scene.git(['checkout', '--quiet', 'feature/login']);
  return id;
}

test('a change of what another claims is a conflict, by the files that are touched', () => {
  const id = claimElsewhere('bold-fox', ['src'], ['--why', 'move the cart']);
  scene.commit('Login', { 'src/[id]/page.tsx': 'x', 'src/auth.ts': 'x', 'docs/a.md': 'x' });
  const { findings, status } = scene.check(['--base', 'main'], { minutes: 10 });
  expect(status).toBe(1);
  expect(findings).toEqual([
    {
      rule: 'claimed-by-other',
      gravity: 'conflict',
      what: 'src/[id]/page.tsx and src/auth.ts are changed here, and bold-fox claims them on feature/cart for 20m more (move the cart).',
      next: `Ask with git intercom send bold-fox "…", or run git intercom claim 'src/\\[id]/page.tsx' --wait to go on when it is released.`,
      id,
      agent: 'bold-fox',
      paths: ['src/\\[id]/page.tsx', 'src/auth.ts'],
      record: `.intercom/claims/${id}.yaml`,
    },
  ]);
});

test('without --base no range is looked at, and --head alone is said to be too little', () => {
  claimElsewhere('bold-fox', ['src']);
  scene.commit('Login', { 'src/auth.ts': 'x' });
  expect(scene.check([])).toMatchObject({ status: 0, findings: [], unseen: [] });
  expect(scene.check(['--head', 'HEAD']).unseen).toEqual(['No range was looked at: --head was given without --base.']);
});

describe('no claim of others is', () => {
  test('one made on the branch that the head is', () => {
    scene.claim('bold-fox', ['src']);
    scene.commit('Login', { 'src/auth.ts': 'x' });
    expect(scene.rules(['--base', 'main'])).toEqual([]);
    scene.git(['checkout', '--quiet', 'main']);
    expect(scene.rules(['--base', 'main', '--head', 'feature/login'])).toEqual([]);
    scene.git(['checkout', '--quiet', '--detach', 'feature/login']);
    expect(scene.rules(['--base', 'main'])).toEqual([]);
  });

  test('one of the author of a commit, by the name that the author would have as an agent', () => {
    claimElsewhere('ada-lovelace', ['src']);
    scene.commit('Login', { 'src/auth.ts': 'x' }, { author: 'Somebody Else' });
    expect(scene.rules(['--base', 'main'])).toEqual(['claimed-by-other']);
    scene.commit('Login, too', { 'src/auth.ts': 'y' }, { author: 'Ada Lovelace' });
    expect(scene.rules(['--base', 'main'])).toEqual([]);
  });

  test('one of the agent that a trailer names', () => {
    claimElsewhere('Bold.Fox', ['src']);
    scene.commit('Login\n\nWith words.\n\nIntercom-Agent: Bold.Fox', { 'src/auth.ts': 'x' });
    expect(scene.rules(['--base', 'main'])).toEqual([]);
  });

  test('one that is over, or a resource of the name of a file', () => {
    claimElsewhere('bold-fox', ['src'], ['--for', '10m']);
    claimElsewhere('calm-owl', ['port:80']);
    scene.commit('Login', { 'src/auth.ts': 'x', 'port:80': 'x' });
    expect(scene.rules(['--base', 'main'], { minutes: 20 })).toEqual(['lease-over']);
  });

  test('a shared one that the makers share, while one that they do not share is', () => {
    claimElsewhere('bold-fox', ['src'], ['--shared']);
    scene.commit('Login', { 'src/auth.ts': 'x' });
    expect(scene.rules(['--base', 'main'])).toEqual(['claimed-by-other']);
    scene.claim('ada', ['src/auth.ts'], {}, ['--shared']);
    expect(scene.rules(['--base', 'main'])).toEqual([]);
  });
});

describe('two agents that work on one branch, under one author,', () => {
  const asMade = (id: string) => `Work\n\nIntercom-Claim: ${id}\nIntercom-Token: 1.1`;

  test('are told apart by the claims that their commits name', () => {
    const cart = scene.claim('bold-fox', ['src/cart.ts']);
    const auth = scene.claim('calm-owl', ['src/auth.ts']);
    scene.commit(asMade(cart), { 'src/cart.ts': 'x' }, { minutes: 5 });
    scene.commit(asMade(auth), { 'src/auth.ts': 'x' }, { minutes: 6 });
    expect(scene.rules(['--base', 'main'], { minutes: 7 })).toEqual([]);
    scene.commit(asMade(cart), { 'src/auth.ts': 'y' }, { minutes: 8 });
    expect(scene.rules(['--base', 'main'], { minutes: 9 })).toEqual([]);
    scene.git(['reset', '--quiet', '--hard', 'HEAD~2']);
    scene.commit(asMade(cart), { 'src/auth.ts': 'y' }, { minutes: 8 });
    const oid = scene.git(['rev-parse', '--short=12', 'HEAD']);
    expect(scene.check(['--base', 'main'], { minutes: 9 }).findings).toMatchObject([
      {
        what: `src/auth.ts is changed here, and calm-owl claims it on feature/login for 21m more; the commit ${oid} was made under another claim.`,
        agent: 'calm-owl',
        paths: ['src/auth.ts'],
      },
    ]);
  });

  test('may follow each other: what the first committed before the second claimed it is no conflict', () => {
    const first = scene.claim('bold-fox', ['src'], { minutes: 1 });
    scene.commit(asMade(first), { 'src/auth.ts': 'x' }, { minutes: 2 });
    scene.intercom(['release', '--all', '--agent', 'bold-fox'], { minutes: 3 });
    scene.claim('calm-owl', ['src/auth.ts'], { minutes: 4 });
    expect(scene.rules(['--base', 'main'], { minutes: 5 })).toEqual([]);
  });
});

test('a merge counts by what it changed itself', () => {
  const cart = scene.claim('bold-fox', ['src/cart.ts']);
  scene.claim('calm-owl', ['src/auth.ts']);
  scene.commit('Unnamed', { 'src/auth.ts': 'x' }, { minutes: 5 });
  scene.git(['checkout', '--quiet', '-b', 'side', 'main']);
  scene.commit('Side', { 'docs/a.md': 'x' }, { minutes: 6 });
  const merge = ['merge', '--quiet', '--no-ff', '-m', `Merge\n\nIntercom-Claim: ${cart}`, 'feature/login'];
  scene.git(merge, { minutes: 7 });
  scene.git(['branch', '--quiet', '-f', 'feature/login', 'side']);
  expect(scene.rules(['--base', 'main', '--head', 'feature/login'], { minutes: 8 })).toEqual([]);
});

test('a branch of another that is at the same commit does not make its claims those of the head', () => {
  scene.commit('Login', { 'src/auth.ts': 'x' });
  scene.git(['checkout', '--quiet', '-b', 'feature/on-top']);
  scene.claim('bold-fox', ['src']);
  scene.git(['checkout', '--quiet', 'feature/login']);
  expect(scene.rules(['--base', 'main'])).toEqual(['claimed-by-other']);
  expect(scene.rules(['--base', 'main', '--head', 'feature/login'])).toEqual(['claimed-by-other']);
});

test('what the base did meanwhile is not in the range', () => {
  claimElsewhere('bold-fox', ['docs']);
  scene.commit('Login', { 'src/auth.ts': 'x' });
  scene.git(['checkout', '--quiet', 'main']);
  scene.commit('Words', { 'docs/a.md': 'x' });
  expect(scene.rules(['--base', 'main', '--head', 'feature/login'])).toEqual([]);
});

test('a rename touches the old name, and a deletion what is deleted', () => {
  scene.git(['checkout', '--quiet', 'main']);
  const text = 'line\n'.repeat(50);
  scene.commit('Before', { 'src/old.ts': text, 'src/gone.ts': 'x' });
  scene.git(['checkout', '--quiet', '-B', 'feature/login']);
  claimElsewhere('bold-fox', ['src/old.ts']);
  claimElsewhere('calm-owl', ['src/gone.ts'], [], 1);
  scene.git(['mv', 'src/old.ts', 'src/new.ts']);
  scene.git(['rm', '--quiet', 'src/gone.ts']);
  scene.commit('Rename', {});
  const { findings } = scene.check(['--base', 'main'], { minutes: 2 });
  expect(findings.map(({ agent, paths }) => [agent, paths])).toEqual([
    ['bold-fox', ['src/old.ts']],
    ['calm-owl', ['src/gone.ts']],
  ]);
});

test('HEAD is that of the work tree where the check runs', () => {
  const cwd = scene.path('linked');
  scene.claim('bold-fox', ['src']);
  scene.git(['worktree', 'add', '--quiet', cwd, '-b', 'feature/cart', 'main']);
  scene.commit('Cart', { 'src/cart.ts': 'x' }, { cwd });
  expect(scene.rules(['--base', 'main'], { cwd })).toEqual(['claimed-by-other']);
  expect(scene.rules(['--base', 'main'])).toEqual([]);
});

test('a path of a claim that is no pattern holds everything, and a file may have any name', () => {
  scene.claim('ada', ['docs']);
  scene.writeRecords({
    'claims/b2.yaml': claimRecord({ id: 'b2', agent: 'bob', paths: '["../up"]', expires: at(30) }),
  });
  scene.commit('Odd', { 'a\u001b[31m\nb.ts': 'x' });
  const { findings } = scene.check(['--base', 'main', '--fail-on', 'never']);
  const touched = findings.find(({ rule }) => rule === 'claimed-by-other');
  expect(touched?.what).toMatch(/^a b\.ts is changed here, and bob claims it/);
  expect(touched?.paths).toEqual(['a\u001b\\[31m\nb.ts']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may reach the terminal
  expect(scene.intercom(['check', '--base', 'main']).stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test('a revision that is not here is said, and so is the range not looked at', () => {
  scene.claim('ada', ['docs']);
  expect(scene.check(['--base', 'origin/main', '--head', 'nowhere'])).toMatchObject({
    status: 0,
    unseen: [
      'The range was not looked at: origin/main and nowhere are not in this checkout. Fetch it, or check the name.',
    ],
  });
});
