/** What others leave or hold in the way of a writer: who goes by by himself does, and nobody's lock is taken by mistake. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { processIdentity } from '../../src/store/local/process.ts';
import { acquireWriteLock } from '../../src/store/local/write-lock.ts';
import { asAgent, askDoctor, soundness } from './aftermath.ts';
import { command } from './command.ts';
import { coordinationRef, git, makeFolder, tipOf } from './repository.ts';
import { keptIn, templateWithMail } from './templates.ts';

const claiming = ['claim', 'src/c.ts'];

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1000;
}

function makeOlder(file: string): void {
  const aMinuteAgo = new Date(Date.now() - 60_000);
  utimesSync(file, aMinuteAgo, aMinuteAgo);
}

describe('the line before the write lock', () => {
  const ticketOf = (pid: number, startTime: string) =>
    `${String(Date.now() - 1000).padStart(15, '0')}.000000.${pid}.${startTime}`;

  test.each([
    ['is dead', ticketOf(2 ** 22 - 1, '1')],
    ['lives, but is stopped', ticketOf(1, processIdentity(1).startTime ?? '')],
  ])('is not held up by one ahead who %s', async (_title, ticket) => {
    const dir = await templateWithMail();
    mkdirSync(join(dir, '.git/intercom/line'), { recursive: true });
    writeFileSync(join(dir, '.git/intercom/line', ticket), '');
    const startedMs = performance.now();
    await asAgent(dir, 'joan', (joan) => joan.claim({ paths: ['a.ts'] }));
    expect(secondsSince(startedMs)).toBeLessThan(5);
  });

  test('keeps its order where all are well', async () => {
    const dir = makeFolder();
    const order: number[] = [];
    const first = await acquireWriteLock(dir, {});
    const others = [1, 2, 3].map(async (n) => {
      const lock = await acquireWriteLock(dir, {});
      order.push(n);
      await lock.release();
    });
    await first.release();
    await Promise.all(others);
    expect(order).toEqual([1, 2, 3]);
  });
});

describe('the write lock', () => {
  test('of another is not taken away by a release that comes too late', async () => {
    const dir = makeFolder();
    const lock = await acquireWriteLock(dir, {});
    const file = join(dir, 'write.lock');
    const other = JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), nonce: 'another' });
    writeFileSync(file, other);
    await lock.release();
    expect(readFileSync(file, 'utf8')).toBe(other);
  });

  test('of a process that cannot be judged is waited for, and named', async () => {
    const dir = makeFolder();
    const foreign = { ...processIdentity(1), host: 'elsewhere', nonce: 'another' };
    writeFileSync(join(dir, 'write.lock'), JSON.stringify(foreign));
    await expect(acquireWriteLock(dir, { waitMsMax: 200 })).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining('process 1 on elsewhere'),
    });
    expect(existsSync(join(dir, 'write.lock'))).toBe(true);
  });

  test('is made again where somebody has cleared the folder', async () => {
    const dir = await templateWithMail();
    const kept = keptIn(dir);
    const claimed = await asAgent(dir, 'joan', async (joan) => {
      await joan.claim({ paths: ['a.ts'] });
      rmSync(join(dir, '.git/intercom'), { recursive: true });
      return joan.claim({ paths: ['b.ts'] });
    });
    expect(claimed.status).toBe('done');
    expect(await soundness(dir, kept)).toEqual([]);
  });

  test('that was left empty where there are no hard links is taken over after ten seconds', async () => {
    const dir = await templateWithMail();
    const only = 'write .*write.lock$';
    const killed = await command(dir, claiming, { agent: 'joan', steps: { how: 'kill', at: 1, only, links: 'none' } });
    expect(killed.signal).toBe('SIGKILL');
    const file = join(dir, '.git/intercom/write.lock');
    expect(readFileSync(file, 'utf8')).toBe('');
    makeOlder(file);
    const startedMs = performance.now();
    await asAgent(dir, 'ada', (ada) => ada.claim({ paths: ['next.ts'] }));
    expect(secondsSince(startedMs)).toBeLessThan(5);
  });

  test('that a write could not get hangs nobody up', async () => {
    const dir = makeFolder();
    writeFileSync(join(dir, 'holders'), 'a file in the way');
    await expect(acquireWriteLock(dir, {})).rejects.toMatchObject({ code: 'io-failed' });
    await expect(acquireWriteLock(dir, {})).rejects.toMatchObject({ code: 'io-failed' });
  });
});

test('where there are no hard links many claim at once, and all of it is there', async () => {
  const dir = await templateWithMail();
  const steps = { how: 'pause', at: 0, links: 'none' } as const;
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const ended = await Promise.all(names.map((name) => command(dir, ['claim', `${name}.ts`], { agent: 'joan', steps })));
  expect(ended.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual(names.map(() => 0));
  const { stdout } = await command(dir, ['claims', '--agent', 'joan', '--json'], { steps });
  expect(
    JSON.parse(stdout)
      .claims.flatMap(({ paths }: { paths: string[] }) => paths)
      .sort(),
  ).toEqual(names.map((name) => `${name}.ts`));
  expect(await command(dir, ['doctor'], { steps })).toMatchObject({ exitCode: 0 });
});

test('where there are no hard links a person is one person from the first command on', async () => {
  const dir = await templateWithMail();
  const steps = { how: 'pause', at: 0, links: 'none' } as const;
  const env = { XDG_DATA_HOME: makeFolder() };
  for (const words of [
    ['claim', 'a.ts'],
    ['claim', 'b.ts'],
  ]) {
    expect(await command(dir, words, { agent: 'hedy', steps, env })).toMatchObject({ exitCode: 0 });
  }
  expect(readFileSync(join(env.XDG_DATA_HOME, 'git-intercom/person'), 'latin1')).toMatch(/^p[0-9a-f]{20}\n$/);
});

describe('the lock of the ref', () => {
  const dieBeforeRename = { how: 'kill', at: 1, only: `rename ${coordinationRef}` } as const;

  test('that a killed writer left is gone after doctor --fix', async () => {
    const dir = await templateWithMail();
    await command(dir, claiming, { agent: 'joan', steps: dieBeforeRename });
    const lock = join(dir, '.git', `${coordinationRef}.lock`);
    expect(existsSync(lock)).toBe(true);
    expect(await askDoctor(dir, { fix: true })).toEqual([]);
    expect(existsSync(lock)).toBe(false);
  });

  test.each(['mkdir', 'write', 'rename'])(
    'is in nobody’s way where there are no hard links, and its maker was killed before a %s',
    async (step) => {
      const dir = await templateWithMail();
      const kept = keptIn(dir);
      const only = `^${step} .*${dirname(coordinationRef)}/`;
      const killed = await command(dir, claiming, {
        agent: 'joan',
        steps: { how: 'kill', at: 1, only, links: 'none' },
      });
      expect(killed.signal).toBe('SIGKILL');
      expect(await askDoctor(dir, { fix: false })).toEqual([]);
      git(dir, 'update-ref', `${coordinationRef}-beside`, 'HEAD');
      expect(await command(dir, claiming, { agent: 'joan' })).toMatchObject({ exitCode: 0 });
      expect(await soundness(dir, kept)).toEqual([]);
      const left = readdirSync(join(dir, '.git', dirname(coordinationRef)));
      expect(left.filter((name) => name.endsWith('.lock'))).toEqual([]);
    },
  );

  test('that was held where there are no hard links stops every git, and goes with the next writer', async () => {
    const dir = await templateWithMail();
    const kept = keptIn(dir);
    const only = `^rename .*${coordinationRef}$`;
    const killed = await command(dir, claiming, { agent: 'joan', steps: { how: 'kill', at: 1, only, links: 'none' } });
    expect(killed.signal).toBe('SIGKILL');
    const lock = join(dir, '.git', `${coordinationRef}.lock`);
    expect(statSync(lock).isDirectory()).toBe(true);
    expect(() => git(dir, 'update-ref', coordinationRef, 'HEAD')).toThrow(/File exists/);
    for (const words of [['pack-refs', '--all'], ['for-each-ref'], ['gc', '--quiet']]) git(dir, ...words);
    expect(await command(dir, claiming, { agent: 'joan' })).toMatchObject({ exitCode: 0 });
    expect(existsSync(lock)).toBe(false);
    expect(await soundness(dir, kept)).toEqual([]);
  });

  test('that a killed writer left does not outlive a write to another branch', async () => {
    const dir = await templateWithMail();
    const kept = keptIn(dir);
    await command(dir, claiming, { agent: 'joan', steps: dieBeforeRename });
    const tree = join(makeFolder(), 'tree');
    git(dir, 'worktree', 'add', '-q', '--detach', tree);
    mkdirSync(join(tree, '.intercom'));
    writeFileSync(join(tree, '.intercom/config.yaml'), 'branch: another\n');
    mkdirSync(join(dir, '.intercom'));
    writeFileSync(join(dir, '.intercom/config.yaml'), 'branch: intercom\n');
    await asAgent(tree, 'joan', (joan) => joan.claim({ paths: ['a.ts'] }));
    const startedMs = performance.now();
    await asAgent(dir, 'ada', (ada) => ada.claim({ paths: ['next.ts'] }));
    expect(secondsSince(startedMs)).toBeLessThan(4);
    expect(await soundness(dir, kept)).toEqual([]);
  });

  test('of another git is waited for, named, and never removed', { timeout: 300_000 }, async () => {
    const dir = await templateWithMail();
    const tip = tipOf(dir);
    const lock = join(dir, '.git', `${coordinationRef}.lock`);
    writeFileSync(lock, '');
    const failed = await command(dir, claiming, { agent: 'joan' });
    expect(failed).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(`${lock} has been there for`) });
    expect(existsSync(lock)).toBe(true);
    expect(tipOf(dir)).toBe(tip);
  });
});
