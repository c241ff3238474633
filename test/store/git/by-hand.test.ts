/** Commits that somebody made on the branch by hand: shown, and not obeyed. */
import { expect, test } from 'vitest';
import { commitByHand, object, ourTrailers } from './by-hand.ts';
import { claim, command, coordinated, doctor, expectSound, fsck, held, open, subjects } from './coordination.ts';
import { git, repository } from './sandbox.ts';

const at = '2026-01-02T03:04:05.006Z';
const claimOf = (id: string, path: string) =>
  `v: 1\nid: ${id}\nkind: claim\nagent: owl\nat: ${at}\nuid: uowl\npaths: [${path}]\nmode: exclusive\nsince: ${at}\nexpires: 2126-01-02T03:04:05.006Z\nleaseSeconds: 1800\ntoken: "1.9"\n`;

function claimFile(dir: string, path: string): string {
  const files = git(dir, 'grep', '-l', path, 'intercom', '--', '.intercom/claims').split('\n');
  return (files[0] as string).replace('intercom:.intercom/', '');
}

function whats(dir: string): string[] {
  return doctor(dir).findings.map(({ level, what }) => `${level} ${what}`);
}

test('a claim that was added, changed or taken away by hand binds and frees nobody', async () => {
  const { dir } = await coordinated();
  const [a, b] = [claimFile(dir, 'a.ts'), claimFile(dir, 'b.ts')];
  const text = git(dir, 'show', `intercom:.intercom/${b}`);
  commitByHand(dir, { 'claims/forged.yaml': claimOf('forged', 'c.ts'), [a]: null, [b]: text.replace('b.ts', 'd.ts') });
  const cat = await open(dir, 'cat');
  expect(await held(cat)).toEqual(['a.ts', 'b.ts']);
  expect((await cat.claim({ paths: ['a.ts'] })).status).toBe('refused');
  await claim(cat, 'c.ts', 'd.ts');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts', 'd.ts']);
});

test('the quick answers follow what counts, before and after the projection was made anew', async () => {
  const { dir } = await coordinated();
  commitByHand(dir, { 'claims/forged.yaml': claimOf('forged', 'c.ts'), [claimFile(dir, 'b.ts')]: null });
  for (const mend of [[], ['--fix']] as const) {
    doctor(dir, ...mend);
    expect(command(dir, ['check-edit', 'c.ts']).code).toBe(0);
    expect(command(dir, ['check-edit', 'b.ts']).code).toBe(1);
  }
});

test('a claim that cannot be read and was added by hand is said not to count, and holds nothing', async () => {
  const { dir } = await coordinated();
  commitByHand(dir, { 'claims/forged.yaml': '[' });
  const { findings } = JSON.parse(command(dir, ['check', '--json']).out);
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'unreadable-record',
      what: expect.stringMatching(
        /^The record claims\/forged cannot be read \(.*\), and does not count: it was added by hand\.$/,
      ),
      paths: [],
    }),
  );
  await claim(await open(dir), 'c.ts');
});

test('the next commit of ours has the hand-made one as its parent and undoes it', async () => {
  const { dir, tip } = await coordinated();
  const byHand = commitByHand(dir, { 'claims/forged.yaml': claimOf('forged', 'c.ts'), 'format.yaml': null });
  await claim(await open(dir), 'e.ts');
  expect(git(dir, 'rev-parse', 'intercom^')).toBe(byHand);
  expect(subjects(dir)).toContain('by hand');
  const changed = git(dir, 'diff', '--name-only', tip, 'intercom', '--', '.intercom/claims', '.intercom/format.yaml');
  expect(changed.split('\n')).toEqual([`.intercom/${claimFile(dir, 'e.ts')}`]);
  expect(fsck(dir)).toBe('');
});

