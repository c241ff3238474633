/** What somebody puts on the branch by hand: nobody else is stopped by it, and `doctor` names and mends it. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { commitAsOurs, commitByHand } from './by-hand.ts';
import {
  claim,
  command,
  doctor,
  expectSound,
  fsck,
  held,
  open,
  recordsByGit,
  subjects,
  withMail,
} from './coordination.ts';
import { git } from './sandbox.ts';

const at = '2026-01-02T03:04:05.006Z';
const good = (kind: string, id: string) => `v: 1\nid: ${id}\nkind: ${kind}\nagent: ghost\nat: ${at}\n`;
const expires = '2126-01-02T03:04:05.006Z';
const claimOf = (id: string, paths: string, rest = '') =>
  `${good('claim', id)}uid: ughost\npaths: ${paths}\nmode: exclusive\nsince: ${at}\nexpires: ${expires}\nleaseSeconds: 1800\ntoken: "1.9"\n${rest}`;

const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...[...'bcdefgh'].map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[n]}`).join(',')}]`),
].join('\n');

const bad: Readonly<Record<string, string | Buffer>> = {
  'four kilobytes of brackets': '['.repeat(4096),
  'four kilobytes of braces': `a: ${'{b: '.repeat(1024)}`,
  'deep block maps': Array.from({ length: 500 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
  'an alias bomb': bomb,
  'a merge key bomb': `x: &x {a: 1}\ny: {<<: [${Array(2000).fill('*x').join(',')}]}\n`,
  'wrong types': good('claim', 'bad').replace('v: 1', 'v: [1]').replace(`at: ${at}`, 'at: {}'),
  'a list': '- a\n- b\n',
  'nothing at all': '',
  'ten megabytes': Buffer.alloc(10 * 1024 * 1024, 'x: y\n'),
  'ten megabytes of zeros': Buffer.alloc(10 * 1024 * 1024),
  'random bytes': randomBytes(2000),
  'no UTF-8': Buffer.from([0x76, 0x3a, 0x20, 0xff, 0xfe]),
  'a key twice': `${claimOf('bad', '[x.ts]')}mode: shared\n`,
  'control characters': `${claimOf('bad', '[x.ts]')}why: "a\u001b[2J\u0007b"\n`,
  'two documents': `${claimOf('bad', '[x.ts]')}---\n${claimOf('bad', '[y.ts]')}`,
  'a tag': claimOf('bad', '!!js/function "x"'),
  'a key that changes prototypes': `${claimOf('bad', '[x.ts]')}__proto__: {polluted: true}\n`,
  'another id': claimOf('good', '[x.ts]'),
  'a path as an id': claimOf('../../hooks/pre-commit', '[x.ts]'),
  'another kind': `${good('receipt', 'bad')}thread: t\ndelivered: []\nacknowledged: []\nof: nobody\n`,
  'a newer version': claimOf('bad', '[x.ts]').replace('v: 1', 'v: 2'),
};

/** In each folder where records live. The kind that it names is wrong in all but one of them at most. */
const places = ['agents', 'claims', 'waiting', 'inbox/fox', 'broadcast', 'messages', 'threads/t', 'keys'].map(
  (folder) => `${folder}/bad`,
);

test('a claim that cannot be read is listed with what it holds, but for an agent or what is stale', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'claims/bad.yaml': '{{{{ broken' });
  const { out } = command(dir, ['claims', '--path', 'x.ts']);
  expect(out).toMatch(
    /^unreadable: claim bad holds \*\*, for its record cannot be read: .*\.\nnext: {2}Run git intercom doctor\.$/,
  );
  const fox = await open(dir);
  expect((await fox.claims()) as unknown).toMatchObject({ value: { unreadable: [{ id: 'bad', paths: ['**'] }] } });
  for (const narrowed of [{ agent: 'fox' }, { stale: true }])
    expect((await fox.claims(narrowed)) as unknown).not.toMatchObject({ value: { unreadable: expect.anything() } });
});

