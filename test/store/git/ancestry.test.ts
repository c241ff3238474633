/** How tips are related over histories that are read one by one, and long ones whose commits are read many at once. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Oid } from '../../../src/domain/oid.ts';
import { Ancestry } from '../../../src/store/git/ancestry.ts';
import { Inflight } from '../../../src/store/git/inflight.ts';
import { locateNow } from '../../../src/store/git/locate.ts';
import { ObjectReader } from '../../../src/store/git/objects.ts';
import { folder, git, repository } from './sandbox.ts';

const asked = vi.hoisted(() => ({ count: 0 }));

vi.mock('../../../src/store/git/first-parents.ts', async (original) => {
  const real = await original<typeof import('../../../src/store/git/first-parents.ts')>();
  const revList: typeof real.revList = (...question) => {
    asked.count += 1;
    return real.revList(...question);
  };
  return { ...real, revList };
});

/** More than what git is first asked for together. */
const [shared, left, right] = [700, 500, 900];

function line(branch: string, count: number, from?: string): string {
  const commits = Array.from({ length: count }, (_, n) => {
    const parent = n === 0 && from !== undefined ? `from ${from}\n` : '';
    return `commit refs/heads/${branch}\ncommitter a <a@b> ${1_700_000_000 + n} +0000\ndata ${branch.length}\n${branch}\n${parent}\n`;
  });
  return commits.join('');
}

/** One line of history that parts into two, and one that has nothing to do with it. */
function parted(): string {
  const dir = repository();
  const stream = [
    line('base', shared),
    line('left', left, 'refs/heads/base'),
    line('right', right, 'refs/heads/base'),
    line('stranger', shared),
  ].join('');
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: dir, input: stream });
  return dir;
}

function openAncestry(dir: string, met?: Oid): Ancestry {
  const locate = locateNow({ cwd: dir, env: process.env });
  const objects = new ObjectReader(locate, new Inflight(join(locate.commonDir, 'intercom'), locate.commonDir));
  onTestFinished(() => objects.close());
  return new Ancestry({ repository: locate, objects }, met);
}

const oidOf = (dir: string, rev: string) => git(dir, 'rev-parse', rev) as Oid;

test('long histories are related as git has it, from both sides', async () => {
  const dir = parted();
  const [base, ours, theirs] = ['base', 'left', 'right'].map((name) => oidOf(dir, name)) as [Oid, Oid, Oid];
  const relate = (a: Oid, b: Oid) => openAncestry(dir).relate(a, b);
  expect(await relate(ours, theirs)).toEqual({ kind: 'diverged', base });
  expect(await relate(theirs, ours)).toEqual({ kind: 'diverged', base });
  expect(await relate(base, theirs)).toEqual({ kind: 'behind' });
  expect(await relate(theirs, base)).toEqual({ kind: 'ahead' });
  expect(await relate(theirs, oidOf(dir, `right~${right - 1}`))).toEqual({ kind: 'ahead' });
  expect(await relate(ours, oidOf(dir, 'stranger'))).toEqual({ kind: 'unrelated' });
});

test('where they are expected to meet changes no answer, right or wrong', async () => {
  const dir = parted();
  const [base, ours, theirs] = ['base', 'left', 'right'].map((name) => oidOf(dir, name)) as [Oid, Oid, Oid];
  const absent = 'dead'.repeat(10) as Oid;
  for (const met of [base, oidOf(dir, 'base~300'), oidOf(dir, 'right~300'), ours, oidOf(dir, 'stranger'), absent]) {
    const ancestry = openAncestry(dir, met);
    expect(await ancestry.relate(ours, theirs)).toEqual({ kind: 'diverged', base });
    expect(await ancestry.since(base, theirs)).toHaveLength(right);
    expect(await openAncestry(dir, met).relate(base, theirs)).toEqual({ kind: 'behind' });
    expect(await openAncestry(dir, met).relate(theirs, base)).toEqual({ kind: 'ahead' });
    expect(await openAncestry(dir, met).relate(oidOf(dir, 'stranger'), theirs)).toEqual({ kind: 'unrelated' });
  }
});

test('nobody walks below where both stood last, and git is asked once for what came', async () => {
  const dir = parted();
  const [base, ours, theirs] = [oidOf(dir, 'base'), oidOf(dir, 'left~497'), oidOf(dir, 'right~700')];
  asked.count = 0;
  expect(await openAncestry(dir, base).relate(ours, theirs)).toEqual({ kind: 'diverged', base });
  expect(asked.count).toBe(1);
});

test('what came since a commit is all of it, oldest first', async () => {
  const dir = parted();
  const ancestry = openAncestry(dir);
  const oids = async (from: Oid | null, to: string) =>
    (await ancestry.since(from, oidOf(dir, to))).map(({ oid }) => oid);
  const listed = (...words: string[]) => git(dir, 'rev-list', '--first-parent', '--reverse', ...words).split('\n');
  expect(await oids(oidOf(dir, 'base'), 'right')).toEqual(listed('base..right'));
  expect(await oids(null, 'left')).toEqual(listed('left'));
  expect(await oids(oidOf(dir, 'right~1'), 'right')).toEqual([oidOf(dir, 'right')]);
});

test('a shallow clone says that it has too little to tell', async () => {
  const origin = parted();
  const dir = join(folder(), 'shallow');
  git(origin, 'clone', '--quiet', '--no-local', '--depth=400', '--no-single-branch', `file://${origin}`, dir);
  const [ours, theirs] = [oidOf(dir, 'origin/left'), oidOf(dir, 'origin/right')];
  expect(await openAncestry(dir).relate(ours, theirs)).toEqual({ kind: 'cut' });
});

test('a history is walked without git, too', async () => {
  const dir = parted();
  const path = process.env.PATH;
  const [base, ours, theirs] = ['base', `left~${left - 60}`, `right~${right - 60}`].map((name) => oidOf(dir, name)) as [
    Oid,
    Oid,
    Oid,
  ];
  const ancestry = openAncestry(dir);
  process.env.PATH = '';
  try {
    expect(await ancestry.relate(ours, theirs)).toEqual({ kind: 'diverged', base });
  } finally {
    process.env.PATH = path;
  }
});
