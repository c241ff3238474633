/** A branch that is in the way, or that is not what its name says. */
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  claim,
  command,
  coordinated,
  doctor,
  expectOneClearSentence,
  expectSound,
  expectStopped,
  fsck,
  held,
  open,
} from './coordination.ts';
import { git, put, repository } from './sandbox.ts';

test('a symbolic ref can be read; nothing is written through it or over it', async () => {
  const { dir, ref, tip } = await coordinated();
  git(dir, 'branch', 'talk', 'intercom');
  git(dir, 'symbolic-ref', 'refs/heads/intercom', 'refs/heads/talk');
  const fox = await open(dir);
  expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
  expectOneClearSentence(
    command(dir, ['claim', 'c.ts']),
    /refs\/heads\/intercom is a symbolic ref to refs\/heads\/talk, and coordination needs a branch of its own\. Nothing was recorded\./,
  );
  expect(doctor(dir).findings[0]).toMatchObject({
    level: 'error',
    what: expect.stringMatching(/is a symbolic ref to refs\/heads\/talk/),
  });
  expect(readFileSync(ref, 'utf8')).toBe('ref: refs/heads/talk\n');
  expect(git(dir, 'rev-parse', 'talk')).toBe(tip);
  put(dir, { '.intercom/config.yaml': 'branch: talk\n' });
  await claim(await open(dir), 'c.ts');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts'], 'talk');
});

test('a symbolic ref to the code, to nothing, to itself, and a symbolic link, are refused in the same way', async () => {
  for (const target of ['refs/heads/main', 'refs/heads/nothing', 'refs/heads/intercom']) {
    const dir = repository();
    put(dir, { '.git/refs/heads/intercom': `ref: ${target}\n` });
    expect(command(dir, ['claim', 'c.ts']).code).toBe(3);
    expect(command(dir, ['claim', 'c.ts']).err).not.toMatch(/defect/);
    expect(readFileSync(join(dir, '.git/refs/heads/intercom'), 'utf8')).toBe(`ref: ${target}\n`);
    expect(git(dir, 'log', '--format=%s', 'main')).toBe('one');
  }
  const dir = repository();
  symlinkSync('refs/heads/nothing', join(dir, '.git/refs/heads/intercom'));
  expectOneClearSentence(command(dir, ['claim', 'c.ts']), /is a symbolic ref to refs\/heads\/nothing/);
  expect(fsck(repository())).toBe('');
});

test('a branch of the code that is called intercom is left alone', async () => {
  const dir = repository();
  git(dir, 'branch', 'intercom');
  const tip = git(dir, 'rev-parse', 'intercom');
  expectStopped(
    dir,
    /refs\/heads\/intercom is no coordination branch: its tip [0-9a-f]{12} has no \.intercom\/format\.yaml\./,
  );
  expect(doctor(dir, '--fix').mended).toEqual([]);
  expect(git(dir, 'rev-parse', 'intercom')).toBe(tip);
  put(dir, { '.intercom/config.yaml': 'branch: coordination\n' });
  await claim(await open(dir), 'a.ts');
  expectSound(dir, ['a.ts'], 'coordination');
});

test.each([
  ['loose', false],
  ['packed', true],
])('a branch below our name, %s, is in the way and stays', async (_, isPacked) => {
  const dir = repository();
  git(dir, 'branch', 'intercom/x');
  if (isPacked) {
    git(dir, 'pack-refs', '--all');
    rmSync(join(dir, '.git/refs/heads/intercom'), { recursive: true, force: true });
  }
  expectOneClearSentence(
    command(dir, ['claim', 'a.ts']),
    /is in the way: git cannot have|cannot be created beside refs\/heads\/intercom\/x/,
  );
  expect(doctor(dir).findings).toMatchObject([
    { level: 'error', what: expect.stringMatching(/intercom cannot be opened beside the branch intercom\/x/) },
  ]);
  expect(git(dir, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/intercom/x\nrefs/heads/main');
  git(dir, 'branch', '--quiet', '-D', 'intercom/x');
  mkdirSync(join(dir, '.git/refs/heads/intercom/empty/folders'), { recursive: true });
  await claim(await open(dir), 'a.ts');
  expectSound(dir, ['a.ts']);
});

test.each([
  ['loose', false],
  ['packed', true],
])('a branch that is one of the folders of ours, %s, is in the way and stays', async (_, isPacked) => {
  const dir = repository();
  git(dir, 'branch', 'team');
  if (isPacked) git(dir, 'pack-refs', '--all');
  put(dir, { '.intercom/config.yaml': 'branch: team/talk\n' });
  expectOneClearSentence(command(dir, ['claim', 'a.ts']), /cannot be created/);
  expect(doctor(dir).findings).toMatchObject([
    { level: 'error', what: expect.stringMatching(/team\/talk cannot be opened beside the branch team:/) },
  ]);
  expect(git(dir, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main\nrefs/heads/team');
  rmSync(join(dir, '.intercom'), { recursive: true });
  await claim(await open(dir), 'a.ts');
  expectSound(dir, ['a.ts']);
});

test('a policy that cannot be read is found by doctor, which looks over the rest and mends nothing', async () => {
  const { dir } = await coordinated();
  rmSync(join(dir, '.git/intercom/projection'), { recursive: true });
  for (const text of ['leese: 30m\n', 'lease: [\n', 'guard:\n  edits: perhaps\n']) {
    put(dir, { '.intercom/config.yaml': text });
    expect(command(dir, ['claims']).code).toBe(3);
    const { findings, mended } = doctor(dir, '--fix');
    expect(findings).toMatchObject([
      {
        level: 'error',
        what: expect.stringMatching(/config\.yaml cannot be read as policy: .+ of the branch intercom/),
      },
      { level: 'info', what: 'The projection for hooks is missing.' },
    ]);
    expect(mended).toEqual([]);
  }
});
