/** One set-up at a time on a machine: the journal is read, added to and written whole. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { IntercomError } from '../domain/failure.ts';

const waitMsMax = 60_000;
const pauseMs = 20;

/** Waits for another set-up to end, and takes over from one that was killed. Throws IntercomError after a minute. */
export function underJournalLock<T>(journalFile: string, act: () => T): T {
  const file = `${journalFile}.lock`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (let waitedMs = 0; !taken(file); waitedMs += pauseMs) {
    if (waitedMs >= waitMsMax) throw busy(file);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
  try {
    return act();
  } finally {
    rmSync(file, { force: true });
  }
}

function taken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    if (!isHeld(file)) rmSync(file, { force: true });
    return false;
  }
}

function isHeld(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'latin1'));
    // Empty for the moment between its making and its writing.
    return pid === 0 || process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function busy(file: string): IntercomError {
  return new IntercomError({
    code: 'locked',
    message: `Another set-up of git-intercom is at work on this machine (${file}).`,
    next: 'Wait for it to end. If there is none, delete that file and run the command again.',
  });
}
