/** Clones of one machine that take turns at the remote they share. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Oid, parseOid } from '../../../src/domain/oid.ts';
import { processIdentity } from '../../../src/store/local/process.ts';
import type { Clone } from '../../../src/store/sync/exchange.ts';
import { exchangeInTurn } from '../../../src/store/sync/exchange-in-turn.ts';
import { Turns } from '../../../src/store/sync/turns.ts';
import { removeFolder } from '../../remove-folder.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-turns-'));
  onTestFinished(() => removeFolder(dir));
  return dir;
}

const tip: Oid = parseOid('a'.repeat(40));

test('one has the turn at a time, in the order of asking, and reads what the one before left', async () => {
  const dir = join(folder(), 'made', 'as needed');
  const order: string[] = [];
  const end = await new Turns(dir, 10_000).take();
  const others = ['second', 'third'].map(async (name) => {
    const turns = new Turns(dir, 10_000);
    const endOwn = await turns.take();
    order.push(`${name} after ${turns.left().tip}`);
    turns.leave({ tip: null, cameMs: 0 });
    await endOwn();
  });
  new Turns(dir, 10_000).leave({ tip, cameMs: 5 });
  order.push('first');
  await end();
  await Promise.all(others);
  expect(order).toEqual(['first', `second after ${tip}`, 'third after null']);
});

/** An exchange of a clone whose branch is at this tip, and which agreed with the remote on the other. */
function exchangeOf(dir: string, own: Oid, agreed: Oid) {
  const joined = { fetched: 0, withdrawn: [], renamed: [], lost: undefined };
  const nothing = async () => {};
  const clone: Clone<Oid> = {
    ...{ tip: async () => own, synced: async () => agreed, ahead: async () => 0, isBefore: async () => false },
    ...{ noteSynced: nothing, noteUnpushed: nothing, join: async () => joined },
  };
  const reached = async () => ({ status: 'reached', value: agreed }) as const;
  const transport = {
    look: reached,
    fetch: reached,
    deepen: reached,
    push: async () => ({ status: 'accepted', was: agreed }) as const,
  };
  const world = { branch: { repository: undefined as never }, transport, clock: Date.now, chance: () => 0 };
  return exchangeInTurn(clone, new Turns(dir, 60_000), world, { pushFirst: false });
}

test('who has nothing to bring waits for nobody, and who has something waits for its turn', async () => {
  const dir = folder();
  const end = await new Turns(dir, 10_000).take();
  await exchangeOf(dir, tip, tip);
  let isOver = false;
  const bringing = exchangeOf(dir, parseOid('b'.repeat(40)), tip).then(() => {
    isOver = true;
  });
  await exchangeOf(dir, tip, tip);
  expect(isOver).toBe(false);
  await end();
  await bringing;
});

test('who waited too long for another process goes on without a turn, and leaves it its own', async () => {
  const dir = folder();
  const other = await started();
  const lock = join(dir, 'write.lock');
  writeFileSync(lock, JSON.stringify({ ...processIdentity(other.pid as number), nonce: 'of another' }));
  const end = await new Turns(dir, 0).take();
  await end();
  expect(existsSync(lock)).toBe(true);
});

test('the turn of a process that was killed is taken over', async () => {
  const dir = folder();
  const child = await started();
  const killed = { ...processIdentity(child.pid as number), nonce: 'of the killed' };
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = join(dir, 'write.lock');
  writeFileSync(lock, JSON.stringify(killed));
  const end = await new Turns(dir, 10_000).take();
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid });
  await end();
  expect(existsSync(lock)).toBe(false);
});

async function started(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child;
}

test('where the folder cannot be used nobody has a turn, and nothing is known', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const turns = new Turns(join(file, 'below'), 10_000);
  const end = await turns.take();
  turns.leave({ tip, cameMs: 5 });
  expect(turns.left()).toEqual({ tip: null, cameMs: 0 });
  await end();
});

test('what was left is not known where its file is torn', () => {
  const dir = folder();
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'left.json'), '{"tip":');
  expect(new Turns(dir, 10_000).left()).toEqual({ tip: null, cameMs: 0 });
});
