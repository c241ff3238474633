/** Entries of the branch's trees that are no files, or lie where nobody would look for them. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { shardOf } from '../../../src/store/git/placement.ts';
import { blob, commitAsOurs, commitFolder, object, ourTrailers, type RawEntry, rawTree } from './by-hand.ts';
import {
  claim,
  command,
  coordinated,
  doctor,
  expectOneClearSentence,
  expectSound,
  fsck,
  held,
  open,
  recordsByGit,
  subjects,
} from './coordination.ts';
import { git, put } from './sandbox.ts';

const nowhere = '1234567890123456789012345678901234567890';

/** The claim is one that cannot be read: it holds everything until it is set aside; nothing else is touched by it. */
async function expectSetAside(dir: string, path: string, reason: RegExp): Promise<void> {
  const fox = await open(dir);
  expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
  expect((await fox.send({ to: ['bee'], text: 'hello' })).status).toBe('done');
  expect((await fox.claim({ paths: ['x.ts'] })).status).toBe('refused');
  expect(command(dir, ['check-edit', 'x.ts']).code).toBe(1);
  const named = doctor(dir).findings.filter(({ what }) => what.startsWith(`The record ${path} cannot be read: `));
  expect(named).toHaveLength(1);
  expect(named[0]?.what).toMatch(reason);
  expect(doctor(dir, '--fix').mended[0]).toContain(`1 record that cannot be read was set aside: ${path}.`);
  await claim(fox, 'x.ts');
  expect(command(dir, ['check-edit', 'y.ts']).code).toBe(0);
}

test('a symbolic link in the place of a claim', async () => {
  const { dir } = await coordinated();
  commitAsOurs(dir, { 'claims/link.yaml': { mode: '120000', oid: blob(dir, '/etc/passwd') } });
  await expectSetAside(dir, 'claims/link', /a symbolic link stands where its file belongs/);
  expectSound(dir, ['a.ts', 'b.ts', 'x.ts']);
});