test.each(Object.entries(bad))(
  'a record that is %s stops nobody, and as a claim it holds everything',
  async (_, content) => {
    const dir = await withMail();
    commitAsOurs(dir, Object.fromEntries(places.map((path) => [`${path}.yaml`, content])));
    const fox = await open(dir);
    const bee = await open(dir, 'bee');
    expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
    expect(await bee.peek()).toMatchObject({ status: 'done', value: { unread: 1 } });
    expect((await fox.who({ paths: ['a.ts'] })).status).toBe('done');
    expect((await fox.search({ words: ['hello'] })).status).toBe('done');
    expect((await fox.log()).status).toBe('done');
    for (const to of ['bee', 'all']) expect((await fox.send({ to: [to], text: 'still here' })).status).toBe('done');
    expect((await bee.ack({ all: true })).status).toBe('done');
    expect((await fox.status({ activity: 'on it' })).status).toBe('done');
    expect((await fox.release({ references: ['a.ts'] })).status).toBe('done');
    const verdict = await fox.checkEdit({ paths: ['x.ts'] });
    expect(verdict).toMatchObject({ value: { verdict: 'conflict', rivals: [{ id: 'bad', agent: 'unknown' }] } });
    const refused = await fox.claim({ paths: ['x.ts'] });
    expect(refused.status === 'refused' && refused.refusal.message).toMatch(/its record cannot be read/);
    expect(fsck(dir)).toBe('');
    expect(subjects(dir)[0]).toBe('release a.ts (fox)');
  },
);

test('doctor names each record that cannot be read, wherever it lies, and sets them aside', async () => {
  const dir = await withMail();
  const { 'a newer version': _, ...mendable } = bad;
  const contents = Object.values(mendable);
  const paths = [...places, 'receipts/bad', ...contents.map((_, n) => `claims/bad-${n}`)];
  const entries = paths.map((path) => [`${path}.yaml`, contents[Number(path.split('-')[1] ?? 0)] ?? ''] as const);
  const tip = commitAsOurs(dir, Object.fromEntries(entries));
  const { findings } = doctor(dir);
  for (const path of paths) {
    const said = findings.filter(({ what }) => what.startsWith(`The record ${path} cannot be read: `));
    expect(said).toHaveLength(1);
    expect(said[0]?.what).toMatch(/^\P{Cc}{20,400}$/u);
  }
  const { mended, findings: left } = doctor(dir, '--fix');
  expect(mended[0]).toMatch(new RegExp(`^${paths.length} records that cannot be read were set aside: `));
  expect(left.filter(({ what }) => /cannot be read/.test(what))).toEqual([]);
  expect(doctor(dir, '--fix').mended).toEqual([]);
  await claim(await open(dir), 'x.ts');
  expect(git(dir, 'ls-tree', '-r', '--name-only', tip)).toContain('claims/bad.yaml');
  expect(git(dir, 'ls-tree', '-r', '--name-only', 'intercom')).not.toContain('bad');
  expectSound(dir, ['a.ts', 'b.ts', 'x.ts']);
});

test('a record of a newer version is named and left to it, whatever is mended, and holds what it held', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'claims/bad.yaml': claimOf('bad', '[x.ts]').replace('v: 1', 'v: 99'), 'claims/worse.yaml': '[' });
  const { mended, findings } = doctor(dir, '--fix');
  expect(mended[0]).toMatch(/^1 record that cannot be read was set aside: claims\/worse/);
  expect(findings).toContainEqual({
    level: 'warning',
    what: 'The record claims/bad cannot be read: a newer version of git-intercom wrote it, as version 99 of such records. It goes on holding x.ts.',
    next: 'Use a newer git-intercom; doctor --fix leaves it as it is.',
  });
  expect(command(dir, ['check-edit', 'x.ts']).code).toBe(1);
  expect(command(dir, ['check-edit', 'y.ts']).code).toBe(0);
});

