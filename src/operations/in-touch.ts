/**
 * Keeps a clone and its remote alike for as long as a process lasts: what is recorded here goes there in batches, and the
 * remote is looked at, often while others write and seldom when it is quiet. What comes moves the local branch, so that
 * everybody who watches it is told.
 */
import type { SyncPolicy } from '../domain/policy.ts';
import type { Sync } from '../store/port.ts';
import type { Session } from './session.ts';

/** After something came or went, others are taken to be at work for so long. */
const activeMs = 600_000;

type Connected = Pick<Session, 'store' | 'sync'>;

export interface Attention {
  /** Looks at least so often; the policy's pace where it is absent. */
  readonly withinSeconds?: number;
  /** Brings what is recorded here after so long; the policy's when it is absent. */
  readonly batchSeconds?: number;
}

/** Ends when the signal fires. A remote that is not reached is looked at again; it never rejects for that. */
export async function keepInTouch(session: Connected, signal: AbortSignal, attention: Attention = {}): Promise<void> {
  if (session.sync === undefined) return;
  const end = session.sync.keeping();
  try {
    await Promise.all([bring(session, signal, attention), look(session, signal, attention)]);
  } finally {
    end();
  }
}

async function bring({ store, sync }: Connected, signal: AbortSignal, { batchSeconds }: Attention): Promise<void> {
  for await (const _tip of store.tips(signal)) {
    if ((await sync?.standing())?.unpushed === 0) continue;
    await sync?.untilLull(batchSeconds ?? store.policy.sync.batchSeconds, signal);
    if (!signal.aborted) await sync?.push().catch(() => {});
  }
}

async function look({ store, sync }: Connected, signal: AbortSignal, attention: Attention): Promise<void> {
  while (!signal.aborted && sync !== undefined) {
    const looked = await sync.look(await pace(sync, store.policy.sync, attention)).catch(() => 'same' as const);
    const isBehind = looked === 'moved' || (looked === 'same' && (await sync.standing()).unpushed > 0);
    if (isBehind && !signal.aborted) await sync.exchange().catch(() => {});
    await sleep(await untilNextMs(sync, store.policy.sync, attention), signal);
  }
}

/** Seconds between two looks. */
async function pace(sync: Sync, policy: SyncPolicy, { withinSeconds }: Attention): Promise<number> {
  if (withinSeconds !== undefined) return withinSeconds;
  const isActive = Date.now() - (await sync.standing()).movedMs < activeMs;
  return isActive ? policy.intervalSeconds : Math.max(policy.intervalSeconds, policy.idleIntervalSeconds);
}

/** Not longer than the quick pace: another process may begin to work meanwhile. */
async function untilNextMs(sync: Sync, policy: SyncPolicy, attention: Attention): Promise<number> {
  const seconds = await pace(sync, policy, attention);
  // None left just after a look: where nothing can be noted, only this process knows of it.
  const restMs = sync.restMs(seconds) || seconds * 1000;
  return Math.min(restMs, Math.min(seconds, policy.intervalSeconds) * 1000);
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}
