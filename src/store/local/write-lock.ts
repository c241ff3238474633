/**
 * The lock that every writer takes before it looks at the tip. It saves work and garbage: without it, eight writers
 * try nine times for each commit. Correctness is the ref's compare-and-swap.
 *
 * Mutual exclusion is the existence of `write.lock`; order is a line of tickets (line.ts). A holder that died is taken
 * over; one that cannot be judged (another host, another pid namespace) is waited for, and named when the wait is over.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { IntercomError } from '../../domain/failure.ts';
import { failureOf } from './failure-of.ts';
import { joinLine } from './line.ts';
import { type Holder, type LockFile, openLockFile } from './lock-file.ts';

export interface WriteLock {
  release(): Promise<void>;
}

const waitMsMaxDefault = 20_000;
/** The head of the line tries again this often; whether the holder lives it asks less often. */
const tryMs = 1;
const lookForDeadMs = 50;
/** Hardly a turn is shorter, so whoever stands n-th need not look before n of them are over. */
const turnMs = 4;
const lookMsMax = 50;
/** The line is passed by when the lock is free this long and nobody ahead takes it: they are stopped, or gone unseen. */
const passMs = 500;

const turnsByDir = new Map<string, Promise<void>>();

interface Waiting {
  readonly waitMsMax?: number;
  /** Done once, when only the holder is in front: what would take time under the lock and may as well be done now. */
  readonly meanwhile?: () => Promise<void>;
}

/** Rejects with `locked` when the wait is over, `read-only` or `disk-full` where no lock can be made. */
export async function acquireWriteLock(
  dir: string,
  { waitMsMax = waitMsMaxDefault, meanwhile = async () => {} }: Waiting,
): Promise<WriteLock> {
  const before = turnsByDir.get(dir) ?? Promise.resolve();
  let endTurn = () => {};
  const turn = new Promise<void>((resolve) => {
    endTurn = resolve;
  });
  const queued = before.then(() => turn);
  turnsByDir.set(dir, queued);
  await before;
  const leave = () => {
    if (turnsByDir.get(dir) === queued) turnsByDir.delete(dir);
    endTurn();
  };
  try {
    const lockFile = openLockFile(dir, 'write.lock');
    await takeInTurn(dir, lockFile, { waitMsMax, meanwhile });
    return {
      release: async () => {
        lockFile.release();
        leave();
      },
    };
  } catch (cause) {
    leave();
    throw failureOf(cause, 'take the write lock', dir);
  }
}

async function takeInTurn(dir: string, lockFile: LockFile, { waitMsMax, meanwhile }: Required<Waiting>): Promise<void> {
  const line = joinLine(dir);
  if (line.isEmpty() && lockFile.take() === 'taken') return;
  const deadlineMs = performance.now() + waitMsMax;
  line.queue();
  let lastHeldMs = performance.now();
  try {
    for (let ahead = line.ahead(); ahead > 0; ahead = line.ahead()) {
      const nowMs = performance.now();
      if (lockFile.holder() !== undefined) lastHeldMs = nowMs;
      else if (nowMs - lastHeldMs > passMs) break;
      if (nowMs > deadlineMs) throw locked(dir, lockFile.holder(), waitMsMax);
      await sleep(Math.min(turnMs * ahead, lookMsMax));
    }
    await meanwhile();
    await takeAsHead(dir, lockFile, { deadlineMs, waitMsMax });
  } finally {
    line.leave();
  }
}

/** Nobody comes in front of the head, so it need not look at the line again. */
async function takeAsHead(
  dir: string,
  lockFile: LockFile,
  { deadlineMs, waitMsMax }: { readonly deadlineMs: number; readonly waitMsMax: number },
): Promise<void> {
  for (let lookAtMs = 0; !lockFile.takeFree(); ) {
    const nowMs = performance.now();
    if (nowMs >= lookAtMs) {
      const taken = lockFile.take();
      if (taken === 'taken') return;
      if (nowMs > deadlineMs) throw locked(dir, taken ?? lockFile.holder(), waitMsMax);
      lookAtMs = nowMs + lookForDeadMs;
    }
    await sleep(tryMs);
  }
}

function locked(dir: string, holder: Holder | undefined, waitMsMax: number): IntercomError {
  const seconds = Math.round(waitMsMax / 1000);
  const by = holder === undefined ? 'other writers' : `process ${holder.pid} on ${holder.host}`;
  return new IntercomError({
    code: 'locked',
    message: `The coordination of this repository is being written by ${by}; waited ${seconds}s for ${dir}/write.lock.`,
    next: 'Run the command again. If that process is gone for good, delete the file.',
    data: { file: `${dir}/write.lock`, holder: holder ?? null },
  });
}
