/**
 * What a machine that lost its power may bring back: files that were renamed, but whose content never reached the disk.
 * Everything that was acknowledged is there again, by the next command or by `doctor --fix`.
 */
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asAgent, askDoctor, soundness } from './aftermath.ts';
import { command } from './command.ts';
import { coordinationRef, copyRepository, fsck, git, makeRepository, tipOf } from './repository.ts';
import { keptIn, templateWithMail } from './templates.ts';

const secret = 'the key is under the mat';

async function templateWithSecret() {
  const template = await templateWithMail();
  const before = tipOf(template);
  await asAgent(template, 'grace', (grace) => grace.send({ to: ['ada'], text: secret }));
  const listed = git(template, 'rev-list', '--objects', '--no-object-names', coordinationRef, `^${before}`);
  return { template, objects: listed.split('\n') };
}

function tear(dir: string, oid: string, how: string): void {
  const file = join(dir, '.git/objects', oid.slice(0, 2), oid.slice(2));
  chmodSync(file, 0o644);
  if (how === 'gone') rmSync(file);
  else truncateSync(file, how === 'empty' ? 0 : Math.floor(readFileSync(file).length * 0.7));
}

async function unreadTexts(dir: string): Promise<string[]> {
  const answer = await asAgent(dir, 'ada', (ada) => ada.peek({ mark: false }));
  return answer.status === 'done' ? answer.value.messages.map(({ text }) => text) : [answer.status];
}

/** As if the last write were some minutes ago. */
function age(dir: string): void {
  const inflight = join(dir, '.git/intercom/inflight');
  for (const slot of readdirSync(inflight)) renameSync(join(inflight, slot), join(inflight, String(Number(slot) - 60)));
}

describe.each(['empty', 'cut', 'gone'])('objects that came back %s', (how) => {
  test('are written again by whoever reads them, each by itself', async () => {
    const { template, objects } = await templateWithSecret();
    for (const oid of objects) {
      const dir = copyRepository(template);
      tear(dir, oid, how);
      expect(fsck(dir)).not.toEqual([]);
      expect(await unreadTexts(dir)).toContain(secret);
      await askDoctor(dir, { fix: true });
      expect(await soundness(dir, keptIn(template))).toEqual([]);
    }
  });

  test('are all written again as soon as one is missed', async () => {
    const { template, objects } = await templateWithSecret();
    for (const oid of objects) tear(template, oid, how);
    expect(await unreadTexts(template)).toContain(secret);
    expect(await soundness(template, [])).toEqual([]);
  });

  test('are written again before their bytes in flight are forgotten', async () => {
    const { template, objects } = await templateWithSecret();
    const [tip = ''] = objects;
    for (const oid of objects) if (oid !== tip) tear(template, oid, how);
    age(template);
    await asAgent(template, 'joan', (joan) => joan.claim({ paths: ['much/later.ts'] }));
    expect(readdirSync(join(template, '.git/intercom/inflight'))).toHaveLength(1);
    expect(await soundness(template, [])).toEqual([]);
    expect(await unreadTexts(template)).toContain(secret);
  });

  test('are mended by doctor --fix, which says so', async () => {
    const { template, objects } = await templateWithSecret();
    for (const oid of objects) tear(template, oid, how);
    const mended = await command(template, ['doctor', '--fix']);
    expect(mended.stdout).toMatch(/\d objects? that a cleaner or a crash had taken (?:was|were) written again/);
    expect(mended.stdout).toContain('All is well.');
    expect(await soundness(template, keptIn(template))).toEqual([]);
  });
});

describe('a repository that cannot be written', () => {
  test('is read all the same', async () => {
    const { template, objects } = await templateWithSecret();
    for (const oid of objects) tear(template, oid, 'empty');
    const steps = { how: 'EROFS', at: 1 } as const;
    const shown = await command(template, ['peek', '--all', '--json'], { agent: 'ada', steps });
    expect(shown).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(secret) });
  });
});

describe('a ref that came back empty', () => {
  const refFile = (dir: string) => join(dir, '.git', coordinationRef);
  const stampFile = (dir: string) => join(dir, '.git/intercom/projection/stamp');

  test('is named, and nothing is written over it', async () => {
    const template = await templateWithMail();
    truncateSync(refFile(template), 0);
    for (const words of [['claim', 'a.ts'], ['who'], ['check-edit', 'a.ts']]) {
      const failed = await command(template, words, { agent: 'ada' });
      expect(failed).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('doctor --fix') });
    }
    expect(readFileSync(refFile(template), 'utf8')).toBe('');
  });

  test.each([
    ['the stamp is well', () => {}],
    ['the stamp is gone', (dir: string) => rmSync(stampFile(dir))],
    ['the stamp is empty', (dir: string) => truncateSync(stampFile(dir), 0)],
    ['the last objects are empty, too', emptyLastObjects],
    ['an older tip is packed', (dir: string) => writeFileSync(join(dir, '.git/packed-refs'), packedOlder(dir))],
  ])('comes back by doctor --fix at the last acknowledged commit where %s', async (_title, harm) => {
    const { template } = await templateWithSecret();
    const tip = tipOf(template);
    const kept = keptIn(template);
    harm(template);
    truncateSync(refFile(template), 0);
    expect((await askDoctor(template, { fix: false })).map(({ level }) => level)).toContain('error');
    expect(await askDoctor(template, { fix: true })).toEqual([]);
    expect(tipOf(template)).toBe(tip);
    expect(await soundness(template, kept)).toEqual([]);
  });

  test('comes back where the stamp is of an earlier commit', async () => {
    const { template } = await templateWithSecret();
    const stamp = readFileSync(stampFile(template));
    await asAgent(template, 'joan', (joan) => joan.claim({ paths: ['later.ts'] }));
    const tip = tipOf(template);
    writeFileSync(stampFile(template), stamp);
    truncateSync(refFile(template), 0);
    await askDoctor(template, { fix: true });
    expect(tipOf(template)).toBe(tip);
  });

  function emptyLastObjects(dir: string): void {
    const listed = git(dir, 'rev-list', '--objects', '--no-object-names', coordinationRef, `^${coordinationRef}~1`);
    for (const oid of listed.split('\n')) tear(dir, oid, 'empty');
  }

  function packedOlder(dir: string): string {
    return `# pack-refs with: peeled fully-peeled sorted \n${git(dir, 'rev-parse', `${coordinationRef}~1`)} ${coordinationRef}\n`;
  }
});

test('a torn piece in flight does not hide the whole one behind it', async () => {
  const dir = makeRepository();
  // The first commit of every branch has the same objects: their bytes are there twice after a first try was cut off.
  await command(dir, ['claim', 'a.ts'], { agent: 'ada', steps: { how: 'tear', at: 1, only: 'inflight' } });
  expect(tipOf(dir)).toBeUndefined();
  await asAgent(dir, 'ada', (ada) => ada.claim({ paths: ['a.ts'] }));
  const root = git(dir, 'rev-list', '--max-parents=0', coordinationRef);
  for (const oid of git(dir, 'rev-list', '--objects', '--no-object-names', root).split('\n')) tear(dir, oid, 'empty');
  await askDoctor(dir, { fix: true });
  expect(fsck(dir)).toEqual([]);
});