test('who of a path tells of a claim that cannot be read and holds it, and of no other', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'claims/bad.yaml': claimOf('bad', '[x.ts]').replace('mode: exclusive', 'mode: sole') });
  const { out } = command(dir, ['who', 'x.ts', 'y.ts']);
  expect(out).toMatch(
    /^x\.ts\n {2}unreadable: claim bad holds x\.ts, for its record cannot be read: .*\.\n {2}next: {2}Run git intercom doctor\.\n\ny\.ts\n {2}nobody claims it/,
  );
  const { value } = (await (await open(dir)).who({ paths: ['x.ts', 'y.ts'] })) as { value?: unknown };
  expect(value).toMatchObject({ paths: [{ unreadable: [{ id: 'bad', paths: ['x.ts'] }] }, { path: 'y.ts' }] });
});

test('a claim that cannot be read is told by check-edit with the way on that helps, and nobody unknown is to be asked', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'claims/bad.yaml': '[' });
  const { code, out } = command(dir, ['check-edit', 'x.ts']);
  expect(code).toBe(1);
  expect(out).toBe(
    'conflict\n  x.ts is held by claim bad, and its record cannot be read\nnext:  Run git intercom doctor: it shows the record and can set it aside.',
  );
});

test('what lies deeper than a claim does holds nothing, and is not said to', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'claims/sub/deep.yaml': 'kind: claim\n' });
  expect(doctor(dir).findings.map(({ what }) => what)).toContain(
    'The record claims/sub/deep cannot be read: no kind of record lives in this folder.',
  );
});

test('a folder of a newer version makes no check fail: it was not looked at, and that is said', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'moods/fox.yaml': '!!js/function "x"', 'moods/bee.yaml': 'kind: mood\n' });
  const { code, out } = command(dir, ['check', '--json']);
  expect(JSON.parse(out)).toMatchObject({
    findings: [],
    unseen: ['What moods/bee and moods/fox are for this version does not know, and did not look at: a newer one may.'],
  });
  expect(code).toBe(0);
});

test('a claim that is readable but for its mode holds the paths that it names, and no others', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'claims/bad.yaml': claimOf('bad', '[x.ts, "src/**"]').replace('exclusive', 'maybe') });
  const fox = await open(dir);
  expect((await fox.claim({ paths: ['src/b.ts'] })).status).toBe('refused');
  await claim(fox, 'y.ts');
  expect(doctor(dir).findings.map(({ what }) => what)).toContainEqual(
    expect.stringMatching(/^The record claims\/bad cannot be read: mode: .* It goes on holding x\.ts and src\/\*\*\.$/),
  );
  doctor(dir, '--fix');
  await claim(fox, 'src/b.ts');
  expectSound(dir, ['a.ts', 'b.ts', 'src/b.ts', 'y.ts']);
});

