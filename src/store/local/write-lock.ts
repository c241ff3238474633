/**
 * The lock that every writer takes before it looks at the tip. It saves work and garbage: without it, eight writers
 * try nine times for each commit. Correctness is the ref's compare-and-swap.
 *
 * Mutual exclusion is the existence of `write.lock`; order is a line of tickets (line.ts). A holder that died is taken
 * over; one that cannot be judged (another host, another pid namespace) is waited for, and named when the wait is over.
 */
import { IntercomError } from '../../domain/failure.ts';
import { failureOf } from './failure-of.ts';
import { joinLine } from './line.ts';
import { type Holder, openLockFile } from './lock-file.ts';

export interface WriteLock {
  release(): Promise<void>;
}

const waitMsMaxDefault = 20_000;
/** The head of the line looks again this often; the second half as often, and so on. */
const lookMs = 1;
const lookMsMax = 25;
/** The line is passed by when the lock is free this long and nobody ahead takes it: they are stopped, or gone unseen. */
const passMs = 500;

const turnsByDir = new Map<string, Promise<void>>();

/** Rejects with `locked` when the wait is over, `read-only` or `disk-full` where no lock can be made. */
export async function acquireWriteLock(
  dir: string,
  { waitMsMax = waitMsMaxDefault }: { readonly waitMsMax?: number },
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
    const lockFile = openLockFile(dir);
    await takeInTurn(dir, lockFile, waitMsMax);
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

async function takeInTurn(dir: string, lockFile: ReturnType<typeof openLockFile>, waitMsMax: number): Promise<void> {
  const line = joinLine(dir);
  if (line.isEmpty() && lockFile.take() === 'taken') return;
  const deadlineMs = performance.now() + waitMsMax;
  line.queue();
  let lastHeldMs = performance.now();
  try {
    for (;;) {
      const ahead = line.ahead();
      if (ahead > 0 && lockFile.holder() !== undefined) lastHeldMs = performance.now();
      const isNext = ahead === 0 || performance.now() - lastHeldMs > passMs;
      const taken = isNext ? lockFile.take() : undefined;
      if (taken === 'taken') return;
      if (performance.now() > deadlineMs) throw locked(dir, taken ?? lockFile.holder(), waitMsMax);
      await new Promise((resolve) => setTimeout(resolve, Math.min(lookMs * (1 + ahead), lookMsMax)));
    }
  } finally {
    line.leave();
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