test('a submodule in the place of a claim, also of a commit that is nowhere', async () => {
  const { dir } = await coordinated();
  for (const oid of [git(dir, 'rev-parse', 'main'), nowhere]) {
    commitAsOurs(dir, { 'claims/module.yaml': { mode: '160000', oid } });
    await expectSetAside(dir, 'claims/module', /a submodule stands where its file belongs/);
    await (await open(dir)).release({ references: ['x.ts'] });
  }
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('a folder in the place of a claim', async () => {
  const { dir } = await coordinated();
  commitAsOurs(dir, { 'claims/box.yaml/inside.txt': 'x', 'claims/box.yaml/deep/claim.yaml': 'v: 1\n' });
  await expectSetAside(dir, 'claims/box', /a folder stands where its file belongs/);
  expectSound(dir, ['a.ts', 'b.ts', 'x.ts']);
});

test('an executable file is a file', async () => {
  const { dir } = await coordinated();
  const [path] = git(dir, 'ls-tree', '-r', '--name-only', 'intercom', '.intercom/claims/').split('\n');
  const oid = git(dir, 'rev-parse', `intercom:${path}`);
  commitAsOurs(dir, { [(path as string).replace('.intercom/', '')]: { mode: '100755', oid } });
  expect(await held(await open(dir))).toEqual(['a.ts', 'b.ts']);
  expect((await (await open(dir)).renew({ references: ['a.ts'] })).status).toBe('done');
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('a file in the place of a folder of records is named, and makes room for the next record', async () => {
  const { dir } = await coordinated();
  commitAsOurs(dir, { waiting: 'x', 'inbox/bee': 'y', claims: 'z', 'keys/_3f': 'w' });
  const fox = await open(dir);
  expect(await held(fox)).toEqual([]);
  expect(doctor(dir).findings.map(({ what }) => what)).toContainEqual(
    'What is no record is passed over: .intercom/claims, .intercom/inbox/bee, .intercom/keys/_3f and .intercom/waiting.',
  );
  expect((await fox.send({ to: ['bee'], text: 'hello' })).status).toBe('done');
  await claim(fox, 'a.ts');
  expect((await (await open(dir, 'bee')).claim({ paths: ['a.ts'], waitSeconds: 0.01 })).status).toBe('pending');
  expect(await (await open(dir, 'bee')).peek()).toMatchObject({ value: { unread: 1 } });
  expectSound(dir, ['a.ts']);
});

test('a file in the place of everything, and a branch without our folder, are no coordination branch', async () => {
  const { dir } = await coordinated();
  const before = git(dir, 'rev-parse', 'intercom');
  for (const change of [{ '': 'x' }, { 'format.yaml': null }]) {
    if ('' in change) {
      const tree = rawTree(dir, [{ mode: '100644', name: '.intercom', oid: blob(dir, 'x') }]);
      git(
        dir,
        'update-ref',
        'refs/heads/intercom',
        git(dir, 'commit-tree', tree, '-p', before, '-m', `odd\n\n${ourTrailers}`),
      );
    } else commitAsOurs(dir, change as { 'format.yaml': null });
    const fox = await open(dir);
    await expect(fox.claims()).rejects.toMatchObject({ code: 'ref-conflict' });
    await expect(fox.claim({ paths: ['c.ts'] })).rejects.toMatchObject({ code: 'ref-conflict' });
    for (const options of [[], ['--fix']] as const) {
      expect(
        doctor(dir, ...options)
          .findings.filter(({ level }) => level === 'error')
          .map(({ what }) => what),
      ).toEqual([
        expect.stringMatching(
          /^refs\/heads\/intercom is no coordination branch: its tip .* has no \.intercom\/format\.yaml\.$/,
        ),
      ]);
    }
    git(dir, 'update-ref', 'refs/heads/intercom', before);
  }
  await claim(await open(dir), 'c.ts');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});

test('a branch of a newer version is neither read nor written: older programs say to update, doctor and check with them', async () => {
  const { dir } = await coordinated();
  const before = git(dir, 'rev-parse', 'intercom');
  const tip = commitAsOurs(dir, { 'format.yaml': 'v: 2\nkind: format\nabout: of later\n' });
  const sentence =
    /refs\/heads\/intercom is a coordination branch of version 2, and this git-intercom knows version 1\./;
  for (const args of [['claims'], ['claim', 'c.ts'], ['send', 'bee', 'hello'], ['gc'], ['check']]) {
    expectOneClearSentence(command(dir, args), sentence);
  }
  for (const options of [[], ['--fix']] as const) {
    expect(doctor(dir, ...options).findings.filter(({ level }) => level === 'error')).toEqual([
      { level: 'error', what: expect.stringMatching(sentence), next: expect.stringMatching(/^Update git-intercom/) },
    ]);
  }
  expect(git(dir, 'rev-parse', 'intercom')).toBe(tip);
  git(dir, 'update-ref', 'refs/heads/intercom', before);
  for (const spoiled of ['v: 1\nnote: by hand\n', '[', 'v: two\n']) commitAsOurs(dir, { 'format.yaml': spoiled });
  await claim(await open(dir), 'c.ts');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});

test('files that are no records are passed over by all and named by doctor', async () => {
  const { dir } = await coordinated();
  const [name = ''] = git(dir, 'ls-tree', '-r', '--name-only', 'intercom', '.intercom/claims/').split('\n');
  const id = name.split('/').pop()?.replace('.yaml', '') as string;
  const text = git(dir, 'show', `intercom:${name}`);
  const wrong = shardOf(id, 0) === '_00' ? '_01' : '_00';
  commitAsOurs(dir, {
    'claims/notes.txt': 'x',
    'claims/sub/deeper.yaml': text,
    [`claims/${wrong}/${id}.yaml`]: text.replace('a.ts', 'elsewhere.ts').replace('b.ts', 'elsewhere.ts'),
    'inbox/loose.yaml': 'v: 1\n',
  });
  const fox = await open(dir);
  expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
  await claim(fox, 'elsewhere.ts');
  await fox.release({ references: ['elsewhere.ts'] });
  expect(command(dir, ['check-edit', 'elsewhere.ts']).code).toBe(0);
  const said = doctor(dir)
    .findings.map(({ what }) => what)
    .join('\n');
  expect(said).toContain(
    `What is no record is passed over: .intercom/claims/${wrong}/${id}.yaml and .intercom/claims/notes.txt.`,
  );
  for (const path of ['claims/sub/deeper', 'inbox/loose']) expect(said).toContain(`The record ${path} cannot be read`);
  expect(doctor(dir, '--fix').mended[0]).toMatch(/^2 records that cannot be read were set aside/);
  expect(fsck(dir)).toBe('');
  expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
});

test('a name with control characters is shown without them, and speaks for no other line of the projection', async () => {
  const { dir } = await coordinated();
  const [victim] = recordsByGit(dir, 'claims').filter(({ agent }) => agent === 'bee');
  const name = `x\n-${victim?.id}\t\u001b[2J`;
  commitAsOurs(dir, { [`claims/${name}.yaml`]: 'v: [', 'inbox/fox/y\n+forged {}.yaml': 'v: [' });
  const fox = await open(dir);
  expect((await fox.status({ activity: 'makes the projection fresh' })).status).toBe('done');
  const asked = command(dir, ['check-edit', 'b.ts', '--json']);
  expect(
    JSON.parse(asked.out)
      .rivals.map(({ agent }: { agent: string }) => agent)
      .sort(),
  ).toEqual(['bee', 'unknown']);
  expect(JSON.parse(command(dir, ['peek', '--json']).out)).toMatchObject({ unread: 0 });
  const looked = command(dir, ['doctor']);
  expect(looked.out).toContain(`The record claims/x -${victim?.id} cannot be read`);
  expect(looked.out).not.toMatch(/[^\P{Cc}\n]/u);
  expect(doctor(dir, '--fix').mended[0]).toMatch(/^2 records that cannot be read were set aside/);
  expect(command(dir, ['check-edit', 'x.ts']).code).toBe(0);
  expect(git(dir, 'log', '-1', '--format=%(trailers:key=Intercom-Op,valueonly)', 'intercom')).toBe('set-aside');
  expectSound(dir, ['a.ts', 'b.ts']);
});

/** From here on the trees are such that git itself complains of them; ours must not add to that. */
function expectNoMoreThan(dir: string, complaints: RegExp): void {
  for (const line of fsck(dir).split('\n')) expect(line).toMatch(complaints);
}

test('names that git forbids: dots, slashes, bytes that are no UTF-8; none leads out of the projection or is lost', async () => {
  const { dir } = await coordinated();
  const content = blob(dir, 'v: [');
  const names: RawEntry[] = [
    { mode: '100644', name: '..yaml', oid: content },
    { mode: '100644', name: '../escape.yaml', oid: content },
    { mode: '100644', name: Buffer.from([0x66, 0xff, 0x2e, 0x79, 0x61, 0x6d, 0x6c]), oid: content },
    { mode: '100644', name: Buffer.from([0x66, 0xfe, 0x2e, 0x79, 0x61, 0x6d, 0x6c]), oid: content },
  ];
  const box = rawTree(dir, names);
  commitFolder(
    dir,
    'inbox',
    rawTree(dir, [
      { mode: '40000', name: '..', oid: box },
      { mode: '40000', name: 'fox', oid: box },
    ]),
  );
  const fox = await open(dir);
  expect((await fox.status({ activity: 'still here' })).status).toBe('done');
  expect((await fox.send({ to: ['bee', 'fox'], text: 'hello' })).status).toBe('done');
  expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
  const kept = git(dir, 'ls-tree', '-z', '--name-only', 'intercom:.intercom/inbox/fox');
  expect(kept.split('\0').filter((name) => name.startsWith('f'))).toHaveLength(2);
  expect(command(dir, ['peek', '--json']).code).toBe(0);
  expect(doctor(dir).findings.filter(({ what }) => /cannot be read/.test(what)).length).toBe(6);
  doctor(dir, '--fix');
  expect(doctor(dir).findings.filter(({ what }) => /cannot be read/.test(what))).toEqual([]);
  expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
  expectNoMoreThan(dir, /hasDotdot|fullPathname|has(Dot|Dotgit)|treeNotSorted|exit \d/);
});

test.each([
  ['random bytes', randomBytes(300)],
  ['an entry without its end', Buffer.from('100644 x.yaml\0short')],
  ['a name without its end', Buffer.from('100644 x.yaml')],
])('a tree of %s is damage, and is named', async (_, bytes) => {
  const { dir } = await coordinated();
  const before = git(dir, 'rev-parse', 'intercom');
  commitFolder(dir, 'claims', object(dir, 'tree', bytes));
  const fox = await open(dir);
  await expect(fox.claims()).rejects.toMatchObject({ code: 'damaged' });
  await expect(fox.claim({ paths: ['x.ts'] })).rejects.toMatchObject({ code: 'damaged' });
  expect(doctor(dir).findings).toContainEqual(expect.objectContaining({ level: 'error' }));
  expect(doctor(dir, '--fix').mended[0]).toMatch(
    /refs\/heads\/intercom named [0-9a-f]{12}, which is not whole; it names/,
  );
  expect(git(dir, 'rev-parse', 'intercom')).toBe(before);
  expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
  expect(subjects(dir)).toHaveLength(3);
});

test('a folder whose tree is a file is damage, too', async () => {
  const { dir } = await coordinated();
  const before = git(dir, 'rev-parse', 'intercom');
  commitFolder(dir, 'claims', blob(dir, 'x'));
  await expect((await open(dir)).claims()).rejects.toMatchObject({
    code: 'damaged',
    message: /is a blob, and a tree belongs there/,
  });
  doctor(dir, '--fix');
  expect(git(dir, 'rev-parse', 'intercom')).toBe(before);
  expect(await held(await open(dir))).toEqual(['a.ts', 'b.ts']);
});

test('a commit that names no tree, or more than one can read, is damage', async () => {
  const { dir } = await coordinated();
  const before = git(dir, 'rev-parse', 'intercom');
  for (const head of ['tree HEAD^{tree}\n', 'tree x y z\n', '', `parent ${before}\n`]) {
    const commit = object(
      dir,
      'commit',
      Buffer.from(`${head}author a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\n\nx\n`),
    );
    put(dir, { '.git/refs/heads/intercom': `${commit}\n` });
    await expect((await open(dir)).claims()).rejects.toMatchObject({
      code: expect.stringMatching(/damaged|ref-conflict/),
    });
    await expect((await open(dir)).claim({ paths: ['x.ts'] })).rejects.toThrow();
    expect(doctor(dir).findings).toContainEqual(expect.objectContaining({ level: 'error' }));
    put(dir, { '.git/refs/heads/intercom': `${before}\n` });
  }
  expect(await held(await open(dir))).toEqual(['a.ts', 'b.ts']);
});
