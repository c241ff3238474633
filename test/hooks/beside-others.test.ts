/** Our hooks beside each real manager of hooks: both run, its next install leaves ours, and nothing is left after us. */
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Ran } from '../cli/scratch.ts';
import { run } from '../cli/scratch.ts';
import { root } from '../tooling/sources.ts';
import { packages, whyNoPackages } from './hook-packages.ts';
import { HookPlace } from './place.ts';
import { noteMissing, type Other, others, preCommit, prePush } from './projects-with-hooks.ts';

class Project extends HookPlace {
  readonly manager: Other;

  constructor(manager: Other) {
    super({ hasHooks: false });
    this.manager = manager;
    symlinkSync(packages, join(this.repo, 'node_modules'));
    mkdirSync(join(this.repo, '.git/info'), { recursive: true });
    this.put('.git/info/exclude', 'node_modules\n');
    for (const [path, text] of Object.entries(manager.files)) this.put(path, text);
    if (manager.name === 'plain hooks') {
      this.hook('pre-commit', preCommit);
      this.hook('pre-push', prePush);
    }
    this.git('add', '.');
    this.git('commit', '--quiet', '--no-verify', '--allow-empty', '-m', 'Project');
    this.git('init', '--quiet', '--bare', join(this.dir, 'remote.git'));
    this.git('remote', 'add', 'origin', join(this.dir, 'remote.git'));
    this.git('push', '--quiet', '--no-verify', 'origin', 'main');
  }

