/** When a ref moves, and when that is on the disk. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Oid } from '../../../src/domain/oid.ts';
import { locateNow } from '../../../src/store/git/locate.ts';
import { compareAndSwapRef } from '../../../src/store/git/refs.ts';
import { claim, command, coordinated, expectSound, open } from './coordination.ts';
import { git } from './sandbox.ts';

const disk = vi.hoisted(() => ({ synced: Promise.resolve() }));

vi.mock('../../../src/store/local/durable.ts', async (original) => ({
  ...(await original<typeof import('../../../src/store/local/durable.ts')>()),
  folderSynced: () => disk.synced,
}));

/** The branch, a commit to go back to, and what is left of locks. */
async function place() {
  const { dir, ref, tip } = await coordinated();
  const before = git(dir, 'rev-parse', 'intercom~1') as Oid;
  const intercomDir = join(dir, '.git/intercom');
  const move = (how: Parameters<typeof compareAndSwapRef>[5]) =>
    compareAndSwapRef(
      locateNow({ cwd: dir, env: process.env }),
      'refs/heads/intercom',
      tip as Oid,
      before,
      intercomDir,
      how,
    );
  const now = () => git(dir, 'rev-parse', 'intercom');
  const isLocked = () => existsSync(`${ref}.lock`);
  const journals = () => readdirSync(intercomDir).filter((name) => name.startsWith('ref-journal'));
  return { dir, tip, before, move, now, isLocked, journals };
}

test('until what a ref is going to name is there, it stands and nobody is locked out', async () => {
  const { tip, before, move, now, isLocked, journals } = await place();
  const bring = vi.fn(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    expect([now(), isLocked()]).toEqual([tip, false]);
  });
  expect(await move({ bring })).toBe('swapped');
  expect(bring).toHaveBeenCalledOnce();
  expect([now(), isLocked(), journals()]).toEqual([before, false, []]);
});

test('where it cannot be brought, that is what is told: nothing moved, and nothing is left', async () => {
  const { tip, move, now, isLocked, journals } = await place();
  const bring = async () => {
    throw new Error('the disk took nothing');
  };
  await expect(move({ bring })).rejects.toThrow('the disk took nothing');
  expect([now(), isLocked(), journals()]).toEqual([tip, false, []]);
});

test('a claim is answered when no crash undoes it, and others go on before that', async () => {
  const { dir, tip, now } = await place();
  const fox = await open(dir);
  let isAnswered = false;
  let sync = () => {};
  disk.synced = new Promise((resolve) => {
    sync = resolve;
  });
  const claimed = claim(fox, 'c.ts').finally(() => {
    isAnswered = true;
  });
  await vi.waitFor(() => expect(now()).not.toBe(tip));
  expect(command(dir, ['claim', 'd.ts'], { INTERCOM_AGENT: 'bee' }).code).toBe(0);
  expect(isAnswered).toBe(false);
  sync();
  await claimed;
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts', 'd.ts']);
});