test('a claim of thousands of paths holds everything, and is judged at once', async () => {
  const dir = await withMail();
  const paths = Array.from({ length: 5000 }, (_, n) => `"**/{a,b,c}${n}*"`).join(', ');
  commitAsOurs(dir, { 'claims/bad.yaml': claimOf('bad', `[${paths}]`) });
  const fox = await open(dir);
  expect((await fox.claim({ paths: ['elsewhere.ts'] })).status).toBe('refused');
  expect(doctor(dir).findings.map(({ what }) => what)).toContainEqual(
    expect.stringMatching(/It goes on holding \*\*\.$/),
  );
  doctor(dir, '--fix');
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('a readable claim with a path that is no pattern holds everything, in the view and in the projection', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'claims/odd.yaml': claimOf('odd', '["tab\\tbed", "[z-a]"]') });
  const fox = await open(dir);
  await fox.status({ activity: 'makes the projection fresh' });
  expect(await fox.checkEdit({ paths: ['q.ts'] })).toMatchObject({ value: { verdict: 'conflict' } });
  expect(command(dir, ['check-edit', 'q.ts']).code).toBe(1);
  expect(command(dir, ['release', 'odd', '--force', '--why', 'nobody is there']).code).toBe(0);
  expect(command(dir, ['check-edit', 'q.ts']).code).toBe(0);
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('unknown fields survive a rewrite, and records of a newer version are left alone', async () => {
  const dir = await withMail();
  const id = recordsByGit(dir, 'claims').find(({ agent }) => agent === 'fox')?.id as string;
  const mine = git(dir, 'show', `intercom:.intercom/claims/${id}.yaml`);
  commitAsOurs(dir, {
    [`claims/${id}.yaml`]: `${mine}\ncolour: green\n`,
    'drafts/lounge/x.yaml': 'v: 1\nkind: draft\n',
    'plans/api.yaml': '[[[ sealed',
    'constructor/x.yaml': 'v: 1\n',
  });
  const fox = await open(dir);
  expect((await fox.renew({ references: [id] })).status).toBe('done');
  expect(recordsByGit(dir, 'claims').find((record) => record.id === id)).toMatchObject({ colour: 'green' });
  expect(doctor(dir).findings).toContainEqual({
    level: 'info',
    what: expect.stringMatching(
      /^This version does not know what .*drafts\/lounge\/x.* is for, and leaves it as it is\.$/,
    ),
    next: expect.any(String),
  });
  expect(doctor(dir, '--fix').mended).toEqual([]);
  expect(git(dir, 'ls-tree', '-r', '--name-only', 'intercom')).toMatch(/drafts\/lounge\/x\.yaml\n.*plans\/api\.yaml/s);
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('a counter of grants that cannot be read never begins anew', async () => {
  const dir = await withMail();
  const tokens = () => recordsByGit(dir, 'claims').map(({ token }) => (token as string).split('.').map(Number));
  const largest = () =>
    tokens()
      .sort((a, b) => (a[0] as number) - (b[0] as number) || (a[1] as number) - (b[1] as number))
      .at(-1);
  expect(largest()).toEqual([1, 2]);
  commitAsOurs(dir, { 'fence.yaml': 'v: [' });
  expect(doctor(dir, '--fix').mended[0]).toMatch(/set aside: fence/);
  const fox = await open(dir);
  await claim(fox, 'c.ts');
  expect(largest()).toEqual([1, 3]);

  commitAsOurs(dir, { 'fence.yaml': 'v: [' });
  await claim(fox, 'd.ts');
  expect(largest()?.[0]).toBeGreaterThan(1_000_000_000);
  commitAsOurs(dir, { 'fence.yaml': null });
  const last = largest();
  await claim(fox, 'e.ts');
  expect(largest()).not.toEqual(last);
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts']);
});

test('commits without trailers, with forged ones and with several parents are shown in the log and by doctor', async () => {
  const dir = await withMail();
  commitByHand(dir, { 'notes.txt': 'x' }, 'by hand');
  commitByHand(dir, { 'notes.txt': 'y' }, 'odd\n\nIntercom-Op:\nIntercom-Agent: ../../x\nIntercom-Path: \u001b[2J\n');
  commitByHand(dir, { 'notes.txt': 'z' }, '');
  const merge = git(dir, 'commit-tree', 'intercom^{tree}', '-p', 'intercom', '-p', 'main', '-m', 'merge');
  git(dir, 'update-ref', 'refs/heads/intercom', merge);
  const fox = await open(dir);
  const log = await fox.log();
  expect(log.status === 'done' && log.value.entries.slice(0, 4).map(({ summary }) => summary)).toEqual([
    'merge',
    '',
    'odd',
    'by hand',
  ]);
  await claim(fox, 'c.ts');
  const found = doctor(dir)
    .findings.map(({ what }) => what)
    .join('\n');
  expect(found).toMatch(
    new RegExp(`^4 commits \\(${merge.slice(0, 12)} \\(a merge\\), .*\\) in the history .* never counted\\.$`, 'm'),
  );
  expect(subjects(dir)[0]).toMatch(/^claim c\.ts/);
  expect(fsck(dir)).toBe('');
  expect(await held(fox)).toEqual(['a.ts', 'b.ts', 'c.ts']);
});
