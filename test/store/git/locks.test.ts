/** What others and the killed left locked. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, linkSync, readlinkSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openLockFile } from '../../../src/store/local/lock-file.ts';
import { processIdentity, processState } from '../../../src/store/local/process.ts';
import {
  claim,
  command,
  coordinated,
  doctor,
  expectOneClearSentence,
  expectSound,
  held,
  open,
} from './coordination.ts';
import { put } from './sandbox.ts';

test('a lock of a foreign git is waited for, then named with its age, and never removed', async () => {
  const { dir, ref } = await coordinated();
  writeFileSync(`${ref}.lock`, '');
  const before = Date.now();
  expectOneClearSentence(
    command(dir, ['claim', 'c.ts']),
    /Another git holds refs\/heads\/intercom: .*intercom\.lock has been there for \d+s\. Nothing was recorded\./,
  );
  expect(Date.now() - before).toBeGreaterThanOrEqual(2_400);
  expect(await held(await open(dir))).toEqual(['a.ts', 'b.ts']);
  // As long as a writer waits for it: whoever asks why it failed is told.
  utimesSync(`${ref}.lock`, new Date(Date.now() - 6_000), new Date(Date.now() - 6_000));
  expect(doctor(dir).findings[0]).toMatchObject({ level: 'error', what: expect.stringContaining(`${ref}.lock`) });
  utimesSync(`${ref}.lock`, new Date(Date.now() - 600_000), new Date(Date.now() - 600_000));
  for (const options of [[], ['--fix']] as const) {
    expect(doctor(dir, ...options).findings[0]).toMatchObject({
      level: 'error',
      what: expect.stringMatching(/has been there for 60\d seconds/),
    });
    expect(existsSync(`${ref}.lock`)).toBe(true);
  }
  const released = (await open(dir)).claim({ paths: ['c.ts'] });
  setTimeout(() => rmSync(`${ref}.lock`), 300);
  expect((await released).status).toBe('done');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});

/** Of this very ref. */
const journal = `ref-journal.${createHash('sha1').update('refs/heads/intercom').digest('hex').slice(0, 8)}`;

test('a lock that a writer of ours left when it was killed is removed by the next one', async () => {
  const { dir, ref, tip } = await coordinated();
  put(dir, { [`.git/intercom/${journal}`]: `${tip}\n` });
  linkSync(join(dir, `.git/intercom/${journal}`), `${ref}.lock`);
  const before = Date.now();
  await claim(await open(dir), 'c.ts');
  expect(Date.now() - before).toBeLessThan(4_000);
  expect(existsSync(`${ref}.lock`)).toBe(false);
  put(dir, { [`.git/intercom/${journal}`]: `${tip}\n` });
  await claim(await open(dir), 'd.ts');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts', 'd.ts']);
});

test('a lock of a foreign git is not ours because a journal lies there', async () => {
  const { dir, ref, tip } = await coordinated();
  put(dir, { [`.git/intercom/${journal}`]: `${tip}\n` });
  writeFileSync(`${ref}.lock`, `${tip}\n`);
  expect(command(dir, ['claim', 'c.ts']).code).toBe(3);
  expect(existsSync(`${ref}.lock`)).toBe(true);
  rmSync(`${ref}.lock`);
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('the write lock of a process that is gone is taken over', async () => {
  const { dir } = await coordinated();
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  const fox = await open(dir);
  const gone = {
    pid: child.pid,
    startTime: '1',
    bootId: null,
    pidNamespace: null,
    host: hostname(),
    nonce: 'ab',
  };
  const pidNamespace = existsSync('/proc/self/ns/pid') ? readlinkSync('/proc/self/ns/pid') : null;
  put(dir, { '.git/intercom/write.lock': JSON.stringify({ ...gone, pidNamespace }) });
  await claim(fox, 'c.ts');
  expect(existsSync(join(dir, '.git/intercom/write.lock'))).toBe(false);
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});

test('a process of another boot is dead on the same machine, and unknown on one that only has the same name', () => {
  const here = processIdentity(process.pid);
  expect(processState(here)).toBe('alive');
  if (here.bootId === null) return;
  const before = { ...here, bootId: 'another' };
  expect(processState(before)).toBe(typeof here.machine === 'string' ? 'dead' : 'unknown');
  expect(processState({ ...before, machine: 'another' })).toBe('unknown');
  expect(processState({ ...before, machine: null })).toBe('unknown');
  expect(processState({ ...before, machine: undefined })).toBe('unknown');
});

test('a write lock that nobody can judge is waited for, and is taken over when no writer would have it as long', async () => {
  const { dir } = await coordinated();
  const elsewhere = { ...processIdentity(process.pid), host: 'elsewhere', nonce: 'cd' };
  put(dir, { '.git/intercom/write.lock': JSON.stringify(elsewhere) });
  const lock = () => openLockFile(join(dir, '.git/intercom'), 'write.lock');
  expect(lock().take()).toMatchObject({ host: 'elsewhere' });
  const now = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(now + 601_000);
  onTestFinished(() => void vi.restoreAllMocks());
  const mine = lock();
  expect(mine.take()).toBe('taken');
  mine.release();
  vi.restoreAllMocks();
  await claim(await open(dir), 'c.ts');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});
