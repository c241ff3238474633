/** The small files that the processes of one clone leave for each other. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { processIdentity } from '../../../src/store/local/process.ts';
import { Awaited } from '../../../src/store/sync/awaited.ts';
import { beginRole } from '../../../src/store/sync/background.ts';
import { ReachMemo } from '../../../src/store/sync/reach.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-small-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Of a process that has ended. */
async function dead(): Promise<string> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  const identity = JSON.stringify(processIdentity(child.pid as number));
  child.kill('SIGKILL');
  await once(child, 'exit');
  return identity;
}

test('a claim is awaited until the wait ends, and not by a process that was killed', async () => {
  const dir = folder();
  const awaited = new Awaited(dir);
  expect(awaited.has('c1')).toBe(false);
  const end = awaited.begin('c1');
  expect(new Awaited(dir).has('c1')).toBe(true);
  end();
  expect(awaited.has('c1')).toBe(false);
  writeFileSync(join(dir, 'awaited', 'c2'), await dead());
  expect(awaited.has('c2')).toBe(false);
});

test('there is one courier at a time; that of a dead process counts for nothing', async () => {
  const commonDir = folder();
  const end = beginRole({ commonDir }, 'courier');
  expect(end).toBeTypeOf('function');
  expect(beginRole({ commonDir }, 'courier')).toBeUndefined();
  expect(beginRole({ commonDir }, 'keeper')).toBeTypeOf('function');
  end?.();
  expect(readdirSync(join(commonDir, 'intercom/sync'))).toEqual(['keeper']);
  writeFileSync(join(commonDir, 'intercom/sync/courier'), await dead());
  expect(beginRole({ commonDir }, 'courier')).toBeTypeOf('function');
});

test('what came of the last look is read by others; a file that is torn or gone says never', () => {
  const dir = folder();
  const memo = new ReachMemo(dir);
  expect(memo.read()).toEqual({ atMs: 0, unreached: undefined, movedMs: 0, cameMs: 0, lost: undefined });
  const reach = {
    atMs: 5,
    unreached: { status: 'offline', why: 'a', next: 'b' },
    movedMs: 3,
    cameMs: 2,
    lost: undefined,
  } as const;
  memo.write(reach);
  expect(new ReachMemo(dir).read()).toEqual(reach);
  writeFileSync(join(dir, 'sync', 'reach.json'), '{"atMs":');
  expect(memo.read().atMs).toBe(0);
});

test('a memo that cannot be written stops nothing', () => {
  const dir = folder();
  mkdirSync(join(dir, 'sync'));
  mkdirSync(join(dir, 'sync', 'reach.json'));
  const memo = new ReachMemo(dir);
  memo.write({ atMs: 5, unreached: undefined, movedMs: 3, cameMs: 2, lost: undefined });
  expect(memo.read().atMs).toBe(0);
});