test('doctor names them with what to do until one of ours came after, and then as past', async () => {
  const { dir } = await coordinated();
  const first = commitByHand(dir, { 'claims/forged.yaml': claimOf('forged', 'c.ts') }).slice(0, 12);
  expect(whats(dir)).toContain(
    `warning The commit ${first} on the coordination branch was made by hand: shown, and not obeyed.`,
  );
  const second = commitByHand(dir, { 'claims/more.yaml': claimOf('more', 'f.ts') }).slice(0, 12);
  expect(whats(dir)).toContain(
    `warning 2 commits (${second} and ${first}) on the coordination branch were made by hand: shown, and not obeyed.`,
  );
  await claim(await open(dir), 'e.ts');
  expect(whats(dir)).toEqual([
    `info 2 commits (${second} and ${first}) in the history of the coordination branch were made by hand, and never counted.`,
  ]);
});

test('doctor --fix puts them aside, and from then on all is well', async () => {
  const { dir } = await coordinated();
  const byHand = commitByHand(dir, { 'claims/forged.yaml': claimOf('forged', 'c.ts') });
  expect(doctor(dir).findings.some(({ level }) => level === 'warning')).toBe(true);
  const mended = `1 commit made by hand was put aside: the branch goes on from before. See git show ${byHand.slice(0, 12)}.`;
  expect(doctor(dir, '--fix').mended).toContain(mended);
  expect(whats(dir)).toEqual([
    `info The commit ${byHand.slice(0, 12)} in the history of the coordination branch was made by hand, and never counted.`,
  ]);
  expect(git(dir, 'rev-parse', 'intercom^')).toBe(byHand);
  expectSound(dir, ['a.ts', 'b.ts']);
  expect(doctor(dir, '--fix').mended).toEqual([]);
});

test('of a merge the first parent is followed, and it is named', async () => {
  const { dir } = await coordinated();
  git(dir, 'branch', 'other', 'intercom');
  await claim(await open(dir, 'cat'), 'c.ts');
  const [tip, tree] = [git(dir, 'rev-parse', 'intercom'), git(dir, 'rev-parse', 'other^{tree}')];
  const merge = git(dir, 'commit-tree', tree, '-p', tip, '-p', 'other', '-m', 'Merge branch other');
  git(dir, 'update-ref', 'refs/heads/intercom', merge);
  expect(await held(await open(dir))).toEqual(['a.ts', 'b.ts', 'c.ts']);
  expect(whats(dir).join('\n')).toContain(`The commit ${merge.slice(0, 12)} (a merge) on the coordination branch`);
});

test('one that is not whole is damage: nothing is built on it, and doctor goes back before it', async () => {
  const { dir, tip } = await coordinated();
  const person = 'a <a@b> 1 +0000';
  const lines = [
    `tree ${'12'.repeat(20)}`,
    `parent ${tip}`,
    `author ${person}`,
    `committer ${person}`,
    '',
    'by hand\n',
  ];
  git(dir, 'update-ref', 'refs/heads/intercom', object(dir, 'commit', Buffer.from(lines.join('\n'))));
  await expect((await open(dir)).claim({ paths: ['c.ts'] })).rejects.toMatchObject({ code: 'damaged' });
  doctor(dir, '--fix');
  expect(git(dir, 'rev-parse', 'intercom')).toBe(tip);
});

test('where no commit is ours, the branch counts as it is, and doctor says so', async () => {
  const { dir } = await coordinated();
  const root = git(dir, 'commit-tree', 'intercom^{tree}', '-m', 'A copy');
  git(dir, 'update-ref', 'refs/heads/intercom', root);
  expect(await held(await open(dir))).toEqual(['a.ts', 'b.ts']);
  expect(whats(dir).join('\n')).toContain('none of git-intercom is known before: the branch counts as it is.');
  await claim(await open(dir), 'c.ts');
  expect(await held(await open(dir))).toEqual(['a.ts', 'b.ts', 'c.ts']);
});

test("a branch of somebody's own stays refused, however long it is and whatever one of its messages says", async () => {
  const dir = repository();
  const tree = git(dir, 'rev-parse', 'main^{tree}');
  let tip = git(dir, 'commit-tree', tree, '-m', 'mine');
  for (const message of ['more', `quoted\n\n${ourTrailers}`, 'again']) {
    tip = git(dir, 'commit-tree', tree, '-p', tip, '-m', message);
  }
  git(dir, 'update-ref', 'refs/heads/intercom', tip);
  await expect((await open(dir)).claims()).rejects.toMatchObject({ code: 'ref-conflict' });
});
