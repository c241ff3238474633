/** Guards in a hub look at the claims on their own repository, by whomever, and are as quick as without one. */
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ran, run } from '../cli/scratch.ts';
import { root } from '../tooling/sources.ts';
import { Scene } from './scene.ts';

let scene: Scene;
let alone: string;
beforeAll(async () => {
  scene = new Scene();
  scene.make('client', 'server', 'service');
  await scene.join('client', 'server', 'service');
  await scene.ask('client', 'ada', 'claim', 'server:src/auth.ts', 'server:docs', '--why', 'one login');
  for (const place of ['server', 'service']) await scene.sync(place);
  // What is certain is answered without the whole program; here it is not even there.
  alone = join(scene.scratch.dir, 'alone', 'hook.cjs');
  mkdirSync(join(scene.scratch.dir, 'alone'));
  for (const name of ['hook.cjs', 'quick-hook.cjs']) cpSync(join(root, 'dist', name), join(dirname(alone), name));
}, 60_000);
afterAll(() => scene.remove());

const refusal = ({ stdout }: Ran): string | undefined =>
  stdout === '' ? undefined : JSON.parse(stdout).hookSpecificOutput?.permissionDecisionReason;

test('an edit of what another repository’s agent claims here is refused, with the path as it is here', () => {
  expect(refusal(scene.edit('server', 's1', 'src/api/users.ts'))).toBeUndefined();
  const reason = refusal(scene.edit('server', 's1', 'src/auth.ts'));
  expect(reason).toContain('src/auth.ts is claimed by ada');
  expect(reason).not.toMatch(/server:|~/);
  expect(refusal(scene.edit('server', 's1', 'src/auth.ts', alone))).toBe(reason);
});

test('the same path of another repository is free, and its first edit claims it there', async () => {
  expect(scene.edit('service', 's2', 'src/auth.ts').stdout).toBe('');
  const { claims } = await scene.ask('service', 'cleo', 'claims');
  expect(claims).toHaveLength(2);
  expect(claims).toContainEqual(expect.objectContaining({ paths: ['src/auth.ts'], auto: true }));
  await scene.sync('service');
  await scene.sync('client');
  const seen = await scene.ask('client', 'ada', 'claims', '--path', 'service:src/auth.ts');
  expect(seen.claims).toMatchObject([{ paths: ['service:src/auth.ts'], auto: true }]);
  expect(scene.edit('service', 's2', 'src/auth.ts', alone)).toMatchObject({ stdout: '', code: 0 });
});

test('check-edit is as quick, and a namesake of the holder does not hold it', async () => {
  const bin = join(scene.scratch.dir, 'alone', 'bin.cjs');
  cpSync(join(root, 'dist/bin.cjs'), bin);
  const quick = await run(
    process.execPath,
    [bin, 'check-edit', 'src/auth.ts'],
    scene.at('server'),
    scene.scratch.env(),
  );
  expect(quick).toMatchObject({
    code: 1,
    stderr: '',
    stdout: expect.stringContaining('src/auth.ts is claimed by ada'),
  });
  for (const words of [['peek'], ['check-edit', 'client:src'], ['--agent', 'ada', 'check-edit', 'src/auth.ts']]) {
    const { stderr } = await run(process.execPath, [bin, ...words], scene.at('server'), scene.scratch.env());
    expect(stderr).toMatch(/no such file .*main\.cjs/);
  }
  expect(await scene.ask('server', 'ada', 'check-edit', 'src/auth.ts')).toMatchObject({ verdict: 'conflict' });
  expect(await scene.ask('client', 'ada', 'check-edit', 'server:src/auth.ts')).toMatchObject({ verdict: 'ours' });
});

test('a commit in the one is not stopped by what is claimed in the other, nor is it found by check', async () => {
  for (const place of ['server', 'service']) {
    scene.put(place, 'docs/guide.md', '# Guide\n');
    scene.git(place, 'add', 'docs');
  }
  const stopped = await scene.say('server', 'bob', 'hook', 'git', 'pre-commit');
  expect(`${stopped.stdout}${stopped.stderr}`).toContain('docs/guide.md is claimed by ada');
  expect(await scene.say('service', 'bob', 'hook', 'git', 'pre-commit')).toEqual({ code: 0, stdout: '', stderr: '' });

  for (const place of ['server', 'service']) scene.git(place, 'commit', '--quiet', '--message=Guide');
  const found = (place: string) => scene.ask(place, 'bob', 'check', '--base', 'HEAD~1');
  expect((await found('server')).findings).toMatchObject([{ rule: 'claimed-by-other', agent: 'ada' }]);
  expect((await found('service')).findings).toEqual([]);
});
