/** A ref that crashes, disks and hands have left in a bad way: a clear error or repair, and never a second history. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Oid } from '../../../src/domain/oid.ts';
import { locateNow } from '../../../src/store/git/locate.ts';
import { compareAndSwapRef } from '../../../src/store/git/refs.ts';
import { syncedRef } from '../../../src/store/git/synced-refs.ts';
import {
  claim,
  command,
  coordinated,
  doctor,
  expectOneClearSentence,
  expectSound,
  expectStopped,
  open,
} from './coordination.ts';
import { git, put } from './sandbox.ts';

const torn: Readonly<Record<string, (tip: string) => string>> = {
  'is empty': () => '',
  'holds half an object id': (tip) => tip.slice(0, 20),
  'holds zeros where a crash left a hole': () => '\0'.repeat(41),
  'holds a word': () => 'main\n',
  'leads out of the refs': () => 'ref: refs/../../config\n',
};

test.each(Object.entries(torn))('a ref that %s is named, and restored to the last tip', async (_, content) => {
  const { dir, ref, tip } = await coordinated();
  writeFileSync(ref, content(tip));
  expectStopped(dir, /The ref refs\/heads\/intercom is damaged: .* holds (nothing|no object id)\./);
  expect(doctor(dir).findings).toContainEqual(
    expect.objectContaining({ level: 'error', what: expect.stringMatching(/refs\/heads\/intercom is damaged/) }),
  );
  expect(doctor(dir, '--fix').mended).toEqual([
    `refs/heads/intercom was torn; it names ${tip.slice(0, 12)} again, the last tip that this clone has whole.`,
  ]);
  expect(git(dir, 'rev-parse', 'intercom')).toBe(tip);
  await claim(await open(dir), 'c.ts');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});

test('a torn ref is restored to the newest commit that git still finds, with no projection left', async () => {
  const { dir, ref, tip } = await coordinated();
  git(dir, 'pack-refs', '--all');
  await claim(await open(dir), 'c.ts');
  const newest = git(dir, 'rev-parse', 'intercom');
  // A dangling commit that is none of ours.
  git(dir, 'commit-tree', '-m', 'other', 'main^{tree}');
  writeFileSync(ref, '');
  rmSync(join(dir, '.git/intercom'), { recursive: true });
  expect(newest).not.toBe(tip);
  expect(doctor(dir, '--fix').mended[0]).toContain(newest.slice(0, 12));
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});

test.each([
  'refs/intercom/synced',
  'refs/intercom/unpushed',
  'refs/intercom/fetched',
  'refs/remotes/upstream/intercom',
])('a torn ref is restored from %s, which keeps git from calling its commits dangling', async (kept) => {
  const { dir, ref, tip } = await coordinated();
  put(dir, { '.intercom/config.yaml': 'remote: upstream\n' });
  git(dir, 'update-ref', kept, tip);
  writeFileSync(ref, '');
  rmSync(join(dir, '.git/intercom'), { recursive: true });
  expect(doctor(dir, '--fix').mended[0]).toContain(tip.slice(0, 12));
  expect(git(dir, 'rev-parse', 'intercom')).toBe(tip);
});

test('a stamp that lags behind does not take commits back', async () => {
  const { dir, ref } = await coordinated();
  const stamp = join(dir, '.git/intercom/projection/stamp');
  const old = readFileSync(stamp);
  await claim(await open(dir), 'c.ts');
  writeFileSync(stamp, old);
  writeFileSync(ref, '');
  doctor(dir, '--fix');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});

test.each([
  ['with the projection', false],
  ['without it', true],
])(
  'a claim of which was said that nothing was recorded does not come back with a torn ref, %s',
  async (_, isCleared) => {
    const { dir, ref, tip } = await coordinated();
    writeFileSync(`${ref}.lock`, '');
    expectOneClearSentence(command(dir, ['claim', 'c.ts']), /Another git holds .* Nothing was recorded\./);
    rmSync(`${ref}.lock`);
    writeFileSync(ref, '');
    if (isCleared) rmSync(join(dir, '.git/intercom/projection'), { recursive: true });
    expect(doctor(dir, '--fix').mended[0]).toContain(tip.slice(0, 12));
    expectSound(dir, ['a.ts', 'b.ts']);
  },
);

test('a published tip that another ref could not be moved to is restored all the same', async () => {
  const { dir, ref, tip } = await coordinated();
  const before = git(dir, 'rev-parse', 'intercom~1') as Oid;
  const swap = compareAndSwapRef(
    locateNow({ cwd: dir, env: process.env }),
    syncedRef,
    before,
    tip as Oid,
    join(dir, '.git/intercom'),
  );
  expect(await swap).toEqual({ moved: 'absent' });
  rmSync(join(dir, '.git/intercom/projection'), { recursive: true });
  writeFileSync(ref, '');
  expect(doctor(dir, '--fix').mended[0]).toContain(tip.slice(0, 12));
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('where nothing of the branch is left, that is said, and nothing is made up', async () => {
  const { dir, ref } = await coordinated();
  writeFileSync(ref, '');
  rmSync(join(dir, '.git/intercom'), { recursive: true });
  git(dir, 'reflog', 'expire', '--all', '--expire=now');
  rmSync(ref);
  git(dir, 'prune', '--expire=now');
  writeFileSync(ref, '');
  const { mended, findings } = doctor(dir, '--fix');
  expect(mended).toEqual([]);
  expect(findings.map(({ what }) => what)).toContainEqual(
    expect.stringMatching(/is damaged: .* No commit of the branch was found that could take its place\.$/),
  );
  expect(readFileSync(ref, 'utf8')).toBe('');
  rmSync(ref);
  await claim(await open(dir), 'c.ts');
  expectSound(dir, ['c.ts']);
});

test.each([
  ['an object that is missing', () => '1234567890123456789012345678901234567890', /lacks the object 1234567890/],
  ['a file', (dir: string) => git(dir, 'rev-parse', 'main:a.ts'), /is a blob, and a commit belongs there/],
  ['a tree', (dir: string) => git(dir, 'rev-parse', 'main^{tree}'), /is a tree, and a commit belongs there/],
  ['a tag', (dir: string) => tag(dir), /is a tag, and a commit belongs there/],
])('a ref to %s is named, and restored to the last tip', async (_, target, said) => {
  const { dir, ref, tip } = await coordinated();
  writeFileSync(ref, `${target(dir)}\n`);
  expectStopped(dir, said);
  const looked = command(dir, ['doctor']);
  expect(looked.code).toBe(1);
  expect(looked.out).toMatch(said);
  expect(doctor(dir, '--fix').mended[0]).toMatch(/named [0-9a-f]{12}, which is not whole; it names [0-9a-f]{12} again/);
  expect(git(dir, 'rev-parse', 'intercom')).toBe(tip);
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('where the branch cannot be read nothing is said of clocks', async () => {
  const { dir } = await coordinated();
  git(dir, 'update-ref', 'refs/heads/intercom', 'main');
  expect(doctor(dir).findings.map(({ what }) => what)).toEqual([
    expect.stringMatching(/is no coordination branch: its tip [0-9a-f]{12} has no \.intercom\/format\.yaml\.$/),
  ]);
});

test('of a branch that somebody moved away doctor tells how to put it back', async () => {
  const { dir, tip } = await coordinated();
  git(dir, 'update-ref', 'refs/heads/intercom', 'main');
  const [{ next } = { next: '' }] = doctor(dir).findings;
  const [, ...command] = /(git) (update-ref) (\S+) ([0-9a-f]{40})/.exec(next)?.slice(1) ?? [];
  expect(command).toEqual(['update-ref', 'refs/heads/intercom', tip]);
  git(dir, ...command);
  expectSound(dir, ['a.ts', 'b.ts']);
});

function tag(dir: string): string {
  git(dir, 'tag', '-a', '-m', 'x', 'v1');
  return git(dir, 'rev-parse', 'v1');
}

test('a tip that only a borrowed object folder has is not gone back from while that is away', async () => {
  const { dir, tip } = await coordinated();
  const clone = join(dir, '../clone');
  git(dir, 'clone', '--quiet', '--shared', '.', clone);
  put(clone, { '.intercom/config.yaml': 'remote: null\n' });
  const owl = await open(clone, 'owl');
  await claim(owl, 'c.ts');
  await owl.close();
  git(clone, 'update-ref', 'refs/heads/intercom', tip);
  renameSync(`${dir}/.git/objects`, `${dir}/.git/away`);
  mkdirSync(`${dir}/.git/objects`);
  expect(doctor(clone, '--fix')).toMatchObject({
    mended: [],
    findings: expect.arrayContaining([expect.objectContaining({ what: expect.stringMatching(/lacks the object/) })]),
  });
  expect(git(clone, 'rev-parse', 'refs/heads/intercom')).toBe(tip);
  rmSync(`${dir}/.git/objects`, { recursive: true });
  renameSync(`${dir}/.git/away`, `${dir}/.git/objects`);
  expectSound(clone, ['a.ts', 'b.ts']);
});
