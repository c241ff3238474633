/** The small files that the processes of one clone leave for each other. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Repository } from '../../../src/store/git/locate.ts';
import { processIdentity } from '../../../src/store/local/process.ts';
import { Awaited } from '../../../src/store/sync/awaited.ts';
import { beginRole, startCourier } from '../../../src/store/sync/background.ts';
import { ReachMemo } from '../../../src/store/sync/reach.ts';
import { removeFolder } from '../../remove-folder.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-small-'));
  onTestFinished(() => removeFolder(dir));
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

test('a courier that was started and has not begun yet has the role: a burst starts one process', async () => {
  const commonDir = folder();
  const repository = {
    commonDir,
    gitDir: commonDir,
    workTree: null,
    objectsDir: join(commonDir, 'objects'),
    alternates: [],
  };
  const command = join(commonDir, 'command.cjs');
  const starts = join(commonDir, 'starts');
  writeFileSync(
    command,
    `require('node:fs').appendFileSync(${JSON.stringify(starts)}, process.pid + '\\n'); process.stdin.resume(); setTimeout(() => {}, 60_000)`,
  );
  for (let n = 0; n < 20; n++) startCourier(repository as unknown as Repository, command);
  const given = JSON.parse(readFileSync(join(commonDir, 'intercom/sync/courier'), 'utf8')).pid as number;
  onTestFinished(() => void process.kill(given, 'SIGKILL'));
  await vi.waitUntil(() => existsSync(starts) && readFileSync(starts, 'utf8').endsWith('\n'), { timeout: 20_000 });
  expect(readFileSync(starts, 'utf8')).toBe(`${given}\n`);
});

test('what came of the last look is read by others; a file that is torn or gone says never', () => {
  const dir = folder();
  const memo = new ReachMemo(dir);
  expect(memo.read()).toEqual({ atMs: 0, unreached: undefined, movedMs: 0, lost: undefined, isEmpty: false });
  const reach = {
    atMs: 5,
    unreached: { status: 'offline', why: 'a', next: 'b' },
    movedMs: 3,
    lost: undefined,
    isEmpty: false,
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
  memo.write({ atMs: 5, unreached: undefined, movedMs: 3, lost: undefined, isEmpty: false });
  expect(memo.read().atMs).toBe(0);
});