  async install(): Promise<void> {
    for (const [program = '', ...words] of this.manager.install) {
      const { code, stderr, stdout } = await run(program, words, this.repo, this.env());
      if (code !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
    }
  }

  async init(): Promise<{ hooks: string[] }> {
    const { code, stdout, stderr } = await this.as(undefined, [
      'intercom',
      'init',
      '--json',
      '--harness',
      'none',
      '--git-hooks',
    ]);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  }

  theirs(): string {
    return existsSync(join(this.repo, '.git/theirs')) ? this.read('.git/theirs') : '';
  }

  commit(path: string, text: string): Promise<Ran> {
    this.put(path, text);
    this.git('add', path);
    return this.as('ada', ['commit', '-m', `Change ${path}`]);
  }

  /** Every file that a hook manager or we might touch. */
  shot(): Record<string, string> {
    const isOurs = (path: string) =>
      /^\.git\/(?:intercom|objects|logs|refs|index|theirs|COMMIT_EDITMSG|HEAD|ORIG_HEAD)/.test(path);
    const paths = (readdirSync(this.repo, { recursive: true }) as string[]).filter((path) => !isOurs(path)).sort();
    return Object.fromEntries(
      paths.map((path) => {
        const stat = lstatSync(join(this.repo, path));
        return [path, `${stat.mode.toString(8)} ${stat.isFile() ? readFileSync(join(this.repo, path), 'latin1') : ''}`];
      }),
    );
  }
}

async function guards(project: Project, round: string): Promise<void> {
  const before = project.theirs();
  const refused = await project.commit('src/auth.ts', `${round}\n`);
  expect(refused.code, refused.stderr).toBe(1);
  expect(refused.stdout + refused.stderr).toContain('src/auth.ts is claimed by bob');
  project.git('checkout', '--quiet', 'HEAD', '--', 'src/auth.ts');
  const own = await project.commit('src/cart.ts', `${round}\n`);
  expect(own.code, own.stdout + own.stderr).toBe(0);
  expect(project.message()).toMatch(/Intercom-Claim: /);
  expect(project.theirs().slice(before.length)).toContain('committed');
}

beforeAll(async () => {
  noteMissing(await whyNoPackages());
});

describe.each(others)('beside $name', (manager) => {
  test('both run, and the next install of the other leaves ours', async ({ skip }) => {
    const why = manager.why();
    if (why !== undefined) return skip(why);
    const project = new Project(manager);
    await project.install();
    expect((await project.init()).hooks.length + Number(manager.name.startsWith('config'))).toBeGreaterThan(0);
    await project.claim('bob', 'src/auth.ts');
    await project.claim('ada', 'src/cart.ts');
    await guards(project, 'one');
    expect((await project.init()).hooks).toEqual([]);
    await project.install();
    await guards(project, 'two');
    expect((await project.init()).hooks).toEqual([]);
    await guards(project, 'three');
  });

  test('a push is guarded, and what git says on the standard input reaches the other as well', async ({ skip }) => {
    const why = manager.why();
    if (why !== undefined) return skip(why);
    const project = new Project(manager);
    await project.install();
    await project.init();
    await project.claim('ada', 'src/cart.ts');
    await project.commit('src/cart.ts', 'one\n');
    const pushed = await project.as('ada', ['push', 'origin', 'main']);
    expect(pushed.code, pushed.stderr).toBe(0);
    if (manager.hasOwnPush) expect(project.theirs()).toMatch(/pushed|refs\/heads\/main/);
    await project.commit('docs/guide.md', 'two\n');
    await project.claim('bob', 'docs');
    const refused = await project.as('ada', ['push', 'origin', 'main']);
    expect(refused.code).toBe(1);
    expect(refused.stdout + refused.stderr).toContain('docs/guide.md is claimed by bob');
  });

  test('remove leaves every file as it was', async ({ skip }) => {
    const why = manager.why();
    if (why !== undefined) return skip(why);
    const project = new Project(manager);
    await project.install();
    const before = project.shot();
    await project.init();
    expect(project.shot()).not.toEqual(before);
    const { code, stderr } = await project.as(undefined, ['intercom', 'remove', '--yes']);
    expect(code, stderr).toBe(0);
    expect(project.shot()).toEqual(before);
  });

  test('remove takes ours away also after the other was installed behind us', async ({ skip }) => {
    const why = manager.why();
    if (why !== undefined) return skip(why);
    const project = new Project(manager);
    await project.init();
    await project.install();
    await project.claim('bob', 'src/auth.ts');
    await guardsAnd(project);
    const { code, stderr } = await project.as(undefined, ['intercom', 'remove', '--yes']);
    expect(code, stderr).toBe(0);
    const left = Object.entries(project.shot()).filter(([, text]) => text.includes('git-intercom'));
    expect(left.map(([path]) => path)).toEqual([]);
  });
});

test.each([
  ['is gone', undefined],
  ['ends in a crash', '#!/bin/sh\nexit 134\n'],
  ['names a program that is gone', '#!/bin/sh\nexec /nowhere/node "$@"\n'],
])('where the launcher %s, git goes on', async (_what, text) => {
  const [plain] = others as [Other];
  const project = new Project(plain);
  await project.init();
  await project.claim('bob', 'src/auth.ts');
  const launcher = join(project.dir, 'home/data/git-intercom/launch');
  if (text === undefined) rmSync(launcher);
  else writeFileSync(launcher, text);
  const committed = await project.commit('src/auth.ts', 'changed\n');
  expect(committed.code, committed.stderr).toBe(0);
  expect((await project.as('ada', ['push', 'origin', 'main'])).code).toBe(0);
});

test('where a part of the program is gone, git goes on', async () => {
  const [plain] = others as [Other];
  const project = new Project(plain);
  const torn = join(project.dir, 'torn.cjs');
  copyFileSync(join(root, 'dist/bin.cjs'), torn);
  const { code, stderr } = await run(
    process.execPath,
    [torn, 'hook', 'git', 'pre-commit'],
    project.repo,
    project.env(),
  );
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^git intercom: the hook could not run, and git goes on: Cannot find module '.\/git-hook.cjs'\n$/,
  );
});

test('one set-up guards every work tree of the repository', async () => {
  const [plain] = others as [Other];
  const project = new Project(plain);
  const linked = join(project.dir, 'linked');
  project.git('worktree', 'add', '--quiet', linked);
  const { code, stderr } = await project.as(
    ...([undefined, ['intercom', 'init', '--harness', 'none', '--git-hooks'], {}, linked] as const),
  );
  expect(code, stderr).toBe(0);
  await project.claim('bob', 'src/auth.ts');
  for (const top of [project.repo, linked]) {
    project.put('src/auth.ts', 'changed\n', top);
    expect((await project.as('ada', ['commit', '-am', 'Mine'], {}, top)).code).toBe(1);
  }
});

async function guardsAnd(project: Project): Promise<void> {
  const refused = await project.commit('src/auth.ts', 'changed\n');
  expect(refused.code, refused.stderr).toBe(1);
}
